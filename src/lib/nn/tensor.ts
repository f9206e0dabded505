/**
 * A tensor with PyTorch's logical shape over a tfjs tensor in memory order. It knows its place in the
 * graph of gradients (`autograd.ts`); operations on it are in `functional/`.
 */
import {
	keep,
	tensor as makeTensor,
	transpose,
	type Tensor as Memory,
} from '@tensorflow/tfjs-core';
import type { GradNode } from './autograd';
import { checkDeviceAlive, errorsHeard } from './device';
import { memoryShape, permutation, type Layout } from './layout';

/** Thrown for shapes that do not fit; names the operation, the shapes and what would fit. */
export class ShapeError extends Error {
	override readonly name = 'ShapeError';
}

/** Values that run through the graph. Freed with the step that made it, unless it is kept. */
export class Tensor {
	#memory: Memory | (() => Memory);
	/** set by `backward()` on leaves that require it; accumulates until `zeroGrad()` */
	grad: Tensor | null = null;

	/**
	 * @param shape logical, as PyTorch has it
	 * @param node how it was made, for gradients; absent on leaves
	 */
	constructor(
		memory: Memory | (() => Memory),
		readonly shape: readonly number[],
		readonly layout: Layout = 'plain',
		readonly node?: GradNode,
		readonly requiresGrad: boolean = node !== undefined,
	) {
		this.#memory = memory;
	}

	/** in memory order: see `layout` */
	get memory(): Memory {
		if (typeof this.#memory === 'function') this.#memory = this.#memory();
		return this.#memory;
	}

	/** number of elements */
	get size(): number {
		return this.shape.reduce((product, n) => product * n, 1);
	}

	/** @returns the size along an axis; negative counts from the end */
	dim(axis: number): number {
		const at = axis < 0 ? this.shape.length + axis : axis;
		const size = this.shape[at];
		if (size === undefined)
			throw new ShapeError(`Axis ${axis} of a tensor of shape (${this.shape.join(', ')}).`);
		return size;
	}

	/** @returns the values in the memory order asked for; the same memory when it has that order */
	as(layout: Layout): Memory {
		const perm = permutation(this.layout, layout);
		return perm ? transpose(this.memory, [...perm]) : this.memory;
	}

	/** @returns the same values outside of the graph */
	detach(): Tensor {
		return new Tensor(this.memory, this.shape, this.layout);
	}

	/**
	 * @returns the values in logical order. A readback: never inside a training step.
	 * @throws DeviceLostError or DeviceFaultError when the device did not compute them
	 */
	async data(): Promise<Float32Array | Int32Array | Uint8Array> {
		const values = await this.as('plain').data();
		await errorsHeard();
		checkDeviceAlive();
		return values;
	}

	/** @returns the one value of a tensor of one element; a readback */
	async item(): Promise<number> {
		if (this.size !== 1)
			throw new ShapeError(`item() needs one element, not shape (${this.shape.join(', ')}).`);
		return (await this.data())[0] ?? NaN;
	}

	/** Puts other values in place, outside of the graph, and frees the old ones. For parameters and buffers. */
	protected replace(memory: Memory | (() => Memory)): void {
		const old = this.#memory;
		this.#memory = typeof memory === 'function' ? memory : keep(memory);
		if (typeof old !== 'function' && old !== memory) old.dispose();
	}

	dispose(): void {
		if (typeof this.#memory !== 'function') this.#memory.dispose();
		this.grad?.dispose();
		this.grad = null;
	}
}

/**
 * A leaf that outlives steps and is changed in place: weights (with gradient) and buffers (without).
 * Its values are made when they are first needed, so a net can be built to count its parameters.
 */
export class Parameter extends Tensor {
	/** @param values in logical order; called once, or never when other values are assigned first */
	constructor(
		values: () => Float32Array,
		shape: readonly number[],
		layout: Layout = 'plain',
		requiresGrad = true,
	) {
		super(() => keep(toMemory(values(), shape, layout)), shape, layout, undefined, requiresGrad);
	}

	/** @param memory in this parameter's layout; it belongs to the parameter from now on */
	assign(memory: Memory): void {
		const expected = memoryShape(this.shape, this.layout).join(', ');
		if (memory.shape.join(', ') !== expected)
			throw new ShapeError(
				`assign: memory of (${memory.shape.join(', ')}), expected (${expected}).`,
			);
		this.replace(memory);
	}

	/** Other initial values: made when they are first needed, as those of the constructor. */
	fill(values: () => Float32Array): void {
		this.replace(() => keep(toMemory(values(), this.shape, this.layout)));
	}

	/** @param values in logical order, `size` of them */
	load(values: Float32Array): void {
		if (values.length !== this.size)
			throw new ShapeError(
				`load: ${values.length} values for a parameter of shape (${this.shape.join(', ')}).`,
			);
		this.replace(toMemory(values, this.shape, this.layout));
	}

	zeroGrad(): void {
		this.grad?.dispose();
		this.grad = null;
	}
}

/** @returns a leaf without gradient from values in logical order */
export function tensor(values: Float32Array | readonly number[], shape: readonly number[]): Tensor {
	const memory = makeTensor(
		values instanceof Float32Array ? values : [...values],
		[...shape],
		'float32',
	);
	return new Tensor(memory, shape);
}

/** @returns a leaf of whole numbers, such as labels and tokens */
export function intTensor(
	values: Int32Array | readonly number[],
	shape: readonly number[],
): Tensor {
	return new Tensor(makeTensor(Int32Array.from(values), [...shape], 'int32'), shape);
}

/** @returns values in logical order as memory of a layout; it belongs to the step that is open */
export function toMemory(values: Float32Array, shape: readonly number[], layout: Layout): Memory {
	const plain = makeTensor(values, [...shape], 'float32');
	const perm = permutation('plain', layout);
	if (!perm) return plain;
	const memory = transpose(plain, [...perm]);
	plain.dispose();
	return memory;
}
