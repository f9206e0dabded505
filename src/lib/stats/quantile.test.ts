import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, quantile, sorted, std, sum } from './quantile';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
	minLength: 1,
	maxLength: 60,
});

describe('quantile(ascending, q)', () => {
	it("follows numpy's linear rule (type 7) on worked examples", () => {
		const four = sorted([4, 1, 3, 2]);
		expect([0, 0.05, 0.25, 0.5, 0.75, 1].map((q) => quantile(four, q))).toEqual([
			1, 1.15, 1.75, 2.5, 3.25, 4,
		]);
		// Type 6 would give 1.25, Langford's method 10 would give 1.5.
		expect(quantile(four, 0.25)).not.toBe(1.25);
	});

	it('never leaves its neighbours and grows with q', () => {
		fc.assert(
			fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
				const ascending = sorted(list);
				const position = (list.length - 1) * q;
				const at = quantile(ascending, q);
				expect(at).toBeGreaterThanOrEqual(ascending[Math.floor(position)]!);
				expect(at).toBeLessThanOrEqual(ascending[Math.ceil(position)]!);
			}),
		);
	});

	it('is NaN for nothing', () => {
		expect(quantile(new Float64Array(0), 0.5)).toBeNaN();
	});
});

describe('sum(values)', () => {
	it('keeps what a plain loop loses', () => {
		expect(sum(Float64Array.of(1, 1e100, 1, -1e100))).toBe(2);
		expect([1, 1e100, 1, -1e100].reduce((a, b) => a + b)).toBe(0);
	});
});

describe('std(ascending)', () => {
	it('has ddof 1 and no value for a single number', () => {
		expect(std(sorted([2, 4, 4, 4, 5, 5, 7, 9]))).toBeCloseTo(Math.sqrt(32 / 7), 14);
		expect(std(sorted([2, 4, 4, 4, 5, 5, 7, 9]))).not.toBeCloseTo(2, 2); // ddof 0
		expect(std(sorted([0.3]))).toBeNaN();
		expect(std(sorted([]))).toBeNaN();
	});

	it('is exactly 0 for equal values, and their mean exactly the value', () => {
		fc.assert(
			fc.property(
				fc.double({ noNaN: true, min: 0, max: 1 }),
				fc.integer({ min: 2, max: 9 }),
				(x, n) => {
					const same = new Float64Array(n).fill(x);
					expect(std(same)).toBe(0);
					expect(mean(same)).toBe(x);
				},
			),
		);
	});

	it('does not lose a small spread beside a large mean', () => {
		expect(std(sorted([1e9, 1e9 + 1, 1e9 + 2]))).toBe(1);
	});
});

describe('mean, std and quantile', () => {
	it('do not depend on the order of the values, bit for bit', () => {
		fc.assert(
			fc.property(values, (list) => {
				const forth = sorted(list);
				const back = sorted([...list].reverse());
				expect(mean(back)).toBe(mean(forth));
				expect(std(back)).toBe(std(forth));
				expect(quantile(back, 0.95)).toBe(quantile(forth, 0.95));
			}),
		);
	});
});
