/**
 * Resizing as two small matrices, one per axis: adaptive average pools, bilinear and nearest
 * interpolation are all linear in each axis, so one operation and one gradient serve them.
 */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { constant } from '../constants';
import { Tensor } from '../tensor';
import { both, type Size2 } from './conv';
import { mean } from './reduce';

/** Row i holds the weights of the source pixels that make target pixel i: `to` × `from`, row-major. */
type Weights = Float32Array;

function resample(
	name: string,
	x: Tensor,
	[height, width]: readonly [number, number],
	weightsOf: (from: number, to: number) => Weights,
): Tensor {
	const [n, c, h, w] = [x.dim(0), x.dim(1), x.dim(2), x.dim(3)];
	const rows = constant(name, [1, height, h], () => weightsOf(h, height));
	const columns = constant(name, [1, width, w], () => weightsOf(w, width));
	const memory = x.as('channels_last');
	const tall = tf.matMul(rows, tf.reshape(memory, [n, h, w * c]));
	const out = tf.matMul(columns, tf.reshape(tall, [n * height, w, c]));
	return record({
		name,
		inputs: [x],
		memory: tf.reshape(out, [n, height, width, c]),
		shape: [n, c, height, width],
		layout: 'channels_last',
		backward: (gradient) => {
			const g = tf.reshape(gradient.as('channels_last'), [n * height, width, c]);
			const narrow = tf.reshape(tf.matMul(columns, g, true), [n, height, w * c]);
			const whole = tf.reshape(tf.matMul(rows, narrow, true), [n, h, w, c]);
			return [new Tensor(whole, x.shape, 'channels_last')];
		},
	});
}

/** Bins floor(i·H/n) … ceil((i+1)·H/n), which overlap where H does not divide. null = keep the size. */
export function adaptiveAvgPool2d(
	x: Tensor,
	outputSize: number | readonly [number | null, number | null],
): Tensor {
	const [a, b] = typeof outputSize === 'number' ? [outputSize, outputSize] : outputSize;
	const size = [a ?? x.dim(2), b ?? x.dim(3)] as const;
	if (size[0] === 1 && size[1] === 1) return mean(x, { dim: [2, 3], keepdim: true });
	return resample('adaptive_avg_pool2d', x, size, averageWeights);
}

function averageWeights(from: number, to: number): Weights {
	const weights = new Float32Array(to * from);
	for (let i = 0; i < to; i++) {
		const start = Math.floor((i * from) / to);
		const end = Math.ceil(((i + 1) * from) / to);
		weights.fill(1 / (end - start), i * from + start, i * from + end);
	}
	return weights;
}

export interface InterpolateOptions {
	/** target height and width; or `scaleFactor` */
	readonly size?: Size2;
	readonly scaleFactor?: Size2;
	readonly mode?: 'nearest' | 'bilinear';
	readonly alignCorners?: boolean;
	/** bilinear only: wider triangles when shrinking */
	readonly antialias?: boolean;
}

/** PyTorch's `interpolate` of images. */
export function interpolate(x: Tensor, options: InterpolateOptions): Tensor {
	const { mode = 'nearest', alignCorners = false, antialias = false } = options;
	const factor = both(options.scaleFactor ?? 1);
	const size = options.size
		? both(options.size)
		: ([Math.floor(x.dim(2) * factor[0]), Math.floor(x.dim(3) * factor[1])] as const);
	if (mode === 'nearest') return resample('interpolate nearest', x, size, nearestWeights);
	const rule = antialias ? antialiasWeights : bilinearWeights;
	const name = `interpolate bilinear ${alignCorners} ${antialias}`;
	return resample(name, x, size, (from, to) => rule(from, to, alignCorners));
}

function nearestWeights(from: number, to: number): Weights {
	const weights = new Float32Array(to * from);
	for (let i = 0; i < to; i++)
		weights[i * from + Math.min(from - 1, Math.floor((i * from) / to))] = 1;
	return weights;
}

function bilinearWeights(from: number, to: number, alignCorners: boolean): Weights {
	const weights = new Float32Array(to * from);
	const step = alignCorners ? (to > 1 ? (from - 1) / (to - 1) : 0) : from / to;
	for (let i = 0; i < to; i++) {
		const at = alignCorners ? i * step : Math.max(0, (i + 0.5) * step - 0.5);
		const below = Math.min(from - 1, Math.floor(at));
		const above = Math.min(from - 1, below + 1);
		const share = at - below;
		weights[i * from + below]! += 1 - share;
		weights[i * from + above]! += share;
	}
	return weights;
}

/** PyTorch's antialias: a triangle as wide as the step between target pixels, cut at the borders. */
export function antialiasWeights(from: number, to: number, alignCorners: boolean): Weights {
	const weights = new Float32Array(to * from);
	const step = alignCorners ? (to > 1 ? (from - 1) / (to - 1) : 0) : from / to;
	const support = Math.max(1, step);
	for (let i = 0; i < to; i++) {
		const centre = step * (i + 0.5);
		const start = Math.max(0, Math.trunc(centre - support + 0.5));
		const end = Math.min(from, Math.trunc(centre + support + 0.5));
		let total = 0;
		for (let j = start; j < end; j++) {
			const weight = Math.max(0, 1 - Math.abs((j + 0.5 - centre) / support));
			weights[i * from + j] = weight;
			total += weight;
		}
		for (let j = start; j < end; j++) weights[i * from + j]! /= total;
	}
	return weights;
}
