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
 * @returns NaN when every label is ignored, as PyTorch; and for a label that is no class, where PyTorch
 * throws: labels are on the device, which nobody waits for
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
	const rows = tf.reshape(logits.as(layoutOf(logits)), [-1, classes]);
	const flat = tf.reshape<tf.Rank.R1>(labels.as('plain'), [-1]);
	const places = { rows, labels: flat, attributes: { ignoreIndex, smoothing: labelSmoothing } };
	return hasKernel('LemurCrossEntropy')
		? fusedCrossEntropy(logits, places)
		: composedCrossEntropy(logits, places);
}

interface Places {
	/** (places, classes) */
	readonly rows: tf.Tensor;
	/** (places) */
	readonly labels: tf.Tensor1D;
	readonly attributes: { readonly ignoreIndex: number; readonly smoothing: number };
}

/** Channels last for images: classes lie side by side. */
const layoutOf = ({ shape }: Tensor) => (shape.length === 4 ? 'channels_last' : 'plain');

function composedCrossEntropy(logits: Tensor, { rows, labels, attributes }: Places): Tensor {
	const { ignoreIndex, smoothing } = attributes;
	const classes = logits.dim(1);
	const counts = tf.cast(tf.notEqual(labels, tf.cast(scalar(ignoreIndex), 'int32')), 'float32');
	const hot = tf.oneHot(labels, classes, 1, 0, 'float32');
	const target =
		smoothing === 0 ? hot : tf.add(tf.mul(hot, scalar(1 - smoothing)), scalar(smoothing / classes));
	const total = tf.sum(counts);
	const weight = tf.div(counts, tf.maximum(total, scalar(1)));
	// A label that is no class has no one in its row.
	const known = tf.sum(tf.mul(tf.sum(hot, 1), counts));
	const sound = tf.logicalAnd(tf.equal(known, total), tf.greater(total, scalar(0)));
	const logs = tf.logSoftmax(rows);
	const each = tf.neg(tf.sum(tf.mul(target, logs), -1));
	const layout = layoutOf(logits);
	return record({
		name: 'cross_entropy',
		inputs: [logits],
		// Said outright: a shader need not make NaN of 0 / 0.
		memory: tf.where(sound, tf.sum(tf.mul(each, weight)), scalar(NaN)),
		shape: [],
		backward: (gradient) => {
			const g = tf.mul(tf.expandDims(weight, 1), gradient.memory);
			const made = tf.mul(tf.sub(tf.exp(logs), target), g);
			return [
				new Tensor(tf.reshape(made, memoryShape(logits.shape, layout)), logits.shape, layout),
			];
		},
	});
}

/** The same in two dispatches and one back. */
function fusedCrossEntropy(logits: Tensor, { rows, labels, attributes }: Places): Tensor {
	const inputs = { logits: rows, labels };
	const [loss, share] = runKernel('LemurCrossEntropy', inputs, attributes) as [
		tf.Tensor,
		tf.Tensor,
	]; // as the kernel returns them
	const layout = layoutOf(logits);
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
