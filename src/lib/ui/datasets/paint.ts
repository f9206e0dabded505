/** Puts a sample's bytes onto a canvas, pixel by pixel; the page enlarges it without smoothing. */

/** A picture as the library's worker gives it. */
export interface SamplePicture {
	/** H,W,C */
	readonly pixels: Uint8Array;
	readonly height: number;
	readonly width: number;
}

/** @returns R,G,B,A for a canvas */
export function toRgba({ pixels, height, width }: SamplePicture, channels: number) {
	const rgba = new Uint8ClampedArray(height * width * 4);
	for (let i = 0; i < height * width; i++) {
		for (let c = 0; c < 3; c++)
			rgba[4 * i + c] = pixels[i * channels + (channels === 1 ? 0 : c)] ?? 0;
		rgba[4 * i + 3] = 255;
	}
	return rgba;
}

/** For `{@attach}`: draws the picture when the canvas appears or the picture changes. */
export function paint(picture: SamplePicture, channels: number) {
	return (canvas: HTMLCanvasElement) => {
		canvas.width = picture.width;
		canvas.height = picture.height;
		const image = new ImageData(toRgba(picture, channels), picture.width, picture.height);
		canvas.getContext('2d')?.putImageData(image, 0, 0);
	};
}
