import { describe, expect, test } from 'vitest';
import type { BarTrace, Layout } from '../stats/plots/plot';
import { barSlots, paintBars } from './bar';
import { brushOn, figureOf, recordingSurface, scaleOfTen } from './samples';
import type { Scale } from './scales';

const bar: BarTrace = { type: 'bar', orientation: 'v', x: [2, 4], y: [5, NaN] };

function drawnBy(
	traces: BarTrace[],
	rest: Partial<Layout> = {},
	x = scaleOfTen('x'),
	y = scaleOfTen('y'),
) {
	const surface = recordingSurface();
	const models = new Map<string, Scale>([
		['x', x],
		['y', y],
	]);
	const slots = barSlots(traces, figureOf(traces, {}, rest).layout, models);
	for (const trace of traces) paintBars(trace, slots.get(trace)!, x, y, brushOn(surface));
	return surface.drawn;
}

describe('paintBars(trace, slot, x, y, brush)', () => {
	test('stand on 0, centred, with a gap of 20 %; a missing value has none', () => {
		expect(drawnBy([bar])).toMatchObject([{ kind: 'rects', points: [12, 50, 16, 50] }]);
	});

	test('in groups they stand side by side, otherwise over each other', () => {
		const [first, second] = drawnBy([bar, bar].map((one) => ({ ...one })));
		expect(first!.points.slice(0, 3)).toEqual([12, 50, 8]);
		expect(second!.points.slice(0, 3)).toEqual([20, 50, 8]);
		const [under, over] = drawnBy([{ ...bar }, { ...bar }], { barmode: 'overlay', bargap: 0 });
		expect(under!.points).toEqual(over!.points);
		expect(under!.points[2]).toBe(20);
	});

	test('lie with orientation h, and have widths of their own', () => {
		const [lying] = drawnBy([{ ...bar, orientation: 'h', x: [5], y: [2], width: 1 }]);
		expect(lying!.points).toEqual([0, 75, 50, 10]);
	});

	test('on a log axis they stand on its lower end', () => {
		const y = scaleOfTen('y', { type: 'log' });
		const [log] = drawnBy([{ ...bar, x: [2], y: [1e5] }], {}, scaleOfTen('x'), y);
		expect(log!.points[1]).toBe(50);
		expect(log!.points[3]).toBe(50);
	});

	test('the value stands behind the end and behind its error bar', () => {
		const error = { type: 'data', symmetric: false, array: [1], arrayminus: [1] } as const;
		const trace: BarTrace = { ...bar, orientation: 'h', x: [5], y: [2], error_x: error };
		const drawn = drawnBy([{ ...trace, text: ['0.5'], textposition: 'outside' }]);
		const text = drawn.find(({ kind }) => kind === 'text')!;
		expect(text.text).toBe('0.5');
		expect(text.points[0]).toBeGreaterThan(60);
		expect(drawn.find(({ kind }) => kind === 'line')!.points.slice(0, 4)).toEqual([40, 80, 60, 80]);
	});
});
