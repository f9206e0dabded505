/** Views and joins: the same elements under another shape. Order is PyTorch's, whatever the memory order. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { memoryAxis } from '../layout';
import { ShapeError, Tensor } from '../tensor';

/** @param shape one size may be −1 */
export function view(x: Tensor, shape: readonly number[]): Tensor {
	const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
	const target = shape.map((n) => (n === -1 ? x.size / known : n));
	if (target.reduce((product, n) => product * n, 1) !== x.size || !target.every(Number.isInteger))
		throw new ShapeError(
			`view: ${x.size} elements of shape (${x.shape.join(', ')}) do not fit (${shape.join(', ')}).`,
		);
	return record({
		name: 'view',
		inputs: [x],
		memory: tf.reshape(x.as('plain'), target),
		shape: target,
		backward: (gradient) => [new Tensor(tf.reshape(gradient.as('plain'), [...x.shape]), x.shape)],
	});
}

/** @param start first axis that is joined; the axes from it to the last become one */
export function flatten(x: Tensor, start = 1): Tensor {
	return view(x, [...x.shape.slice(0, start), -1]);
}

/** @param dims the input's axis at each place of the result */
export function permute(x: Tensor, dims: readonly number[]): Tensor {
	const shape = dims.map((axis) => x.dim(axis));
	const back = dims.map((_, at) => dims.indexOf(at));
	return record({
		name: 'permute',
		inputs: [x],
		memory: tf.transpose(x.as('plain'), [...dims]),
		shape,
		backward: (gradient) => [new Tensor(tf.transpose(gradient.as('plain'), back), x.shape)],
	});
}

/** Swaps two axes. */
export function transpose(x: Tensor, a: number, b: number): Tensor {
	const dims = x.shape.map((_, axis) => axis);
	const [from, to] = [a, b].map((axis) => (axis < 0 ? x.shape.length + axis : axis));
	dims[from!] = to!;
	dims[to!] = from!;
	return permute(x, dims);
}

/** Joins tensors along an axis; all other sizes are equal. */
export function cat(list: readonly Tensor[], dim = 0): Tensor {
	// The caller may go on filling its list before gradients are asked for.
	const tensors = [...list];
	const [first] = tensors;
	if (!first) throw new ShapeError('cat: there is nothing to join.');
	const axis = dim < 0 ? first.shape.length + dim : dim;
	for (const { shape } of tensors)
		if (
			shape.length !== first.shape.length ||
			shape.some((n, i) => i !== axis && n !== first.shape[i])
		)
			throw new ShapeError(
				`cat along axis ${axis}: shapes ${tensors.map((one) => `(${one.shape.join(', ')})`).join(' and ')}.`,
			);
	const layout = tensors.some((one) => one.layout === 'channels_last') ? 'channels_last' : 'plain';
	const sizes = tensors.map((one) => one.dim(axis));
	const shape = first.shape.map((n, i) => (i === axis ? sizes.reduce((a, b) => a + b) : n));
	const at = memoryAxis(axis, layout);
	return record({
		name: 'cat',
		inputs: tensors,
		memory: tf.concat(
			tensors.map((one) => one.as(layout)),
			at,
		),
		shape,
		layout,
		backward: (gradient) => {
			const whole = gradient.as(layout);
			// tfjs gives one part as itself, not as a list of one
			const parts = sizes.length === 1 ? [whole] : tf.split(whole, sizes, at);
			return tensors.map((one, i) => new Tensor(parts[i]!, one.shape, layout));
		},
	});
}

/** @returns elements [start, start + length) along an axis */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
	const axis = dim < 0 ? x.shape.length + dim : dim;
	const size = x.dim(axis);
	if (start < 0 || length < 0 || start + length > size)
		throw new ShapeError(`narrow: [${start}, ${start + length}) of axis ${axis} with ${size}.`);
	const at = memoryAxis(axis, x.layout);
	const begin = x.memory.shape.map((_, i) => (i === at ? start : 0));
	const extent = x.memory.shape.map((n, i) => (i === at ? length : n));
	const around = x.memory.shape.map((_, i): [number, number] =>
		i === at ? [start, size - start - length] : [0, 0],
	);
	return record({
		name: 'narrow',
		inputs: [x],
		memory: tf.slice(x.memory, begin, extent),
		shape: x.shape.map((n, i) => (i === axis ? length : n)),
		layout: x.layout,
		backward: (gradient) => [new Tensor(tf.pad(gradient.as(x.layout), around), x.shape, x.layout)],
	});
}

/** @param sizes along the axis; their sum is the axis's size */
export function split(x: Tensor, sizes: readonly number[], dim = 0): Tensor[] {
	let start = 0;
	return sizes.map((size) => {
		const part = narrow(x, dim, start, size);
		start += size;
		return part;
	});
}

/** @returns `chunks` parts along the axis, as PyTorch cuts them: the last may be smaller */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
	const size = x.dim(dim);
	const step = Math.ceil(size / chunks);
	const sizes: number[] = [];
	for (let left = size; left > 0; left -= step) sizes.push(Math.min(step, left));
	return split(x, sizes, dim);
}

/** Joins tensors of one shape along a new axis. */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
	const lifted = tensors.map((one) => {
		const shape = [...one.shape];
		shape.splice(dim < 0 ? shape.length + 1 + dim : dim, 0, 1);
		return view(one, shape);
	});
	return cat(lifted, dim);
}

/** Elements shifted along axes; what leaves on one side comes in on the other. */
export function roll(x: Tensor, shifts: readonly number[], dims: readonly number[]): Tensor {
	let result = x;
	for (const [i, dim] of dims.entries()) {
		const size = x.dim(dim);
		const shift = (((shifts[i] ?? 0) % size) + size) % size;
		if (shift === 0) continue;
		const parts = split(result, [size - shift, shift], dim);
		result = cat([parts[1]!, parts[0]!], dim);
	}
	return result;
}

/** Zeros (or a value) around the last axes: PyTorch's order, last axis first. */
export function pad(x: Tensor, widths: readonly number[], value = 0): Tensor {
	const around: [number, number][] = x.shape.map(() => [0, 0]);
	for (let i = 0; 2 * i + 1 < widths.length; i++)
		around[x.shape.length - 1 - i] = [widths[2 * i] ?? 0, widths[2 * i + 1] ?? 0];
	const inMemory: [number, number][] = around.map(() => [0, 0]);
	for (const [axis, both] of around.entries()) inMemory[memoryAxis(axis, x.layout)] = both;
	const begin = inMemory.map(([before]) => before);
	return record({
		name: 'pad',
		inputs: [x],
		memory: tf.pad(x.memory, inMemory, value),
		shape: x.shape.map((n, axis) => n + around[axis]![0] + around[axis]![1]),
		layout: x.layout,
		backward: (gradient) => [
			new Tensor(tf.slice(gradient.as(x.layout), begin, x.memory.shape), x.shape, x.layout),
		],
	});
}
