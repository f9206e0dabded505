import { describe, expect, test } from 'vitest';
import type { BoxTrace } from '../stats/plots/plot';
import { boxSlots, paintBoxes } from './box';
import { brushOn, figureOf, recordingSurface, scaleOfTen } from './samples';
import type { Scale } from './scales';

const box: BoxTrace = {
	type: 'box',
	x: ['a'],
	q1: [4],
	median: [5],
	q3: [6],
	lowerfence: [1],
	upperfence: [9],
	boxpoints: false,
	width: 0.5,
};

function drawnBy(traces: BoxTrace[], boxmode: 'group' | 'overlay' = 'overlay') {
	const surface = recordingSurface();
	const x = scaleOfTen('x', { type: 'category' }, ['a', 'b']);
	const y = scaleOfTen('y');
	const models = new Map<string, Scale>([
		['x', x],
		['y', y],
	]);
	const slots = boxSlots(traces, figureOf(traces, {}, { boxmode }).layout, models);
	for (const trace of traces) paintBoxes(trace, slots.get(trace)!, x, y, brushOn(surface));
	return surface.drawn;
}

describe('paintBoxes(trace, slot, x, y, brush)', () => {
	test('box from quartile to quartile, a stronger median, whiskers to the fences', () => {
		const [body, outline, median] = drawnBy([box]);
		expect(body).toMatchObject({ kind: 'polygon' });
		expect(body!.points.slice(0, 8)).toEqual([12.5, 60, 12.5, 40, 37.5, 40, 37.5, 60]);
		expect(median!.points.slice(0, 4)).toEqual([12.5, 50, 37.5, 50]);
		expect(median!.style.width).toBeGreaterThan(outline!.style.width!);
		const [, , , , , , , , , , , , ...whiskers] = outline!.points;
		expect(whiskers.slice(0, 4)).toEqual([25, 60, 25, 90]);
		expect(whiskers.slice(12, 16)).toEqual([25, 40, 25, 10]);
	});

	test('the mean is a dashed line of its own', () => {
		const dashed = drawnBy([{ ...box, mean: [5.5] }]).at(-1)!;
		expect(dashed.points.slice(0, 4)).toEqual([12.5, 45, 37.5, 45]);
		expect(dashed.style.dash!.length).toBeGreaterThan(0);
	});

	test('groups with one offset share a place, others stand beside them', () => {
		const { width, ...free } = box;
		expect(width).toBe(0.5);
		const drawn = drawnBy(
			[
				{ ...free, offsetgroup: '1' },
				{ ...free, offsetgroup: '2' },
				{ ...free, x: ['b'], offsetgroup: '1' },
			],
			'group',
		).filter(({ kind }) => kind === 'polygon');
		const [one, two, three] = drawn.map(({ points }) => points[0]!);
		expect(two).toBeGreaterThan(one!);
		expect(three! - one!).toBeCloseTo(50, 9);
	});

	test('a box without values is left out', () => {
		expect(drawnBy([{ ...box, q1: [NaN], median: [NaN], q3: [NaN] }])[0]!.points).toEqual([]);
	});
});
