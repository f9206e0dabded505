/**
 * Define-by-run gradients: every operation that has an input with a gradient leaves a node, and
 * `backward()` walks the nodes from the newest to the oldest. tfjs's own tape stays off.
 */
import { keep, type Tensor as Memory } from '@tensorflow/tfjs-core';
import { ShapeError, Tensor } from './tensor';
import { ones } from './constants';
import { addMemory } from './functional/add';
import type { Layout } from './layout';
import { atPlace, placeNow, type Place } from './trail';

/** Gradients of an operation's inputs, in their order; null where none flows. */
export type Gradients = readonly (Tensor | null)[];

export interface GradNode {
	/** the operation, for messages */
	readonly name: string;
	/** nodes are numbered as they are made, so an input's number is below its output's */
	readonly order: number;
	readonly inputs: readonly Tensor[];
	/** @param gradient of the loss with respect to the operation's output, in the output's shape */
	readonly backward: (gradient: Tensor, needs: readonly boolean[]) => Gradients;
	/** the module that ran the operation, for messages */
	readonly place: Place | undefined;
}

/** One operation: its result in memory order and how gradients go back through it. */
export interface Operation {
	readonly name: string;
	readonly inputs: readonly Tensor[];
	readonly memory: Memory;
	readonly shape: readonly number[];
	readonly layout?: Layout;
	readonly backward: GradNode['backward'];
}

let recording = true;
let made = 0;

/** Told of each loss that `backward()` starts at, on the device; it may keep it, never wait for it. */
export type LossHook = (loss: Tensor) => void;

let lossHook: LossHook | undefined;

/** Runs `work`, such as a net's `learn`, while `listener` hears of its losses. One at a time. */
export async function withLossHook<T>(listener: LossHook, work: () => Promise<T>): Promise<T> {
	const before = lossHook;
	lossHook = listener;
	try {
		return await work();
	} finally {
		lossHook = before;
	}
}

/** @returns the result of an operation, with a node when one of its inputs requires a gradient */
export function record({ name, inputs, memory, shape, layout, backward }: Operation): Tensor {
	if (!recording || !inputs.some(({ requiresGrad }) => requiresGrad))
		return new Tensor(memory, shape, layout);
	const node = { name, order: ++made, inputs, backward, place: placeNow() };
	return new Tensor(memory, shape, layout, node);
}

/** Runs `work` without recording: evaluation, statistics, optimizers. */
export function noGrad<T>(work: () => T): T {
	const before = recording;
	recording = false;
	try {
		return work();
	} finally {
		recording = before;
	}
}

/** @returns whether operations leave nodes now */
export function isGradEnabled(): boolean {
	return recording;
}

/**
 * Adds to `.grad` of every leaf that requires it: PyTorch's `loss.backward()`.
 * @param gradient of the output itself; 1 for a loss of one element
 */
export function backward(output: Tensor, gradient?: Tensor): void {
	if (!output.node) throw new ShapeError('backward(): nothing here requires a gradient.');
	if (!gradient && output.size !== 1)
		throw new ShapeError(
			`backward() starts at a loss of one element, not at shape (${output.shape.join(', ')}).`,
		);
	if (output.size === 1) lossHook?.(output);
	const first = gradient ?? new Tensor(ones(output.memory.shape), output.shape, output.layout);
	noGrad(() => walk(output, first));
}

/** Newest node first: all of a node's gradients have come in when it is its turn. */
function walk(output: Tensor, first: Tensor): void {
	const waiting = new Map<GradNode, Tensor>();
	const queue = new NodeQueue();
	const send = (to: Tensor, gradient: Tensor) => {
		if (!to.node) return addToLeaf(to, gradient);
		const before = waiting.get(to.node);
		if (!before) queue.push(to.node);
		waiting.set(to.node, before ? sumOf(before, gradient) : gradient);
	};
	send(output, first);
	for (let node = queue.pop(); node; node = queue.pop()) {
		const gradient = waiting.get(node)!;
		waiting.delete(node);
		const needs = node.inputs.map(({ requiresGrad }) => requiresGrad);
		const gradients = gradientsOf(node, gradient, needs);
		for (const [i, input] of node.inputs.entries()) {
			const one = gradients[i];
			if (needs[i] && one) send(input, one);
		}
	}
}

/** @throws whatever the operation throws going back, with the module that ran it */
function gradientsOf(node: GradNode, gradient: Tensor, needs: readonly boolean[]): Gradients {
	try {
		const made = node.backward(gradient, needs);
		return node.inputs.map((input, i) =>
			needs[i] && made[i] ? fitting(node, input, made[i]) : null,
		);
	} catch (error) {
		throw atPlace(error, node.place);
	}
}

/** A gradient of another shape than its input's is a fault of the operation, told by name. */
function fitting({ name }: GradNode, { shape }: Tensor, gradient: Tensor): Tensor {
	if (gradient.shape.length === shape.length && shape.every((n, i) => n === gradient.shape[i]))
		return gradient;
	const text = (list: readonly number[]) => `(${list.join(', ')})`;
	throw new ShapeError(
		`${name}: gradient of ${text(gradient.shape)} for an input of ${text(shape)}.`,
	);
}

function sumOf(a: Tensor, b: Tensor): Tensor {
	return new Tensor(addMemory(a.memory, b.as(a.layout)), a.shape, a.layout);
}

/** Gradients of leaves outlive the step: PyTorch adds them up until they are zeroed. */
function addToLeaf(leaf: Tensor, gradient: Tensor): void {
	if (!leaf.requiresGrad) return;
	const before = leaf.grad;
	const memory = gradient.as(leaf.layout);
	if (!before) {
		// The memory may belong to another tensor as well, which frees it with the step.
		leaf.grad = new Tensor(keep(memory.clone()), leaf.shape, leaf.layout);
		return;
	}
	leaf.grad = new Tensor(keep(addMemory(before.memory, memory)), leaf.shape, leaf.layout);
	before.dispose();
}

/** Nodes by their number, the highest first. */
class NodeQueue {
	readonly #heap: GradNode[] = [];

	push(node: GradNode): void {
		const heap = this.#heap;
		heap.push(node);
		let at = heap.length - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (heap[parent]!.order >= node.order) break;
			heap[at] = heap[parent]!;
			at = parent;
		}
		heap[at] = node;
	}

	pop(): GradNode | undefined {
		const heap = this.#heap;
		const top = heap[0];
		const last = heap.pop();
		if (!top || !last || heap.length === 0) return top;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && heap[child + 1]!.order > heap[child]!.order) child++;
			if (heap[child]!.order <= last.order) break;
			heap[at] = heap[child]!;
			at = child;
		}
		heap[at] = last;
		return top;
	}
}
