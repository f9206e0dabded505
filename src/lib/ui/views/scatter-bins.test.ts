import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marginals } from './scatter-bins';

const viewport = { xMin: 1, xMax: 16, yMin: 0, yMax: 4 };
const image = (density: number[]) => ({
	viewport,
	inside: density.reduce((a, b) => a + b, 0),
	outside: 0,
	missing: 0,
	peak: Math.max(...density),
	density: Uint32Array.from(density),
});

describe('marginals(image, cells, xLog, yLog)', () => {
	it('sums columns and rows, the lowest row last in the image', () => {
		const [x, y] = marginals(image([1, 2, 3, 4, 5, 6, 7, 8]), 4, true, false);
		expect(x?.rows.map(({ from, trials }) => [from, trials])).toEqual([
			[1, 6],
			[2, 8],
			[4, 10],
			[8, 12],
		]);
		expect(y?.rows).toEqual([
			{ from: 0, to: 2, trials: 26 },
			{ from: 2, to: 4, trials: 10 },
		]);
	});

	it('adds up to the trials inside, in few bins', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 90 }),
				fc.array(fc.nat(9), { minLength: 90, maxLength: 90 }),
				(cells, counts) => {
					const whole = counts.slice(0, Math.floor(90 / cells) * cells);
					const one = image(whole);
					for (const { rows } of marginals(one, cells, false, false)) {
						expect(rows.reduce((sum, { trials }) => sum + trials, 0)).toBe(one.inside);
						expect(rows.length).toBeLessThanOrEqual(20);
						expect(rows.every(({ from, to }) => from < to)).toBe(true);
					}
				},
			),
		);
	});
});
