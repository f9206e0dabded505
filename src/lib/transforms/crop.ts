/** torchvision's CenterCrop and flips on byte pictures. */
import type { Picture } from './resample';

/** Python's round(): halves go to the even number. */
function roundHalfEven(value: number): number {
	const floor = Math.floor(value);
	if (value - floor !== 0.5) return Math.round(value);
	return floor % 2 === 0 ? floor : floor + 1;
}

/** Where a crop of `size` begins in `length`; negative: that many pixels of black come first. */
function cropStart(length: number, size: number): number {
	// A picture that is too small is padded first, and then it has the size exactly.
	return size > length ? -Math.floor((size - length) / 2) : roundHalfEven((length - size) / 2);
}

/** @returns the middle `height` × `width` pixels; what lies outside the picture is black */
export function centerCrop(picture: Picture, height: number, width: number): Picture {
	if (picture.height === height && picture.width === width) return picture;
	const { channels } = picture;
	const top = cropStart(picture.height, height);
	const left = cropStart(picture.width, width);
	const pixels = new Uint8Array(height * width * channels);
	const from = Math.max(0, left);
	const to = Math.min(picture.width, left + width);
	for (let y = Math.max(0, -top); y < height && y + top < picture.height; y++) {
		const line = (y + top) * picture.width;
		const part = picture.pixels.subarray((line + from) * channels, (line + to) * channels);
		pixels.set(part, (y * width + from - left) * channels);
	}
	return { pixels, height, width, channels };
}

/** @returns left and right exchanged */
export function flipHorizontal(picture: Picture): Picture {
	const { pixels: source, width, channels } = picture;
	const { length } = source;
	const row = width * channels;
	const pixels = new Uint8Array(length);
	for (let line = 0; line < length; line += row)
		for (let channel = 0; channel < channels; channel++) {
			let from = line + row + channel;
			for (let to = line + channel; to < line + row; to += channels)
				pixels[to] = source[(from -= channels)]!;
		}
	return { ...picture, pixels };
}

/** @returns top and bottom exchanged */
export function flipVertical(picture: Picture): Picture {
	const { pixels: source, height, width, channels } = picture;
	const row = width * channels;
	const pixels = new Uint8Array(source.length);
	for (let y = 0; y < height; y++)
		pixels.set(source.subarray((height - 1 - y) * row, (height - y) * row), y * row);
	return { ...picture, pixels };
}
