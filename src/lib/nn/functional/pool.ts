/** Max and average pools with PyTorch's sizes: floor or ceil, padding that counts or not. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { constant } from '../constants';
import { ShapeError, Tensor } from '../tensor';
import { both, type Size2 } from './conv';

export interface PoolOptions {
	/** default: the kernel's size */
	readonly stride?: Size2 | null;
	readonly padding?: Size2;
	readonly ceilMode?: boolean;
	/** average pools: whether padding counts as zeros; PyTorch's default is true */
	readonly countIncludePad?: boolean;
}

/** One axis of a pool. */
interface Axis {
	readonly size: number;
	readonly kernel: number;
	readonly stride: number;
	readonly padding: number;
	readonly out: number;
	/** padding behind the last row that the windows reach */
	readonly behind: number;
}

function axisOf(name: string, x: Tensor, axis: number, kernel: Size2, options: PoolOptions): Axis {
	const i = axis - 2;
	const size = x.dim(axis);
	const k = both(kernel)[i]!;
	const stride = both(options.stride ?? kernel)[i]!;
	const padding = both(options.padding ?? 0)[i]!;
	const room = size + 2 * padding - k;
	let out = Math.floor((room + (options.ceilMode ? stride - 1 : 0)) / stride) + 1;
	// A window that would begin behind the padded image is left out.
	if (options.ceilMode && (out - 1) * stride >= size + padding) out--;
	if (out < 1)
		throw new ShapeError(
			`${name}: a window of ${k} does not fit an axis of ${size} with padding ${padding}: input (${x.shape.join(', ')}). Use a larger image.`,
		);
	const behind = Math.max(0, (out - 1) * stride + k - size - padding);
	return { size, kernel: k, stride, padding, out, behind };
}

interface Geometry {
	readonly filterSize: [number, number];
	readonly strides: [number, number];
	readonly pad: tf.backend_util.ExplicitPadding;
	readonly dimRoundingMode: 'floor';
}

function geometryOf(h: Axis, w: Axis): Geometry {
	return {
		filterSize: [h.kernel, w.kernel],
		strides: [h.stride, w.stride],
		pad: [
			[0, 0],
			[h.padding, h.behind],
			[w.padding, w.behind],
			[0, 0],
		],
		dimRoundingMode: 'floor',
	};
}

/** @param x (N, C, H, W); padding never wins */
export function maxPool2d(x: Tensor, kernel: Size2, options: PoolOptions = {}): Tensor {
	const [h, w] = [2, 3].map((axis) => axisOf('max_pool2d', x, axis, kernel, options));
	const geometry = geometryOf(h!, w!);
	const memory = x.as('channels_last') as tf.Tensor4D; // four axes: `axisOf` read the last two
	const { filterSize, strides, pad, dimRoundingMode } = geometry;
	const out = tf.maxPool(memory, filterSize, strides, pad, dimRoundingMode);
	return record({
		name: 'max_pool2d',
		inputs: [x],
		memory: out,
		shape: [x.dim(0), x.dim(1), h!.out, w!.out],
		layout: 'channels_last',
		backward: (gradient) => {
			const dy = gradient.as('channels_last');
			const inputs = { dy, input: memory, output: out };
			return [back('MaxPoolGrad', inputs, geometry, x)];
		},
	});
}

/** @param x (N, C, H, W) */
export function avgPool2d(x: Tensor, kernel: Size2, options: PoolOptions = {}): Tensor {
	const [h, w] = [2, 3].map((axis) => axisOf('avg_pool2d', x, axis, kernel, options));
	const geometry = geometryOf(h!, w!);
	const memory = x.as('channels_last') as tf.Tensor4D; // as above
	const { filterSize, strides, pad, dimRoundingMode } = geometry;
	const kept = tf.avgPool(memory, filterSize, strides, pad, dimRoundingMode);
	const shares = windowShares(h!, w!, options.countIncludePad ?? true);
	return record({
		name: 'avg_pool2d',
		inputs: [x],
		memory: shares.forward ? tf.mul(kept, shares.forward) : kept,
		shape: [x.dim(0), x.dim(1), h!.out, w!.out],
		layout: 'channels_last',
		backward: (gradient) => {
			const g = gradient.as('channels_last');
			const dy = shares.backward ? tf.mul(g, shares.backward) : g;
			return [back('AvgPoolGrad', { dy, input: memory }, geometry, x)];
		},
	});
}

function back(name: string, inputs: tf.NamedTensorMap, geometry: Geometry, x: Tensor): Tensor {
	const memory = tf
		.engine()
		.runKernel(name, inputs, geometry as unknown as tf.NamedAttrMap) as tf.Tensor; // as tfjs's own gradients call it
	return new Tensor(memory, x.shape, 'channels_last');
}

/**
 * tfjs divides by a window's pixels inside the image going forward, by the whole window going back.
 * PyTorch divides both ways by those inside the image, or inside the padded one without what only the
 * ceil mode adds. The ratios per window; undefined where they are 1 everywhere.
 */
function windowShares(h: Axis, w: Axis, countIncludePad: boolean) {
	const name = `pool ${countIncludePad} ${JSON.stringify([h, w])}`;
	const ratio = (which: 'forward' | 'backward') =>
		constant(`${which} ${name}`, [1, h.out, w.out, 1], () => {
			const [rows, columns] = [h, w].map((axis) => sharesOf(axis, countIncludePad, which));
			return Float32Array.from(rows!.flatMap((row) => columns!.map((share) => row * share)));
		});
	const whole = [h, w].every(({ padding, behind }) => padding === 0 && behind === 0);
	const padded = h.padding + w.padding > 0;
	return {
		forward: padded && countIncludePad ? ratio('forward') : undefined,
		backward: whole ? undefined : ratio('backward'),
	};
}

function sharesOf(
	{ size, kernel, stride, padding, out }: Axis,
	countIncludePad: boolean,
	which: 'forward' | 'backward',
): number[] {
	return Array.from({ length: out }, (_, i) => {
		const start = i * stride - padding;
		const inside = Math.min(start + kernel, size) - Math.max(start, 0);
		const divisor = countIncludePad ? Math.min(start + kernel, size + padding) - start : inside;
		return (which === 'forward' ? inside : kernel) / divisor;
	});
}
