import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxStats } from './box';
import { sorted } from './quantile';

describe('boxStats(ascending)', () => {
	it('ends its whiskers at the last values within 1.5 interquartile ranges', () => {
		const box = boxStats(Float64Array.of(-9, 1, 2, 3, 4, 5, 6, 7, 30));
		expect(box).toMatchObject({ n: 9, q1: 2, median: 4, q3: 6, low: 1, high: 7 });
		expect([...box.fliers]).toEqual([-9, 30]);
	});

	it('counts a value exactly 1.5 interquartile ranges away as inside', () => {
		expect(boxStats(Float64Array.of(0, 1, 2, 3, 6)).high).toBe(6);
		expect(boxStats(Float64Array.of(0, 1, 2, 3, 6.01)).high).toBe(3);
	});

	it('keeps a whisker at the box where the nearest value in reach is inside the box', () => {
		const box = boxStats(Float64Array.of(-100, 10, 10, 10));
		expect(box.q1).toBe(-17.5);
		expect(box.low).toBe(-17.5);
		expect([...box.fliers]).toEqual([-100]);
	});

	it('is undefined for no value and a point for one', () => {
		const { n, low, median, high, fliers } = boxStats(new Float64Array(0));
		expect([n, low, median, high, fliers.length]).toEqual([0, NaN, NaN, NaN, 0]);
		expect(boxStats(Float64Array.of(0.5))).toMatchObject({ low: 0.5, q1: 0.5, q3: 0.5, high: 0.5 });
	});

	it('has every value either beyond the whiskers or between them', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
				(values) => {
					const ascending = sorted(values);
					const { low, high, q1, q3, fliers } = boxStats(ascending);
					expect(low).toBeLessThanOrEqual(q1);
					expect(high).toBeGreaterThanOrEqual(q3);
					expect([...fliers]).toEqual([...ascending].filter((x) => x < low || x > high));
				},
			),
		);
	});
});
