/**
 * The race's net in TensorFlow.js as it comes: its operations under `variableGrads`, its momentum
 * optimizer, its backend and flags untouched. Filters are its own H,W,I,O, images channels last.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { floatsOf, startValues } from './data';
import { adapterOf } from './adapter';
import type { BenchModel } from './models';
import type { Layer } from './plan';
import { LR, MOMENTUM, type Strategy, type Trainer } from './strategy';

type Forward = (x: tf.Tensor) => tf.Tensor;
/** Gives the next parameter, in PyTorch's shape. */
type Next = () => { readonly shape: readonly number[]; readonly values: Float32Array };

const NORM_EPS = 1e-5;
const KEPT = 0.9;

/** A trained variable from PyTorch's values; `order` brings the axes into tfjs's. */
function variable(next: Next, order?: readonly number[]): tf.Variable {
	const { shape, values } = next();
	return tf.tidy(() => {
		const plain = tf.tensor(values, [...shape]);
		return tf.variable(order ? tf.transpose(plain, [...order]) : plain);
	});
}

function convolution(layer: Extract<Layer, { kind: 'conv' }>, next: Next): Forward {
	const { stride, padding, groups, bias } = layer;
	const pad = tfPad(padding);
	// One filter per channel: O,1,H,W → H,W,O,1.
	const filter = variable(
		next,
		groups > 1 ? [2, 3, 0, 1] : [2, 3, 1, 0],
	) as tf.Variable<tf.Rank.R4>;
	const add = bias ? variable(next) : undefined;
	return (x) => {
		const image = x as tf.Tensor4D; // the plan puts convolutions on images
		const out =
			groups > 1
				? tf.depthwiseConv2d(image, filter, stride, pad, 'NHWC', 1, 'floor')
				: tf.conv2d(image, filter, stride, pad, 'NHWC', 1, 'floor');
		return add ? tf.add(out, add) : out;
	};
}

function tfPad(by: number): tf.backend_util.ExplicitPadding {
	return [
		[0, 0],
		[by, by],
		[by, by],
		[0, 0],
	];
}

/** tfjs's own way to train with it: moments, `batchNorm`, moving averages by `assign`. */
function normalisation(channels: number, next: Next): Forward {
	const [scale, offset] = [variable(next), variable(next)];
	const runningMean = tf.variable(tf.zeros([channels]), false);
	const runningVar = tf.variable(tf.ones([channels]), false);
	return (x) => {
		const { mean, variance } = tf.moments(x, [0, 1, 2]);
		const blend = (running: tf.Variable, value: tf.Tensor) =>
			running.assign(tf.add(tf.mul(running, KEPT), tf.mul(value, 1 - KEPT)));
		blend(runningMean, mean);
		blend(runningVar, variance);
		return tf.batchNorm(
			x as tf.Tensor4D, // as above
			mean as tf.Tensor1D,
			variance as tf.Tensor1D,
			offset as tf.Variable<tf.Rank.R1>,
			scale as tf.Variable<tf.Rank.R1>,
			NORM_EPS,
		);
	};
}

function linear(next: Next): Forward {
	const weight = variable(next, [1, 0]) as tf.Variable<tf.Rank.R2>;
	const bias = variable(next);
	return (x) => tf.add(tf.matMul(x as tf.Tensor2D, weight), bias);
}

function sequence(layers: readonly Layer[], next: Next): Forward {
	const steps = layers.map((layer) => forwardOf(layer, next));
	return (x) => steps.reduce((value, step) => step(value), x);
}

function forwardOf(layer: Layer, next: Next): Forward {
	switch (layer.kind) {
		case 'conv':
			return convolution(layer, next);
		case 'norm':
			return normalisation(layer.channels, next);
		case 'relu':
			return (x) => tf.relu(x);
		case 'relu6':
			return (x) => tf.relu6(x);
		case 'maxPool':
			return (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 0);
		case 'average':
			return (x) => tf.mean(x, [1, 2]);
		case 'flatten':
			// PyTorch's order of elements, so that the same weights mean the same
			return (x) => tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0] ?? 1, -1]);
		case 'linear':
			return linear(next);
		case 'residual': {
			const body = sequence(layer.body, next);
			const shortcut = sequence(layer.shortcut, next);
			return (x) => tf.add(body(x), shortcut(x));
		}
		default:
			return layer satisfies never;
	}
}

function trainerOf(model: BenchModel): Trainer {
	const values = startValues(model);
	let at = 0;
	const forward = sequence(model.layers, () => values[at++]!);
	const optimizer = tf.train.momentum(LR, MOMENTUM);
	let last: tf.Scalar | undefined;
	return {
		step({ batch: { shape, labels }, floats }) {
			last?.dispose();
			last = tf.tidy(() => {
				const x = tf.tensor4d(floats, [...shape]);
				const y = tf.oneHot(tf.tensor1d(labels, 'int32'), model.classes);
				const loss = () => tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(y, forward(x));
				return optimizer.minimize(loss, true)!; // null only where the cost is not asked for
			});
		},
		async settle() {
			const gpu = gpuOf();
			if (gpu) {
				// what it has gathered since its last submit
				gpu.ensureCommandEncoderReady();
				gpu.endComputePassEncoder();
				gpu.submitQueue();
				return gpu.device.queue.onSubmittedWorkDone();
			}
			const probe = tf.fill([1], 0);
			await probe.data();
			probe.dispose();
		},
		loss: async () => (await last!.data())[0] ?? NaN,
		tensors: () => tf.memory().numTensors,
	};
}

/** What is needed of tfjs's WebGPU backend, whose class is loaded only where it runs. */
type Gpu = Pick<
	WebGPUBackend,
	'device' | 'ensureCommandEncoderReady' | 'endComputePassEncoder' | 'submitQueue'
>;

function gpuOf(): Gpu | undefined {
	return tf.getBackend() === 'webgpu' ? (tf.backend() as unknown as Gpu) : undefined; // by its name
}

export const stock: Strategy = {
	async start() {
		const remarks: string[] = [];
		for (const [name, load] of BACKENDS) {
			await load();
			if (await tf.setBackend(name).catch(() => false)) {
				await tf.ready();
				return { backend: name, ...adapterOf(gpuOf()?.device), remarks };
			}
			remarks.push(`tfjs did not start ${name}.`);
		}
		throw new Error('tfjs starts none of its backends here.');
	},
	prepare: (batch) => ({ batch, floats: floatsOf(batch, false) }),
	build: (model) => Promise.resolve(trainerOf(model)),
};

const BACKENDS: readonly (readonly [string, () => Promise<unknown>])[] = [
	['webgpu', () => import('@tensorflow/tfjs-backend-webgpu')],
	['webgl', () => import('@tensorflow/tfjs-backend-webgl')],
	['cpu', () => import('@tensorflow/tfjs-backend-cpu')],
];
