/** Normalisations: over the batch, over trailing axes, over groups of channels. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { scalar } from '../constants';
import type { Parameter } from '../tensor';
import { ShapeError, Tensor } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';
import { add, mul } from './elementwise';
import { permute, view } from './shape';

export interface BatchNormOptions {
	readonly weight?: Tensor | null;
	readonly bias?: Tensor | null;
	/** changed in place while training; both or none */
	readonly runningMean?: Parameter | null;
	readonly runningVar?: Parameter | null;
	readonly training?: boolean;
	/** share of the new value in the running statistics */
	readonly momentum?: number;
	readonly eps?: number;
}

/** @param x (N, C, H, W) or (N, C); statistics per channel, biased for normalising, unbiased in `runningVar` */
export function batchNorm(x: Tensor, options: BatchNormOptions = {}): Tensor {
	const { weight, bias, training = false, momentum = 0.1, eps = 1e-5 } = options;
	const { runningMean, runningVar } = options;
	const memory = x.shape.length === 4 ? x.as('channels_last') : x.as('plain');
	const count = x.size / x.dim(1);
	if (training && count < 2)
		throw new ShapeError(
			`batch_norm: one value per channel has no variance: input (${x.shape.join(', ')}) while training. Use a batch of 2 or more, or evaluate.`,
		);
	const useBatch = training || !runningMean || !runningVar;
	if (useBatch && count > 1 && hasKernel('LemurBatchNorm'))
		return fusedBatchNorm(x, memory, { ...options, training, momentum, eps });
	const { centre, variance } = useBatch
		? batchStatistics(memory, count)
		: { centre: runningMean.memory, variance: runningVar.memory };
	if (training && runningMean && runningVar) {
		blend(runningMean, centre, momentum);
		blend(runningVar, tf.mul(variance, scalar(count / (count - 1))), momentum);
	}
	const inverse = tf.rsqrt(tf.add(variance, scalar(eps)));
	const normal = tf.mul(tf.sub(memory, centre), inverse);
	return scaled('batch_norm', x, { normal, inverse, count: useBatch ? count : 0, weight, bias });
}

/** The same in two dispatches each way. */
function fusedBatchNorm(
	x: Tensor,
	memory: tf.Tensor,
	{ weight, bias, runningMean, runningVar, training, momentum, eps }: BatchNormOptions,
): Tensor {
	const given = [weight, bias].flatMap((one) => (one ? [one] : []));
	const [out, statistics] = runKernel(
		'LemurBatchNorm',
		{
			x: memory,
			...(weight ? { weight: weight.memory } : {}),
			...(bias ? { bias: bias.memory } : {}),
			...(training && runningMean && runningVar
				? { runningMean: runningMean.memory, runningVar: runningVar.memory }
				: {}),
		},
		{ eps, momentum },
	) as [tf.Tensor, tf.Tensor]; // as the kernel returns them
	const layout = x.shape.length === 4 ? 'channels_last' : 'plain';
	return record({
		name: 'batch_norm',
		inputs: [x, ...given],
		memory: out,
		shape: x.shape,
		layout,
		backward: (gradient) => {
			const scale = weight ? { weight: weight.memory } : {};
			const inputs = { x: memory, gradient: gradient.as(layout), statistics, ...scale };
			const [dx, dWeight, dBias] = runKernel('LemurBatchNormGradient', inputs, {});
			return [
				new Tensor(dx!, x.shape, layout),
				...(weight ? [new Tensor(dWeight!, weight.shape)] : []),
				...(bias ? [new Tensor(dBias!, bias.shape)] : []),
			];
		},
	});
}

function batchStatistics(memory: tf.Tensor, count: number) {
	const axes = memory.shape.map((_, axis) => axis).slice(0, -1);
	const share = scalar(1 / count);
	const centre = tf.mul(tf.sum(memory, axes), share);
	const variance = tf.mul(tf.sum(tf.square(tf.sub(memory, centre)), axes), share);
	return { centre, variance };
}

function blend(running: Parameter, value: tf.Tensor, momentum: number): void {
	running.assign(
		tf.add(tf.mul(running.memory, scalar(1 - momentum)), tf.mul(value, scalar(momentum))),
	);
}

interface Normalised {
	/** (x − mean) / σ in memory order, channels last */
	readonly normal: tf.Tensor;
	/** 1 / σ per channel */
	readonly inverse: tf.Tensor;
	/** values per channel of the batch's statistics; 0 = fixed statistics, through which no gradient flows */
	readonly count: number;
	readonly weight?: Tensor | null | undefined;
	readonly bias?: Tensor | null | undefined;
}

function scaled(
	name: string,
	x: Tensor,
	{ normal, inverse, count, weight, bias }: Normalised,
): Tensor {
	const layout = x.shape.length === 4 ? 'channels_last' : 'plain';
	const stretched = weight ? tf.mul(normal, weight.memory) : normal;
	const given = [weight, bias].flatMap((one) => (one ? [one] : []));
	return record({
		name,
		inputs: [x, ...given],
		memory: bias ? tf.add(stretched, bias.memory) : stretched,
		shape: x.shape,
		layout,
		backward: (gradient) => {
			const g = gradient.as(layout);
			const axes = g.shape.map((_, axis) => axis).slice(0, -1);
			const sumG = tf.sum(g, axes);
			const slope = weight ? tf.mul(weight.memory, inverse) : inverse;
			// The mean goes first: a nearly constant gradient would lose its digits against it.
			const centred = count === 0 ? g : tf.sub(g, tf.mul(sumG, scalar(1 / count)));
			const sumGNormal = tf.sum(tf.mul(g, normal), axes);
			const pull =
				count === 0
					? g
					: tf.sub(
							centred,
							tf.mul(normal, tf.mul(tf.sum(tf.mul(centred, normal), axes), scalar(1 / count))),
						);
			return [
				new Tensor(tf.mul(pull, slope), x.shape, layout),
				...(weight ? [new Tensor(sumGNormal, weight.shape)] : []),
				...(bias ? [new Tensor(sumG, bias.shape)] : []),
			];
		},
	});
}

interface AffineOptions {
	/** of `shape` */
	readonly weight?: Tensor | null;
	readonly bias?: Tensor | null;
	readonly eps?: number;
}

/** Over the last axes, whose sizes are `shape`; weight and bias have that shape. */
export function layerNorm(
	x: Tensor,
	shape: readonly number[],
	{ weight, bias, eps = 1e-5 }: AffineOptions = {},
): Tensor {
	const width = shape.reduce((product, n) => product * n, 1);
	const tail = x.shape.slice(x.shape.length - shape.length);
	if (tail.length !== shape.length || tail.some((n, i) => n !== shape[i]))
		throw new ShapeError(
			`layer_norm: (${x.shape.join(', ')}) does not end in (${shape.join(', ')}).`,
		);
	const rows = normaliseRows(view(x, [-1, width]), eps);
	const whole = view(rows, x.shape);
	return affine(whole, weight, bias);
}

/** @param weight per channel */
export function groupNorm(
	x: Tensor,
	groups: number,
	{ weight, bias, eps = 1e-5 }: AffineOptions = {},
): Tensor {
	const channels = x.dim(1);
	if (channels % groups !== 0)
		throw new ShapeError(`group_norm: ${channels} channels do not divide into ${groups} groups.`);
	const rows = normaliseRows(view(x, [x.dim(0) * groups, -1]), eps);
	const whole = view(rows, x.shape);
	const perChannel = (one: Tensor | null | undefined) =>
		one ? view(one, [1, channels, ...x.shape.slice(2).map(() => 1)]) : one;
	return affine(whole, perChannel(weight), perChannel(bias));
}

/** Each channel of each sample on its own. */
export function instanceNorm(x: Tensor, options: AffineOptions = {}): Tensor {
	return groupNorm(x, x.dim(1), options);
}

/** Layer normalisation of the channels of (N, C, H, W). */
export function channelNorm(x: Tensor, options: AffineOptions = {}): Tensor {
	return permute(layerNorm(permute(x, [0, 2, 3, 1]), [x.dim(1)], options), [0, 3, 1, 2]);
}

function affine(x: Tensor, weight?: Tensor | null, bias?: Tensor | null): Tensor {
	const stretched = weight ? mul(x, weight) : x;
	return bias ? add(stretched, bias) : stretched;
}

/** (x − mean) / σ of every row of a matrix. */
function normaliseRows(x: Tensor, eps: number): Tensor {
	const memory = x.as('plain');
	const share = scalar(1 / x.dim(1));
	const centred = tf.sub(memory, tf.mul(tf.sum(memory, 1, true), share));
	const variance = tf.mul(tf.sum(tf.square(centred), 1, true), share);
	const inverse = tf.rsqrt(tf.add(variance, scalar(eps)));
	const normal = tf.mul(centred, inverse);
	return record({
		name: 'normalise_rows',
		inputs: [x],
		memory: normal,
		shape: x.shape,
		backward: (gradient) => {
			const g = gradient.as('plain');
			const sumG = tf.sum(g, 1, true);
			const sumGNormal = tf.sum(tf.mul(g, normal), 1, true);
			const pull = tf.sub(g, tf.mul(tf.add(sumG, tf.mul(normal, sumGNormal)), share));
			return [new Tensor(tf.mul(pull, inverse), x.shape)];
		},
	});
}
