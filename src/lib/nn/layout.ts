/**
 * How the elements of a tensor lie in memory. A tensor's shape is always PyTorch's (N,C,H,W and
 * O,I,H,W); the kernels want channels last and filters as H,W,I,O, so those are kept that way.
 */

/** 'channels_last' and 'filter' are for four dimensions only. */
export type Layout = 'plain' | 'channels_last' | 'filter';

/** Axis of the logical shape at each place in memory. */
const TO_MEMORY = {
	channels_last: [0, 2, 3, 1],
	filter: [2, 3, 1, 0],
} as const;
const TO_LOGICAL = {
	channels_last: [0, 3, 1, 2],
	filter: [3, 2, 0, 1],
} as const;

/** @returns the permutation that brings memory of one layout into that of another; undefined = none needed */
export function permutation(from: Layout, to: Layout): readonly number[] | undefined {
	if (from === to) return undefined;
	const logical: readonly number[] = from === 'plain' ? [0, 1, 2, 3] : TO_LOGICAL[from];
	const memory: readonly number[] = to === 'plain' ? [0, 1, 2, 3] : TO_MEMORY[to];
	return memory.map((axis) => logical[axis] ?? 0);
}

/** @returns the shape in memory of a logical shape */
export function memoryShape(shape: readonly number[], layout: Layout): number[] {
	if (layout === 'plain') return [...shape];
	return TO_MEMORY[layout].map((axis) => shape[axis] ?? 1);
}

/** @returns where a logical axis lies in memory */
export function memoryAxis(axis: number, layout: Layout): number {
	return layout === 'plain' ? axis : TO_MEMORY[layout].findIndex((at) => at === axis);
}
