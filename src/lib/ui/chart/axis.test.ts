import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf } from './axis';

describe('axisOf(options)', () => {
	it('ticks epochs at whole numbers', () => {
		const axis = axisOf({ domain: [1, 3], range: [0, 800], unit: 'count' });
		expect(axis.ticks.map(({ text }) => text)).toEqual(['1', '2', '3']);
	});

	it('ticks a logarithmic time axis at round times', () => {
		const axis = axisOf({ domain: [1e9, 100 * 3600e9], range: [0, 800], unit: 'ns', log: true });
		expect(axis.ticks.map(({ text }) => text)).toEqual([
			'1 s',
			'10 s',
			'1 min',
			'10 min',
			'1 h',
			'10 h',
			'24 h',
		]);
	});

	it('writes neither trailing zeros nor rounded ticks', () => {
		const axis = axisOf({ domain: [0.99, 1], range: [0, 400], unit: 'fraction', ticks: 5 });
		expect(axis.ticks.map(({ text, value }) => Number(text) - value)).toEqual(
			axis.ticks.map(() => 0),
		);
		expect(axis.ticks[0]?.text).toBe('0.99');
	});

	it('keeps whole numbers whole', () => {
		const axis = axisOf({ domain: [0, 200], range: [0, 800], unit: 'plain', ticks: 3 });
		expect(axis.ticks.map(({ text }) => text)).toEqual(['0', '50', '100', '150', '200']);
	});

	it('draws a domain without width', () => {
		for (const log of [false, true]) {
			const axis = axisOf({ domain: [5, 5], range: [0, 100], unit: 'plain', log });
			expect(axis.of(5)).toBeGreaterThan(0);
			expect(axis.of(5)).toBeLessThan(100);
		}
	});

	it('inverts, and its ticks lie inside', () => {
		const domain = fc.tuple(
			fc.double({ min: 1e-6, max: 1e14, noNaN: true }),
			fc.double({ min: 1.01, max: 1e6, noNaN: true }),
		);
		fc.assert(
			fc.property(
				domain,
				fc.boolean(),
				fc.constantFrom('plain' as const, 'ns' as const),
				([low, factor], log, unit) => {
					const axis = axisOf({ domain: [low, low * factor], range: [0, 500], unit, log });
					expect(
						axis.invert(axis.of(low * Math.sqrt(factor))) / (low * Math.sqrt(factor)),
					).toBeCloseTo(1, 6);
					for (const { at } of axis.ticks) {
						expect(at).toBeGreaterThanOrEqual(-0.01);
						expect(at).toBeLessThanOrEqual(500.01);
					}
				},
			),
		);
	});
});
