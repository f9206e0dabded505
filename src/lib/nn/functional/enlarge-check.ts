/** Holds `enlargedImageTensor` against Pillow's arithmetic, on whatever backend is set. Only for tests. */
import { resize } from '../../transforms/resample';
import { inStep } from '../scope';
import { enlargedImageTensor } from './enlarge';

/** How far the device is from Pillow. */
export interface Distance {
	/** levels of 255 */
	readonly most: number;
	/** share of values that differ */
	readonly share: number;
}

/** @param size of the made pictures @param to height and width */
export async function distanceToPillow(
	[n, h, w, c]: readonly [number, number, number, number],
	to: readonly [number, number],
): Promise<Distance> {
	const pixels = Uint8Array.from({ length: n * h * w * c }, (_, i) => Math.imul(i, 40503) >> 5);
	const values = await inStep(() => enlargedImageTensor(pixels, [n, h, w, c], to, null).data());
	let [most, differ] = [0, 0];
	const area = to[0] * to[1];
	for (let i = 0; i < n; i++) {
		const own = pixels.subarray(i * h * w * c, (i + 1) * h * w * c);
		const right = resize({ pixels: own, height: h, width: w, channels: c }, ...to).pixels;
		for (let at = 0; at < area; at++)
			for (let channel = 0; channel < c; channel++) {
				const value = (values[(i * c + channel) * area + at] ?? NaN) * 255;
				const off = Math.abs(Math.round(value) - (right[at * c + channel] ?? 0));
				most = Math.max(most, off, Math.abs(value - Math.round(value)) > 0.01 ? Infinity : 0);
				if (off > 0) differ++;
			}
	}
	return { most, share: differ / values.length };
}
