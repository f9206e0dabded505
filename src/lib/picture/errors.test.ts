import { describe, expect, it } from 'vitest';
import { errorEnds, paintErrors } from './errors';
import { brushOn, recordingSurface, scaleOfTen } from './samples';

const errors = {
	type: 'data',
	symmetric: false,
	array: [1, NaN, 2],
	arrayminus: [0.5, 1, 20],
} as const;

describe('error bars', () => {
	it('end below and above each value; on a logarithmic axis nothing ends at 0 or below', () => {
		expect([...errorEnds([2, 3, 4], errors, scaleOfTen('y'))]).toEqual([1.5, 3, 2, NaN, -16, 6]);
		const log = scaleOfTen('y', { type: 'log' });
		expect(errorEnds([2, 3, 4], errors, log)[4]).toBeNaN();
	});

	it('are a line with two caps, left out where an end is missing', () => {
		const surface = recordingSurface();
		const middles = Float64Array.of(50, 60, 70);
		paintErrors([2, 3, 25], errors, scaleOfTen('y'), middles, 'y', brushOn(surface));
		const [line] = surface.drawn;
		expect(line!.points.slice(0, 18)).toEqual([
			...[50, 85, 50, 70, NaN, NaN],
			...[46, 85, 54, 85, NaN, NaN],
			...[46, 70, 54, 70, NaN, NaN],
		]);
		expect(line!.points).toHaveLength(36);
		expect(line!.points[18]).toBe(70);
	});

	it('lie where the bars lie', () => {
		const surface = recordingSurface();
		const one = { ...errors, array: [1], arrayminus: [1], color: '#123456' };
		paintErrors([2], one, scaleOfTen('x'), Float64Array.of(50), 'x', brushOn(surface));
		expect(surface.drawn[0]).toMatchObject({ style: { color: '#123456' } });
		expect(surface.drawn[0]!.points.slice(0, 4)).toEqual([10, 50, 30, 50]);
	});
});
