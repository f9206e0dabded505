import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolines, type Heights } from './isolines';

const heightsOf = (rows: readonly (readonly number[])[]): Heights => ({
	columns: rows[0]?.length ?? 0,
	rows: rows.length,
	values: Float64Array.from(rows.flat()),
});

/** Pieces as pairs of points. */
function pieces(heights: Heights, level: number) {
	const { x, y } = isolines(heights, level);
	return Array.from({ length: x.length / 3 }, (_, i) => {
		expect([x[3 * i + 2], y[3 * i + 2]]).toEqual([NaN, NaN]);
		return [0, 1].map((end) => [x[3 * i + end]!, y[3 * i + end]!] as const);
	});
}

/** Height between grid points, bilinear. */
function heightAt({ columns, values }: Heights, [x, y]: readonly [number, number]): number {
	const [c, r] = [Math.min(Math.floor(x), columns - 2), Math.floor(y)];
	const at = (dx: number, dy: number) => values[(r + dy) * columns + c + dx] ?? 0;
	const [u, v] = [x - c, y - r];
	const low = at(0, 0) * (1 - u) + at(1, 0) * u;
	return v === 0 ? low : low * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v;
}

describe('isolines(heights, level)', () => {
	it('is a straight line across a plane', () => {
		const plane = heightsOf([
			[0, 1, 2],
			[0, 1, 2],
		]);
		expect(pieces(plane, 0.25)).toEqual([
			[
				[0.25, 0],
				[0.25, 1],
			],
		]);
		expect(pieces(plane, 5)).toEqual([]);
	});

	it('goes round a hill, in as many pieces as squares it crosses', () => {
		const hill = heightsOf([
			[0, 0, 0],
			[0, 2, 0],
			[0, 0, 0],
		]);
		const round = pieces(hill, 1);
		expect(round).toHaveLength(4);
		for (const [x, y] of round.flat()) expect(Math.abs(x - 1) + Math.abs(y - 1)).toBe(0.5);
	});

	it('keeps the two heights of a saddle apart, or joins them, by its middle', () => {
		const saddle = heightsOf([
			[1, 0],
			[0, 1],
		]);
		const cut = (level: number) =>
			pieces(saddle, level).map(([a, b]) => ((a?.[0] ?? 0) + (b?.[0] ?? 0)) / 2);
		// Above the middle each height has a line of its own, below it each hollow.
		expect(cut(0.75).sort()).toEqual([0.125, 0.875]);
		expect(cut(0.25).sort()).toEqual([0.125, 0.875]);
		const touches = (level: number, corner: readonly [number, number]) =>
			pieces(saddle, level).some((piece) =>
				piece.every(([x, y]) => Math.abs(x - corner[0]) + Math.abs(y - corner[1]) <= 0.26),
			);
		expect([touches(0.75, [0, 0]), touches(0.75, [1, 0])]).toEqual([true, false]);
		expect([touches(0.25, [0, 0]), touches(0.25, [1, 0])]).toEqual([false, true]);
	});

	it('has no line where a value is missing', () => {
		expect(
			pieces(
				heightsOf([
					[0, 1],
					[NaN, 1],
				]),
				0.5,
			),
		).toEqual([]);
	});

	it('lies at the level everywhere on the grid’s lines, for any heights', () => {
		const value = fc.integer({ min: -9, max: 9 });
		const grid = fc
			.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
			.chain(([columns, rows]) =>
				fc.record({
					columns: fc.constant(columns),
					rows: fc.constant(rows),
					values: fc
						.array(value, { minLength: columns * rows, maxLength: columns * rows })
						.map((all) => Float64Array.from(all)),
				}),
			);
		fc.assert(
			fc.property(grid, value, (heights, level) => {
				for (const point of pieces(heights, level).flat()) {
					const rounded = point.map(Number.isInteger);
					expect(rounded).toContain(true);
					expect(heightAt(heights, point)).toBeCloseTo(level, 9);
				}
			}),
		);
	});
});
