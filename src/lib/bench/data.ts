/** Weights and images by formula: every strategy starts from the same values and sees the same batches. */
import { uniform, uniforms } from '../nn/formula';
import type { BenchModel } from './models';
import { parametersOf, sizeOf } from './plan';

/** Values of each parameter in PyTorch's order and shape. */
export function startValues({
	layers,
}: BenchModel): { shape: readonly number[]; values: Float32Array }[] {
	return parametersOf(layers).map(({ shape, centre, spread }, stream) => ({
		shape,
		values: uniforms(stream, sizeOf(shape), { low: centre - spread, high: centre + spread }),
	}));
}

export interface BenchBatch {
	/** (N, H, W, C) */
	readonly shape: readonly [number, number, number, number];
	readonly bytes: Uint8Array;
	readonly labels: Int32Array<ArrayBuffer>;
}

/** Normalisation of every channel. */
export const MEAN = 0.5;
export const STD = 0.25;

const IMAGES = 50_000;
const LABELS = 90_000;

/** @param index of the step */
export function batchAt({ image, classes }: BenchModel, size: number, index: number): BenchBatch {
	const shape = [size, ...image] as const;
	const bytes = new Uint8Array(sizeOf(shape));
	for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(256 * uniform(IMAGES + index, i));
	const labels = Int32Array.from({ length: size }, (_, i) =>
		Math.floor(classes * uniform(LABELS + index, i)),
	);
	return { shape, bytes, labels };
}

/** (byte / 255 − mean) / std, for libraries that are fed floats. @param channelsFirst (N, C, H, W) instead of (N, H, W, C) */
export function floatsOf(
	{ shape, bytes }: BenchBatch,
	channelsFirst: boolean,
): Float32Array<ArrayBuffer> {
	const [n, h, w, c] = shape;
	const values = new Float32Array(bytes.length);
	const area = h * w;
	for (let i = 0; i < values.length; i++) {
		const value = (bytes[i]! / 255 - MEAN) / STD;
		if (!channelsFirst) values[i] = value;
		else {
			const [pixel, channel] = [Math.floor(i / c), i % c];
			const image = Math.floor(pixel / area);
			if (image < n) values[(image * c + channel) * area + (pixel % area)] = value;
		}
	}
	return values;
}
