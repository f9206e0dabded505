/** Sums and means over axes. Their gradients spread on the device: nothing of activation size is uploaded. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { scalar } from '../constants';
import { memoryAxis, memoryShape } from '../layout';
import { Tensor } from '../tensor';

interface ReduceOptions {
	/** axes of the logical shape, negative from the end; default all */
	readonly dim?: number | readonly number[];
	readonly keepdim?: boolean;
}

/** @returns sum over axes; in the plain layout unless the axes are kept */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
	return reduce('sum', x, options, 1);
}

/** @returns mean over axes */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
	const axes = axesOf(x, options);
	return reduce('mean', x, options, 1 / axes.reduce((product, axis) => product * x.dim(axis), 1));
}

function axesOf({ shape }: Tensor, { dim }: ReduceOptions): number[] {
	if (dim === undefined) return shape.map((_, axis) => axis);
	const axes = typeof dim === 'number' ? [dim] : dim;
	return axes.map((axis) => (axis < 0 ? shape.length + axis : axis));
}

function reduce(name: string, x: Tensor, options: ReduceOptions, factor: number): Tensor {
	const axes = axesOf(x, options);
	const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
	const at = axes.map((axis) => memoryAxis(axis, x.layout));
	const summed = tf.sum(x.memory, at, true);
	const scaled = factor === 1 ? summed : tf.mul(summed, scalar(factor));
	const whole = new Tensor(scaled, kept, x.layout);
	const shape = options.keepdim ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
	const memory = options.keepdim ? scaled : tf.reshape(whole.as('plain'), shape);
	return record({
		name,
		inputs: [x],
		memory,
		shape,
		layout: options.keepdim ? x.layout : 'plain',
		backward: (gradient) => {
			const plain = tf.reshape(gradient.as('plain'), kept);
			const g = new Tensor(plain, kept).as(x.layout);
			const share = factor === 1 ? g : tf.mul(g, scalar(factor));
			return [new Tensor(tf.broadcastTo(share, memoryShape(x.shape, x.layout)), x.shape, x.layout)];
		},
	});
}
