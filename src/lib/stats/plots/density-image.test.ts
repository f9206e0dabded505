import { describe, expect, it } from 'vitest';
import type { ScatterImage } from '../scatter';
import { densityImage, type CellAxis } from './density-image';
import { paletteOf } from './palette';

/** Two columns and two rows, the first row on top. */
const image: ScatterImage = {
	viewport: { xMin: 1, xMax: 100, yMin: 0, yMax: 1 },
	inside: 111,
	outside: 0,
	missing: 0,
	peak: 100,
	density: Uint32Array.of(0, 10, 1, 100),
};
const axis = (rest: Partial<CellAxis>): CellAxis => ({
	cells: 2,
	scale: 1,
	title: 'x',
	unit: 'plain',
	...rest,
});
const y = axis({ title: 'y', unit: 'fraction' });
const palette = paletteOf();

describe('densityImage', () => {
	it('has logarithms of counts from the bottom up, and nothing where there are none', () => {
		const { trace } = densityImage(image, axis({}), y, palette);
		expect(trace.z.map((row) => [...row])).toEqual([
			[0, 2],
			[NaN, 1],
		]);
		expect(trace.customdata).toEqual([
			['1', '100'],
			['', '10'],
		]);
		expect([...trace.x]).toEqual([25.75, 75.25]);
		expect([trace.zmin, trace.zmax]).toEqual([0, 2]);
	});

	it('has cells that are equal in logarithms on such an axis, exact at the ends', () => {
		const { trace, table } = densityImage(image, axis({ log: true }), y, palette, 'Runs');
		expect([...trace.x].map((x) => Number(x).toFixed(9))).toEqual([
			Math.sqrt(10).toFixed(9),
			(10 * Math.sqrt(10)).toFixed(9),
		]);
		const [from, to] = table;
		expect(from?.values[0]).toBe(1);
		expect(to?.values.at(-1)).toBe(100);
		expect(table.at(-1)?.title).toBe('Runs');
		expect(trace.colorbar?.title.text).toBe('Runs (log₁₀)');
	});

	it('lists the filled cells, with counts that add up to all', () => {
		const { table } = densityImage(image, axis({}), y, palette);
		const counts = Array.from<number | string, number>(table.at(-1)?.values ?? [], Number);
		expect(counts.reduce((sum, n) => sum + n, 0)).toBe(111);
		expect(counts).toHaveLength(3);
	});

	it('shows the axis in its unit, such as hours, and lists it in the data’s', () => {
		const { trace, table } = densityImage(image, axis({ scale: 10 }), y, palette);
		expect([...trace.x]).toEqual([2.575, 7.525]);
		expect(table[0]?.values[0]).toBe(1);
	});
});
