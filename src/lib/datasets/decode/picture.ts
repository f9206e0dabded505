/** Decodes the pictures of a dataset to its number of channels, with limits before any decoding. */
import type { DatasetSpec } from '../dataset';
import { badFile } from '../errors';
import { resize, type Picture } from '../../transforms/resample';
import { decodePng, isPng, PngError } from './png';
import type { DecodeEffects, RgbPicture } from './stream';

/** width × height; the largest picture of ImageNet has 37 million */
const MAX_PIXELS = 40_000_000;

/** Width and height from a JPEG's head; undefined when there is none. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
	if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	for (let at = 2; at + 9 < bytes.length;) {
		if (bytes[at] !== 0xff) return undefined;
		const marker = bytes[at + 1] ?? 0;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
	}
	return undefined;
}

/** Pillow's convert('L'). */
function toGrey({ pixels, height, width }: RgbPicture): Picture {
	const grey = new Uint8Array(height * width);
	for (let i = 0; i < grey.length; i++) {
		const [r = 0, g = 0, b = 0] = pixels.subarray(3 * i, 3 * i + 3);
		grey[i] = (r * 19_595 + g * 38_470 + b * 7_471 + 0x8000) >> 16;
	}
	return { pixels: grey, height, width, channels: 1 };
}

/** Reduces to a shorter side; smaller pictures stay as they are. */
function reduce(picture: Picture, side: number): Picture {
	const { height, width } = picture;
	const shorter = Math.min(height, width);
	if (shorter <= side) return picture;
	const longer = Math.trunc((side * Math.max(height, width)) / shorter);
	return height <= width ? resize(picture, side, longer) : resize(picture, longer, side);
}

async function decode(
	name: string,
	bytes: Uint8Array,
	effects: DecodeEffects,
): Promise<RgbPicture> {
	if (isPng(bytes)) {
		try {
			const picture = decodePng(bytes, MAX_PIXELS);
			if (picture) return picture;
		} catch (error) {
			if (!(error instanceof PngError)) throw error;
			throw badFile(name, error.message, error);
		}
	} else {
		const size = jpegSize(bytes);
		if (!size) throw badFile(name, 'a picture is neither PNG nor JPEG');
		if (size.width * size.height > MAX_PIXELS)
			throw badFile(name, `a picture of ${size.width} × ${size.height} pixels is too large`);
	}
	const picture = await effects.decodePicture?.(bytes);
	if (!picture) throw badFile(name, 'a picture cannot be decoded by this browser');
	return picture;
}

/**
 * @param name of the file, for messages
 * @returns the picture with the dataset's channels, reduced where the dataset says so
 * @throws RpcError DATASET_FILE
 */
export async function pictureFrom(
	name: string,
	bytes: Uint8Array,
	spec: DatasetSpec,
	effects: DecodeEffects,
): Promise<Picture> {
	const rgb = await decode(name, bytes, effects);
	const picture = spec.channels === 1 ? toGrey(rgb) : { ...rgb, channels: 3 };
	if (spec.size === null) return spec.shorterSide ? reduce(picture, spec.shorterSide) : picture;
	const [height, width] = spec.size;
	if (picture.height === height && picture.width === width) return picture;
	throw badFile(
		name,
		`a picture has ${picture.height} × ${picture.width} pixels; those of ${spec.title} have ${height} × ${width}`,
	);
}
