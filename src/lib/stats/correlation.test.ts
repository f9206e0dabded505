import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRanks, pearson, spearman } from './correlation';

describe('pearson(a, b)', () => {
	it('has known values', () => {
		expect(pearson([1, 2, 3], [2, 4, 6])).toEqual({ n: 3, r: 1 });
		expect(pearson([1, 2, 3, 4], [1, 3, 2, 4]).r).toBeCloseTo(0.8, 15);
	});

	it('takes only rows that have both', () => {
		expect(pearson([1, NaN, 3, 4], [1, 100, NaN, 2])).toEqual({ n: 2, r: 1 });
	});

	it('is undefined for a constant, one row or none', () => {
		expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toEqual({ n: 3, r: NaN });
		expect(pearson([1], [1])).toEqual({ n: 1, r: NaN });
		expect(pearson([], [])).toEqual({ n: 0, r: NaN });
	});

	it('does not change with shift and scale, and turns with the sign', () => {
		const pair = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }));
		fc.assert(
			fc.property(fc.array(pair, { minLength: 3 }), (pairs) => {
				const x = pairs.map(([a]) => a);
				const y = pairs.map(([, b]) => b);
				const { r } = pearson(x, y);
				const turned = pearson(
					x.map((value) => 1e6 - 8 * value),
					y,
				).r;
				if (Number.isNaN(r)) expect(turned).toBeNaN();
				else expect(turned).toBeCloseTo(-r, 10);
			}),
		);
	});
});

describe('spearman(a, b)', () => {
	it('sees order only', () => {
		expect(spearman([1, 2, 3, 4], [1, 10, 1e3, 1e9]).r).toBeCloseTo(1, 15);
		expect(pearson([1, 2, 3, 4], [1, 10, 1e3, 1e9]).r).toBeLessThan(0.9);
	});

	it('ranks only the rows that have both', () => {
		expect(spearman([1, 5, 2, NaN], [1, NaN, 2, 0])).toEqual({ n: 2, r: 1 });
	});
});

describe('averageRanks(values)', () => {
	it('shares ranks among ties', () => {
		expect([...averageRanks(Float64Array.of(0.5, 0.1, 0.5, 0.9, 0.5))]).toEqual([3, 1, 3, 5, 3]);
		expect(averageRanks(new Float64Array(0))).toHaveLength(0);
	});

	it('is one more than the lower, plus half of the other equals', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -3, max: 3 })), (values) => {
				const ranks = averageRanks(Float64Array.from(values));
				for (const [i, value] of values.entries()) {
					const lower = values.filter((other) => other < value).length;
					const equal = values.filter((other) => other === value).length;
					expect(ranks[i]).toBe(lower + (equal + 1) / 2);
				}
			}),
		);
	});
});
