import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryAxis, memoryShape, permutation, type Layout } from './layout';

const LAYOUTS: readonly Layout[] = ['plain', 'channels_last', 'filter'];

describe('layouts', () => {
	test('are PyTorch’s N,C,H,W and O,I,H,W as the kernels want them', () => {
		expect(memoryShape([2, 3, 5, 7], 'channels_last')).toEqual([2, 5, 7, 3]);
		expect(memoryShape([8, 4, 3, 5], 'filter')).toEqual([3, 5, 4, 8]);
		expect(memoryShape([4, 5], 'plain')).toEqual([4, 5]);
		expect(permutation('plain', 'channels_last')).toEqual([0, 2, 3, 1]);
		expect(permutation('filter', 'filter')).toBeUndefined();
	});

	test('a permutation brings one memory’s shape into the other’s', () => {
		const shape = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 });
		const layout = fc.constantFrom(...LAYOUTS);
		fc.assert(
			fc.property(shape, layout, layout, (logical, from, to) => {
				const memory = memoryShape(logical, from);
				const perm = permutation(from, to) ?? [0, 1, 2, 3];
				expect(perm.map((axis) => memory[axis])).toEqual(memoryShape(logical, to));
			}),
		);
	});

	test('an axis is found where its size lies', () => {
		for (const layout of LAYOUTS)
			for (const axis of [0, 1, 2, 3])
				expect(memoryShape([10, 11, 12, 13], layout)[memoryAxis(axis, layout)]).toBe(10 + axis);
	});
});
