import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localMeans } from './local-means';

/** By the definition, value by value. */
function directMean(
	{ columns, rows, cells, values }: Parameters<typeof localMeans>[0],
	[across, up]: readonly [number, number],
): number[] {
	const weightOf = (distance: number, spread: number) => {
		if (spread === 0) return distance === 0 ? 1 : 0;
		return distance <= Math.ceil(4 * spread) ? Math.exp(-0.5 * (distance / spread) ** 2) : 0;
	};
	return Array.from({ length: columns * rows }, (_, cell) => {
		let [weight, sum] = [0, 0];
		for (const [i, other] of cells.entries()) {
			const dx = Math.abs((other % columns) - (cell % columns));
			const dy = Math.abs(Math.floor(other / columns) - Math.floor(cell / columns));
			const w = weightOf(dx, across) * weightOf(dy, up);
			weight += w;
			sum += w * values[i]!;
		}
		return weight >= Math.exp(-0.5) ? sum / weight : NaN;
	});
}

describe('localMeans(binned, spread)', () => {
	it('is the mean of each cell where nothing is near another', () => {
		const { count, highest, mean } = localMeans(
			{ columns: 2, rows: 1, cells: Uint32Array.of(0, 0), values: Float64Array.of(1, 3) },
			[0, 0],
		);
		expect([...count]).toEqual([2, 0]);
		expect([...highest]).toEqual([3, NaN]);
		expect([...mean]).toEqual([2, NaN]);
	});

	it('is the weighted mean of its definition for any values', () => {
		const value = fc.record({
			cell: fc.nat(24),
			value: fc.double({ min: 0, max: 1, noNaN: true }),
		});
		const spread = fc.constantFrom(0, 0.4, 1, 2.5);
		fc.assert(
			fc.property(fc.array(value, { maxLength: 12 }), spread, spread, (all, across, up) => {
				const binned = {
					columns: 5,
					rows: 5,
					cells: Uint32Array.from(all, ({ cell }) => cell),
					values: Float64Array.from(all, (one) => one.value),
				};
				const { mean } = localMeans(binned, [across, up]);
				const expected = directMean(binned, [across, up]);
				for (const [cell, one] of mean.entries()) {
					if (Number.isNaN(expected[cell])) expect(one).toBe(NaN);
					else expect(one).toBeCloseTo(expected[cell]!, 9);
				}
			}),
		);
	});

	it('leaves blank what is further than a spread from a single value', () => {
		const { mean } = localMeans(
			{ columns: 9, rows: 1, cells: Uint32Array.of(4), values: Float64Array.of(0.5) },
			[2.2, 0],
		);
		expect(Array.from(mean, Number.isNaN)).toEqual([
			true,
			true,
			false,
			false,
			false,
			false,
			false,
			true,
			true,
		]);
	});
});
