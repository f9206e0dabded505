/** Losses as PyTorch defines them: means over what counts, in few operations. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { scalar } from '../constants';
import { memoryShape } from '../layout';
import { ShapeError, Tensor } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';
import { mul, sub } from './elementwise';
import { mean } from './reduce';

export interface CrossEntropyOptions {
	/** labels that count for nothing */
	readonly ignoreIndex?: number;
	/** share of the target spread over all classes, 0..1 */
	readonly labelSmoothing?: number;
}

/**
 * Mean over the labels that are not ignored of −ln softmax(logits)[label].
 * @param logits (N, C) or (N, C, H, W)
 * @param labels whole numbers (N) or (N, H, W)
 * @returns NaN when every label is ignored, as PyTorch
 */
export function crossEntropy(
	logits: Tensor,
	labels: Tensor,
	{ ignoreIndex = -100, labelSmoothing = 0 }: CrossEntropyOptions = {},
): Tensor {
	const classes = logits.dim(1);
	if (labels.size * classes !== logits.size)
		throw new ShapeError(
			`cross_entropy: logits (${logits.shape.join(', ')}) need one label for each of ${logits.size / classes} places, not (${labels.shape.join(', ')}).`,
		);
	const layout = logits.shape.length === 4 ? 'channels_last' : 'plain';
	const rows = tf.reshape(logits.as(layout), [-1, classes]);
	const flat = tf.reshape<tf.Rank.R1>(labels.as('plain'), [-1]);
	if (hasKernel('LemurCrossEntropy')) {
		const attributes = { ignoreIndex, smoothing: labelSmoothing };
		return fusedCrossEntropy(logits, { rows, labels: flat, attributes });
	}
	const counts = tf.cast(tf.notEqual(flat, tf.cast(scalar(ignoreIndex), 'int32')), 'float32');
	const hot = tf.oneHot(flat, classes, 1, 0, 'float32');
	const target =
		labelSmoothing === 0
			? hot
			: tf.add(tf.mul(hot, scalar(1 - labelSmoothing)), scalar(labelSmoothing / classes));
	const total = tf.sum(counts);
	const some = tf.greater(total, scalar(0));
	const weight = tf.div(counts, tf.maximum(total, scalar(1)));
	const logs = tf.logSoftmax(rows);
	const each = tf.neg(tf.sum(tf.mul(target, logs), -1));
	return record({
		name: 'cross_entropy',
		inputs: [logits],
		// Said outright: a shader need not make NaN of 0 / 0. No gradient flows then.
		memory: tf.where(some, tf.sum(tf.mul(each, weight)), scalar(NaN)),
		shape: [],
		backward: (gradient) => {
			const g = tf.mul(tf.expandDims(weight, 1), gradient.memory);
			const made = tf.mul(tf.sub(tf.exp(logs), target), g);
			const like = logits.as(layout).shape;
			return [new Tensor(tf.reshape(made, like), logits.shape, layout)];
		},
	});
}

interface Fused {
	/** (places, classes) */
	readonly rows: tf.Tensor;
	readonly labels: tf.Tensor;
	readonly attributes: { readonly ignoreIndex: number; readonly smoothing: number };
}

/** The same in two dispatches and one back. */
function fusedCrossEntropy(logits: Tensor, { rows, labels, attributes }: Fused): Tensor {
	const inputs = { logits: rows, labels };
	const [loss, share] = runKernel('LemurCrossEntropy', inputs, attributes) as [
		tf.Tensor,
		tf.Tensor,
	]; // as the kernel returns them
	const layout = logits.shape.length === 4 ? 'channels_last' : 'plain';
	return record({
		name: 'cross_entropy',
		inputs: [logits],
		memory: loss,
		shape: [],
		backward: (gradient) => {
			const more = { share, gradient: gradient.memory };
			const [made] = runKernel('LemurCrossEntropyGradient', { ...inputs, ...more }, attributes);
			const shape = memoryShape(logits.shape, layout);
			return [new Tensor(tf.reshape(made!, shape), logits.shape, layout)];
		},
	});
}

export function mseLoss(x: Tensor, target: Tensor): Tensor {
	const difference = sub(x, target);
	return mean(mul(difference, difference));
}

/** Mean of |x − target|; gradient 0 where they are equal. */
export function l1Loss(x: Tensor, target: Tensor): Tensor {
	return mean(elementLoss('l1_loss', sub(x, target), tf.abs, tf.sign));
}

/** Quadratic below `beta`, linear above. */
export function smoothL1Loss(x: Tensor, target: Tensor, beta = 1): Tensor {
	const near = (d: tf.Tensor) => tf.less(tf.abs(d), scalar(beta));
	return mean(
		elementLoss(
			'smooth_l1_loss',
			sub(x, target),
			(d) =>
				tf.where(
					near(d),
					tf.mul(tf.square(d), scalar(0.5 / beta)),
					tf.sub(tf.abs(d), scalar(0.5 * beta)),
				),
			(d) => tf.where(near(d), tf.mul(d, scalar(1 / beta)), tf.sign(d)),
		),
	);
}

/** Mean over all elements of the stable form max(x, 0) − x·t + ln(1 + e^−|x|). */
export function bceWithLogits(x: Tensor, target: Tensor): Tensor {
	const t = target.as(x.layout);
	const loss = elementLoss(
		'bce_with_logits',
		x,
		(memory) =>
			tf.add(tf.sub(tf.relu(memory), tf.mul(memory, t)), tf.log1p(tf.exp(tf.neg(tf.abs(memory))))),
		(memory) => tf.sub(tf.sigmoid(memory), t),
	);
	return mean(loss);
}

/** Mean of −ln p of each label, from log-probabilities (N, C). */
export function nllLoss(logProbabilities: Tensor, labels: Tensor): Tensor {
	const classes = logProbabilities.dim(1);
	const flat = tf.reshape<tf.Rank.R1>(labels.as('plain'), [-1]);
	const hot = new Tensor(tf.oneHot(flat, classes, 1, 0, 'float32'), logProbabilities.shape);
	const share = -classes; // the mean over N · C is C times too small
	return mul(mean(mul(logProbabilities, hot)), share);
}

function elementLoss(
	name: string,
	x: Tensor,
	forward: (memory: tf.Tensor) => tf.Tensor,
	slope: (memory: tf.Tensor) => tf.Tensor,
): Tensor {
	return record({
		name,
		inputs: [x],
		memory: forward(x.memory),
		shape: x.shape,
		layout: x.layout,
		backward: (gradient) => [
			new Tensor(tf.mul(gradient.as(x.layout), slope(x.memory)), x.shape, x.layout),
		],
	});
}
