import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileBins } from './quantile-bins';

const binned = (values: readonly number[], most: number) =>
	quantileBins(Float64Array.from(values), most).map(({ members, from, to }) => [
		Array.from(members, (i) => values[i]),
		from,
		to,
	]);

describe('quantileBins(values, most)', () => {
	it('makes bins of equal numbers of values', () => {
		expect(binned([6, 1, 5, 2, 4, 3], 3)).toEqual([
			[[1, 2], 1, 2],
			[[3, 4], 3, 4],
			[[5, 6], 5, 6],
		]);
	});

	it('keeps equal values together, and makes fewer bins then', () => {
		expect(binned([1, 1, 1, 1, 2, 3], 3)).toEqual([
			[[1, 1, 1, 1], 1, 1],
			[[2, 3], 2, 3],
		]);
		expect(binned([7, 7], 20)).toEqual([[[7, 7], 7, 7]]);
		expect(binned([], 5)).toEqual([]);
	});

	it('has every value in exactly one bin, in ascending order, whatever the values', () => {
		const values = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
		fc.assert(
			fc.property(values, fc.integer({ min: 1, max: 60 }), (all, most) => {
				const bins = quantileBins(Float64Array.from(all), most);
				const places = bins.flatMap(({ members }) => [...members]);
				expect([...places].sort((a, b) => a - b)).toEqual(all.map((_, i) => i));
				expect(bins.length).toBeLessThanOrEqual(most);
				for (const [i, { members, from, to }] of bins.entries()) {
					expect(Array.from(members, (m) => all[m]).sort((a = 0, b = 0) => a - b)).toEqual(
						Array.from(members, (m) => all[m]),
					);
					expect([all[members[0]!], all[members.at(-1)!]]).toEqual([from, to]);
					if (i > 0) expect(from).toBeGreaterThan(bins[i - 1]!.to);
				}
			}),
		);
	});
});
