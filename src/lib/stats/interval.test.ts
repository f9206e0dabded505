import { describe, expect, it } from 'vitest';
import { meanInterval } from './interval';

describe('meanInterval(ascending)', () => {
	it('is the Student interval with ddof 1', () => {
		const { n, mean, low, high } = meanInterval(Float64Array.of(1, 2, 3, 4, 5));
		expect([n, mean]).toEqual([5, 3]);
		// t(0.975, 4) = 2.7764451051977987, std = √2.5
		expect(high - 3).toBeCloseTo((2.7764451051977987 * Math.sqrt(2.5)) / Math.sqrt(5), 12);
		expect(3 - low).toBeCloseTo(high - 3, 14);
	});

	it('is wider at a higher level', () => {
		const values = Float64Array.of(0.1, 0.4, 0.5);
		expect(meanInterval(values, 0.99).high).toBeGreaterThan(meanInterval(values).high);
	});

	it('is a point for equal values and has no ends for fewer than two', () => {
		expect(meanInterval(Float64Array.of(0.3, 0.3))).toEqual({
			n: 2,
			mean: 0.3,
			low: 0.3,
			high: 0.3,
		});
		expect(meanInterval(Float64Array.of(0.3))).toEqual({ n: 1, mean: 0.3, low: NaN, high: NaN });
		expect(meanInterval(new Float64Array(0)).mean).toBeNaN();
	});
});
