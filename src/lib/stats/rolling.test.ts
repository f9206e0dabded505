import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollingMean } from './rolling';

describe('rollingMean(values, window)', () => {
	it('has shorter windows at the start and skips NaN, as pandas with min_periods 1', () => {
		expect([...rollingMean([1, 3, NaN, 5, 9], 2)]).toEqual([1, 2, 3, 5, 7]);
		expect([...rollingMean([NaN, 2], 5)]).toEqual([NaN, 2]);
		expect([...rollingMean([], 5)]).toEqual([]);
	});

	it('forgets what has left the window, however large it was', () => {
		const rolled = rollingMean([1e17, 0.1, 0.2, 0.3], 3);
		expect(rolled[3]).toBeCloseTo(0.2, 15);
		expect(rolled[2]).toBeGreaterThan(1e16);
	});

	it('lies within the values of its window', () => {
		const number = fc.double({ min: -1, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.array(number), fc.integer({ min: 1, max: 7 }), (values, window) => {
				for (const [i, value] of rollingMean(values, window).entries()) {
					const part = values.slice(Math.max(0, i - window + 1), i + 1);
					expect(value).toBeGreaterThanOrEqual(Math.min(...part) - 1e-12);
					expect(value).toBeLessThanOrEqual(Math.max(...part) + 1e-12);
				}
			}),
		);
	});
});
