/**
 * Dropout with masks from the counter-based generator: a mask depends on seed and stream alone, so a
 * step can be repeated. Off in evaluation, and with p = 0.
 */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { memoryShape } from '../layout';
import { nextStream, uniformValues } from '../random';
import { Tensor } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';

export interface DropoutOptions {
	readonly training?: boolean;
}

/** Drops each element with probability p and divides the others by 1 − p. */
export function dropout(x: Tensor, p = 0.5, { training = true }: DropoutOptions = {}): Tensor {
	if (!training || p === 0) return x;
	return masked('dropout', x, x.shape, p);
}

/** Drops whole channels. */
export function dropout2d(x: Tensor, p = 0.5, { training = true }: DropoutOptions = {}): Tensor {
	if (!training || p === 0) return x;
	return masked('dropout2d', x, [x.dim(0), x.dim(1), ...x.shape.slice(2).map(() => 1)], p);
}

/** Drops whole samples ('row'), or the whole batch at once, of a residual branch. */
export function stochasticDepth(
	x: Tensor,
	p: number,
	mode: 'row' | 'batch',
	{ training = true }: DropoutOptions = {},
): Tensor {
	if (!training || p === 0) return x;
	const first = mode === 'row' ? x.dim(0) : 1;
	return masked('stochastic_depth', x, [first, ...x.shape.slice(1).map(() => 1)], p);
}

function masked(name: string, x: Tensor, shape: readonly number[], p: number): Tensor {
	const { layout } = x;
	const mask = keepMask(memoryShape(shape, layout), p);
	return record({
		name,
		inputs: [x],
		memory: tf.mul(x.memory, mask),
		shape: x.shape,
		layout,
		backward: (gradient) => [new Tensor(tf.mul(gradient.as(layout), mask), x.shape, layout)],
	});
}

/** 0 with probability p, else 1 / (1 − p); all 0 for p = 1. */
function keepMask(shape: readonly number[], p: number): tf.Tensor {
	const stream = nextStream();
	if (hasKernel('LemurKeepMask'))
		return runKernel('LemurKeepMask', {}, { shape, p, ...stream })[0]!;
	const size = shape.reduce((product, n) => product * n, 1);
	const kept = p < 1 ? 1 / (1 - p) : 0;
	const values = uniformValues(stream, size, 0, 1);
	for (let i = 0; i < size; i++) values[i] = values[i]! < p ? 0 : kept;
	return tf.tensor(values, [...shape], 'float32');
}
