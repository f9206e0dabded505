import { describe, expect, it } from 'vitest';
import { uniform, uniforms } from './formula';

describe('uniform(stream, index, seed)', () => {
	it('is in [0, 1), even, and of one value per counter', () => {
		const values = uniforms(7, 10_000);
		expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...values)).toBeLessThan(1);
		// Three standard deviations of the mean of 10,000 even values are 0.009.
		expect(Math.abs(values.reduce((a, b) => a + b) / values.length - 0.5)).toBeLessThan(0.009);
		expect(uniform(7, 3)).toBe(uniform(7, 3));
	});

	it('tells streams, places and seeds apart', () => {
		const all = [uniform(1, 1, 1), uniform(2, 1, 1), uniform(1, 2, 1), uniform(1, 1, 2)];
		expect(new Set(all).size).toBe(4);
	});
});
