/** PyTorch's broadcasting over two memory orders, and its way back for gradients. */
import { reshape, sum, transpose, type Tensor as Memory } from '@tensorflow/tfjs-core';
import { memoryAxis, memoryShape, permutation, type Layout } from '../layout';
import { ShapeError, Tensor } from '../tensor';

export interface Pair {
	readonly a: Memory;
	readonly b: Memory;
	readonly shape: readonly number[];
	readonly layout: Layout;
}

/**
 * @returns both operands in one memory order with as many dimensions, and the shape of the result
 * @throws ShapeError naming the operation when PyTorch could not broadcast them either
 */
export function broadcast(name: string, a: Tensor, b: Tensor): Pair {
	const shape = broadcastShape(name, a.shape, b.shape);
	const layout = commonLayout(a, b);
	return { a: lifted(a, shape.length, layout), b: lifted(b, shape.length, layout), shape, layout };
}

function broadcastShape(name: string, a: readonly number[], b: readonly number[]): number[] {
	const rank = Math.max(a.length, b.length);
	return Array.from({ length: rank }, (_, i) => {
		const x = a[a.length - rank + i] ?? 1;
		const y = b[b.length - rank + i] ?? 1;
		if (x === y || y === 1) return x;
		if (x === 1) return y;
		throw new ShapeError(
			`${name}: shapes (${a.join(', ')}) and (${b.join(', ')}) do not fit together: axis ${i - rank} has ${x} and ${y}.`,
		);
	});
}

/** What fewer elements must be moved for: activations stay channels last. */
function commonLayout(a: Tensor, b: Tensor): Layout {
	if (a.layout === b.layout) return a.layout;
	const larger = a.size >= b.size ? a : b;
	return larger.layout === 'plain' && larger.shape.length === 4
		? a.layout === 'plain'
			? b.layout
			: a.layout
		: larger.layout;
}

/** Memory with `rank` dimensions in the layout. */
function lifted(tensor: Tensor, rank: number, layout: Layout): Memory {
	if (tensor.shape.length === rank && tensor.layout === layout) return tensor.memory;
	const shape = [...Array<number>(rank - tensor.shape.length).fill(1), ...tensor.shape];
	if (tensor.size === Math.max(1, ...shape))
		return reshape(tensor.memory, memoryShape(shape, layout)); // one axis at most: nothing moves
	const from = tensor.shape.length === rank ? tensor.layout : 'plain';
	const plain = from === 'plain' ? reshape(tensor.memory, shape) : tensor.memory;
	const perm = permutation(from, layout);
	return perm ? transpose(plain, [...perm]) : plain;
}

/** @returns the gradient of a broadcast operand: summed over the axes along which it was repeated */
export function unbroadcast(gradient: Tensor, input: Tensor): Tensor {
	const rank = gradient.shape.length;
	const lead = rank - input.shape.length;
	const kept = Array.from({ length: rank }, (_, i) =>
		i < lead ? 1 : (input.shape[i - lead] ?? 1),
	);
	const axes = kept.flatMap((n, i) => (n === 1 && gradient.shape[i] !== 1 ? [i] : []));
	if (axes.length === 0 && lead === 0) return gradient;
	const at = axes.map((axis) => memoryAxis(axis, gradient.layout));
	const summed = axes.length === 0 ? gradient.memory : sum(gradient.memory, at, true);
	const whole = new Tensor(summed, kept, gradient.layout);
	if (lead === 0) return whole;
	return new Tensor(reshape(whole.as('plain'), [...input.shape]), input.shape);
}
