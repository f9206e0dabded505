/** Decodes pictures with the browser: JPEG, and the PNGs that `decode/png.ts` leaves to it. */
import type { RgbPicture } from './decode/stream';

/**
 * Without colour management, turning by EXIF or premultiplied alpha, as Pillow reads pictures.
 * @returns undefined when this browser cannot decode it
 */
export async function decodePicture(bytes: Uint8Array): Promise<RgbPicture | undefined> {
	if (typeof createImageBitmap === 'undefined' || typeof OffscreenCanvas === 'undefined')
		return undefined;
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), {
			colorSpaceConversion: 'none',
			imageOrientation: 'none',
			premultiplyAlpha: 'none',
		});
	} catch {
		return undefined;
	}
	const { width, height } = bitmap;
	const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
	context?.drawImage(bitmap, 0, 0);
	bitmap.close();
	const rgba = context?.getImageData(0, 0, width, height).data;
	if (!rgba) return undefined;
	const pixels = new Uint8Array(width * height * 3);
	for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
		pixels[to] = rgba[from] ?? 0;
		pixels[to + 1] = rgba[from + 1] ?? 0;
		pixels[to + 2] = rgba[from + 2] ?? 0;
	}
	return { pixels, width, height };
}
