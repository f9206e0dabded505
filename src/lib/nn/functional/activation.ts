/** Activations, each with its own gradient: tfjs's differ from PyTorch's at kinks and in constants. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { scalar } from '../constants';
import { memoryAxis } from '../layout';
import { Tensor } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';
import { unary } from './elementwise';

/** 1 where a condition holds, as floats, on the device. */
const indicator = (condition: tf.Tensor) => tf.cast(condition, 'float32');

/** Gradient 0 at 0. */
export function relu(x: Tensor): Tensor {
	return unary(
		'relu',
		x,
		(memory) =>
			hasKernel('LemurRelu') ? runKernel('LemurRelu', { a: memory }, {})[0]! : tf.relu(memory),
		(g, _x, out) =>
			hasKernel('LemurReluGradient')
				? runKernel('LemurReluGradient', { a: g, b: out }, {})[0]!
				: tf.mul(g, tf.step(out)),
	);
}

/** Gradient 0 at 0 and at 6. */
export function relu6(x: Tensor): Tensor {
	return unary(
		'relu6',
		x,
		(memory) =>
			hasKernel('LemurRelu6') ? runKernel('LemurRelu6', { a: memory }, {})[0]! : tf.relu6(memory),
		(g, memory, out) =>
			hasKernel('LemurRelu6Gradient')
				? runKernel('LemurRelu6Gradient', { a: g, b: out }, {})[0]!
				: tf.mul(g, tf.mul(tf.step(memory), indicator(tf.less(memory, scalar(6))))),
	);
}

export function leakyRelu(x: Tensor, negativeSlope = 0.01): Tensor {
	return unary(
		'leaky_relu',
		x,
		(memory) => tf.leakyRelu(memory, negativeSlope),
		(g, memory) => tf.mul(g, tf.step(memory, negativeSlope)),
	);
}

export function sigmoid(x: Tensor): Tensor {
	return unary('sigmoid', x, tf.sigmoid, (g, _x, out) =>
		tf.mul(g, tf.mul(out, tf.sub(scalar(1), out))),
	);
}

export function tanh(x: Tensor): Tensor {
	return unary('tanh', x, tf.tanh, (g, _x, out) => tf.mul(g, tf.sub(scalar(1), tf.square(out))));
}

/** x · sigmoid(x) */
export function silu(x: Tensor): Tensor {
	return unary(
		'silu',
		x,
		(memory) => tf.mul(memory, tf.sigmoid(memory)),
		(g, memory) => {
			const s = tf.sigmoid(memory);
			return tf.mul(g, tf.add(s, tf.mul(memory, tf.mul(s, tf.sub(scalar(1), s)))));
		},
	);
}

/** The exact form by the error function. */
export function gelu(x: Tensor): Tensor {
	const phi = (memory: tf.Tensor) =>
		tf.mul(scalar(0.5), tf.add(scalar(1), tf.erf(tf.mul(memory, scalar(Math.SQRT1_2)))));
	return unary(
		'gelu',
		x,
		(memory) => tf.mul(memory, phi(memory)),
		(g, memory) => {
			const density = tf.mul(
				tf.exp(tf.mul(tf.square(memory), scalar(-0.5))),
				scalar(1 / Math.sqrt(2 * Math.PI)),
			);
			return tf.mul(g, tf.add(phi(memory), tf.mul(memory, density)));
		},
	);
}

/** relu6(x + 3) / 6; PyTorch's gradient is 1/6 strictly between −3 and 3. */
export function hardsigmoid(x: Tensor): Tensor {
	return unary(
		'hardsigmoid',
		x,
		(memory) => tf.mul(tf.relu6(tf.add(memory, scalar(3))), scalar(1 / 6)),
		(g, memory) => tf.mul(g, tf.mul(inside3(memory), scalar(1 / 6))),
	);
}

/** x · relu6(x + 3) / 6 */
export function hardswish(x: Tensor): Tensor {
	return unary(
		'hardswish',
		x,
		(memory) => tf.mul(memory, tf.mul(tf.relu6(tf.add(memory, scalar(3))), scalar(1 / 6))),
		(g, memory) => {
			const slope = tf.add(tf.mul(memory, scalar(1 / 3)), scalar(0.5));
			const above = indicator(tf.greaterEqual(memory, scalar(3)));
			return tf.mul(g, tf.add(tf.mul(inside3(memory), slope), above));
		},
	);
}

function inside3(memory: tf.Tensor): tf.Tensor {
	return tf.mul(indicator(tf.greater(memory, scalar(-3))), indicator(tf.less(memory, scalar(3))));
}

/** ln(1 + e^x), linear above the threshold 20 as PyTorch has it. */
export function softplus(x: Tensor): Tensor {
	return unary(
		'softplus',
		x,
		(memory) => {
			const soft = tf.softplus(tf.minimum(memory, scalar(20)));
			return tf.where(tf.greater(memory, scalar(20)), memory, soft);
		},
		(g, memory) =>
			tf.mul(g, tf.maximum(tf.sigmoid(memory), indicator(tf.greater(memory, scalar(20))))),
	);
}

/** Both softmaxes need their axis last in memory; it is, for channels of activations. */
function lastInMemory(
	x: Tensor,
	dim: number,
): { memory: tf.Tensor; wrap: (made: tf.Tensor) => Tensor } {
	const axis = dim < 0 ? x.shape.length + dim : dim;
	const last = x.shape.length - 1;
	if (memoryAxis(axis, x.layout) === last)
		return { memory: x.memory, wrap: (made) => new Tensor(made, x.shape, x.layout) };
	const perm = x.shape.map((_, i) => i);
	perm[axis] = last;
	perm[last] = axis;
	return {
		memory: tf.transpose(x.as('plain'), perm),
		wrap: (made) => new Tensor(tf.transpose(made, perm), x.shape),
	};
}

export function softmax(x: Tensor, dim: number): Tensor {
	const { memory, wrap } = lastInMemory(x, dim);
	const made = tf.softmax(memory);
	const out = wrap(made);
	return record({
		name: 'softmax',
		inputs: [x],
		shape: out.shape,
		layout: out.layout,
		memory: out.memory,
		backward: (gradient) => {
			const g = lastInMemory(new Tensor(gradient.as(x.layout), x.shape, x.layout), dim).memory;
			const product = tf.mul(g, made);
			return [wrap(tf.sub(product, tf.mul(tf.sum(product, -1, true), made)))];
		},
	});
}

export function logSoftmax(x: Tensor, dim: number): Tensor {
	const { memory, wrap } = lastInMemory(x, dim);
	const made = tf.logSoftmax(memory);
	const out = wrap(made);
	return record({
		name: 'log_softmax',
		inputs: [x],
		shape: out.shape,
		layout: out.layout,
		memory: out.memory,
		backward: (gradient) => {
			const g = lastInMemory(new Tensor(gradient.as(x.layout), x.shape, x.layout), dim).memory;
			return [wrap(tf.sub(g, tf.mul(tf.sum(g, -1, true), tf.exp(made))))];
		},
	});
}
