import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecdf } from './ecdf';
import { sorted } from './quantile';

describe('ecdf(ascending)', () => {
	it('has one step for equal values', () => {
		const { x, share } = ecdf(Float64Array.of(0.1, 0.2, 0.2, 0.9));
		expect([...x]).toEqual([0.1, 0.2, 0.9]);
		expect([...share]).toEqual([0.25, 0.75, 1]);
	});

	it('has no step for no value', () => {
		expect(ecdf(new Float64Array(0)).x).toHaveLength(0);
	});

	it('gives the share of values that are at most x', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (values) => {
				const { x, share } = ecdf(sorted(values));
				for (const [i, at] of x.entries())
					expect(share[i]).toBe(values.filter((value) => value <= at).length / values.length);
				expect(share.at(-1)).toBe(1);
			}),
		);
	});
});
