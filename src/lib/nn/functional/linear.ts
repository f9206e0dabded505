/** Matrix products. `linear` is x·Wᵀ + b with PyTorch's weight of shape (out, in). */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { ShapeError, Tensor } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';

/** @param x (…, in); @param weight (out, in); @param bias (out) */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
	const [outputs, inputs] = [weight.dim(0), weight.dim(1)];
	if (x.dim(-1) !== inputs)
		throw new ShapeError(
			`linear: the last axis of (${x.shape.join(', ')}) must be ${inputs}, for a weight of (${outputs}, ${inputs}).`,
		);
	const rows = tf.reshape<tf.Rank.R2>(x.as('plain'), [-1, inputs]);
	const w = weight.as('plain') as tf.Tensor2D; // two axes, checked above
	const biased = product(rows, w, { transposeB: true, ...(bias ? { bias: bias.memory } : {}) });
	const shape = [...x.shape.slice(0, -1), outputs];
	return record({
		name: 'linear',
		inputs: bias ? [x, weight, bias] : [x, weight],
		memory: tf.reshape(biased, shape),
		shape,
		backward: (gradient, [needsX, needsWeight, needsBias]) => {
			const g = tf.reshape<tf.Rank.R2>(gradient.as('plain'), [-1, outputs]);
			const made = needsWeight || needsBias ? parameterGradients(g, rows, needsBias) : undefined;
			return [
				needsX ? new Tensor(tf.reshape(product(g, w), [...x.shape]), x.shape) : null,
				needsWeight && made ? new Tensor(made.weight, weight.shape) : null,
				made?.bias ? new Tensor(made.bias, [outputs]) : null,
			];
		},
	});
}

/** gᵀ · rows, and the sums of g's columns. */
function parameterGradients(g: tf.Tensor2D, rows: tf.Tensor2D, needsBias = false) {
	if (needsBias && hasKernel('LemurMatMul')) {
		const attributes = { transposeA: true, transposeB: false, rowSums: true };
		const [weight, bias] = runKernel('LemurMatMul', { a: g, b: rows }, attributes);
		return { weight: weight!, bias: bias! };
	}
	const weight = product(g, rows, { transposeA: true });
	return { weight, bias: needsBias ? tf.sum(g, 0) : undefined };
}

interface Product {
	readonly transposeA?: boolean;
	readonly transposeB?: boolean;
	readonly bias?: tf.Tensor;
}

/** a · b + bias of two matrices. */
function product(a: tf.Tensor2D, b: tf.Tensor2D, options: Product = {}): tf.Tensor {
	const { transposeA = false, transposeB = false, bias } = options;
	if (hasKernel('LemurMatMul'))
		return runKernel(
			'LemurMatMul',
			{ a, b, ...(bias ? { bias } : {}) },
			{ transposeA, transposeB },
		)[0]!;
	const made = tf.matMul(a, b, transposeA, transposeB);
	return bias ? tf.add(made, bias) : made;
}

/** Matrix product over the last two axes; the axes before them are equal in both (bmm) or absent. */
export function matmul(a: Tensor, b: Tensor): Tensor {
	const lead = a.shape.slice(0, -2);
	const fits =
		lead.length === b.shape.length - 2 &&
		lead.every((n, i) => n === b.shape[i]) &&
		a.dim(-1) === b.dim(-2);
	if (!fits)
		throw new ShapeError(
			`matmul: (${a.shape.join(', ')}) and (${b.shape.join(', ')}) do not fit together.`,
		);
	const [x, y] = [a.as('plain'), b.as('plain')];
	return record({
		name: 'matmul',
		inputs: [a, b],
		memory: tf.matMul(x, y),
		shape: [...lead, a.dim(-2), b.dim(-1)],
		backward: (gradient, [needsA, needsB]) => {
			const g = gradient.as('plain');
			return [
				needsA ? new Tensor(tf.matMul(g, y, false, true), a.shape) : null,
				needsB ? new Tensor(tf.matMul(x, g, true), b.shape) : null,
			];
		},
	});
}
