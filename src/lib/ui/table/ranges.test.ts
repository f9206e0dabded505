import { describe, expect, test } from 'vitest';
import { binInRange, hasRange, rangeOf, rangeOfBins, withRange } from './ranges';

const histogram = {
	edges: Float64Array.of(0, 0.25, 0.5, 0.75, 1),
	counts: new Uint32Array(4),
	background: new Uint32Array(4),
	missing: 0,
};

describe('withRange(filter, column, range)', () => {
	test('sets, reads and removes ranges of base columns and hyperparameters', () => {
		const base = { dataset: ['cifar-10'], prm: { lr: { min: 0.1 } } };
		const both = withRange(withRange(base, 'accuracy', { min: 0.5, max: 0.9 }), 'prm.batch', {
			max: 64,
		});
		expect(rangeOf(both, 'accuracy')).toEqual({ min: 0.5, max: 0.9 });
		expect(rangeOf(both, 'prm.batch')).toEqual({ max: 64 });
		expect(both.dataset).toEqual(['cifar-10']);
		const without = withRange(withRange(both, 'accuracy', undefined), 'prm.batch', undefined);
		expect(without).toEqual(base);
	});

	test('the last hyperparameter takes its record along', () => {
		expect(withRange({ prm: { lr: { min: 1 } } }, 'prm.lr', undefined)).toEqual({});
	});

	test('columns without a range leave the filter as it is', () => {
		const filter = { task: ['x'] };
		expect(withRange(filter, 'repeat', { min: 1 })).toBe(filter);
		expect(hasRange('repeat')).toBe(false);
		expect(rangeOf({ prm: { kind: ['a'] } }, 'prm.kind')).toBeUndefined();
	});
});

test('bins become ranges and are found in them', () => {
	expect(rangeOfBins(histogram, 2, 1)).toEqual({ min: 0.25, max: 0.75 });
	expect(rangeOfBins(histogram, 0, 9)).toBeUndefined();
	const inside = [0, 1, 2, 3].filter((bin) => binInRange(histogram, bin, { min: 0.25, max: 0.75 }));
	expect(inside).toEqual([1, 2]);
	expect(binInRange(histogram, 0, undefined)).toBe(true);
});
