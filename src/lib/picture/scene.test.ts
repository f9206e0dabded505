import { describe, expect, test } from 'vitest';
import { paletteOf } from '../stats/plots/palette';
import type { Figure, LayoutAxes, ScatterTrace, Trace } from '../stats/plots/plot';
import { curves, figureOf, LINEAR, recordingSurface, toMillionths, type Drawn } from './samples';
import { paintScene } from './scene';

function drawnOf(figure: Figure, bare = false): Drawn[] {
	const surface = recordingSurface();
	paintScene(figure, surface, bare);
	return surface.drawn;
}

const rounded = (points: readonly number[]) => points.map(toMillionths);
const textsOf = (drawn: readonly Drawn[]) => drawn.flatMap(({ text }) => text ?? []);
const UNIT: LayoutAxes = {
	xaxis: { type: 'linear', range: [0, 10] },
	yaxis: { type: 'linear', range: [0, 10] },
};
const line: ScatterTrace = {
	type: 'scatter',
	mode: 'lines',
	x: [0, 5, 10],
	y: [0, 5, 10],
	line: { color: '#abcdef' },
};

describe('paintScene(figure, surface, bare)', () => {
	test('the background is the paper; panels stand inside the surface', () => {
		const drawn = drawnOf(figureOf([line], UNIT));
		expect(drawn[0]).toMatchObject({ kind: 'rects', points: [0, 0, 1000, 600] });
		expect(drawn[0]!.style.color).toBe(paletteOf().layout.paper_bgcolor);
		const [x, y, width, height] = drawn.find(({ kind }) => kind === 'clip')!.points;
		expect(x).toBeGreaterThan(20);
		expect(y! + height!).toBeLessThan(590);
		expect(x! + width!).toBeLessThan(1000);
	});

	test('values run from left to right and from bottom to top of the panel', () => {
		const drawn = drawnOf(figureOf([line], UNIT));
		const [x, y, width, height] = drawn.find(({ kind }) => kind === 'clip')!.points as number[];
		const { points } = drawn.find(({ style }) => style.color === '#abcdef')!;
		expect(rounded(points)).toEqual(
			rounded([x!, y! + height!, x! + width! / 2, y! + height! / 2, x! + width!, y!]),
		);
	});

	test('labels below have room, also where they fit side by side only in the final width', () => {
		for (let letters = 1; letters < 30; letters++) {
			const ticktext = ['a', 'b', 'c', 'd', 'e'].map((name) => name.repeat(letters));
			const xaxis = { type: 'linear', range: [0, 4], tickvals: [0, 1, 2, 3, 4], ticktext } as const;
			const yaxis = { type: 'linear', range: [0, 1], tickvals: [] } as const;
			for (const bare of [false, true]) {
				const drawn = drawnOf(figureOf([line], { xaxis, yaxis }), bare);
				for (const { text, points, style } of drawn.filter(({ kind }) => kind === 'text'))
					if (style.align === 'top') expect(points[1]! + style.size!, text).toBeLessThan(600);
			}
		}
	});

	test('an axis without a tick is not drawn', () => {
		const axes = (tickvals: number[]) => ({
			...UNIT,
			yaxis: { type: 'linear', tickvals } as const,
		});
		const lines = (tickvals: number[]) =>
			drawnOf(figureOf([], axes(tickvals))).filter(
				({ kind, points }) => kind === 'line' && points[0] === points[2],
			);
		expect(lines([0, 1]).length).toBeGreaterThan(lines([]).length);
	});

	test('a label has its ground behind it, as wide as the text', () => {
		const label = { text: 'a label', x: 5, y: 5, xref: 'x', yref: 'y', showarrow: false } as const;
		const drawn = drawnOf(
			figureOf([line], UNIT, { annotations: [{ ...label, xanchor: 'right', bgcolor: '#010203' }] }),
		);
		const ground = drawn.findIndex(({ style }) => style.color === '#010203');
		const text = drawn.findIndex((one) => one.text === 'a label');
		expect(text).toBe(ground + 1);
		const [x, y, width, height] = drawn[ground]!.points as [number, number, number, number];
		const [at, middle] = drawn[text]!.points as [number, number];
		expect(x + width).toBeCloseTo(at + 2, 6);
		expect(y + height / 2).toBeCloseTo(middle, 6);
		expect(width).toBeGreaterThan(20);
	});

	test('panels stand where their domains say', () => {
		const axes: LayoutAxes = {
			xaxis: { type: 'linear', domain: [0, 0.4], anchor: 'y' },
			yaxis: { type: 'linear', anchor: 'x' },
			xaxis2: { type: 'linear', domain: [0.6, 1], anchor: 'y2' },
			yaxis2: { type: 'linear', domain: [0.5, 1], anchor: 'x2' },
		};
		const second: Trace = { ...line, xaxis: 'x2', yaxis: 'y2' };
		const [left, right] = drawnOf(figureOf([line, second], axes))
			.filter(({ kind }) => kind === 'clip')
			.map(({ points }) => points as [number, number, number, number]);
		expect(right![2]).toBeCloseTo(left![2], 6);
		expect(right![0] - left![0]).toBeCloseTo((left![2] / 0.4) * 0.6, 6);
		expect(right![3]).toBeCloseTo(left![3] / 2, 6);
		expect(right![1]).toBeCloseTo(left![1], 6);
	});

	test('heatmaps, bars and boxes are below lines whatever their order', () => {
		const bar: Trace = {
			type: 'bar',
			orientation: 'v',
			x: [5],
			y: [5],
			marker: { color: '#bbbbbb' },
		};
		const colours = drawnOf(figureOf([line, bar], UNIT)).map(({ style }) => style.color);
		expect(colours.indexOf('#bbbbbb')).toBeLessThan(colours.indexOf('#abcdef'));
	});

	test('title, axis titles, ticks, legend and notes are drawn as plain text', () => {
		const figure = { ...curves(2), notes: ['20 of 30 drawn.'] };
		const texts = textsOf(drawnOf(figure));
		for (const text of ['A sample', 'Epoch', 'Accuracy (fraction)', '20 of 30 drawn.', '50'])
			expect(texts).toContain(text);
		expect(texts).toContain('<b>net</b> & "0"');
	});

	test('a preview has ticks and curves only', () => {
		const drawn = drawnOf({ ...curves(2), notes: ['20 of 30 drawn.'] }, true);
		expect(textsOf(drawn).filter((text) => /[a-z]/.test(text))).toEqual([]);
		expect(drawn.some(({ kind }) => kind === 'markers')).toBe(false);
	});

	test('a legend that does not fit says how many are left out', () => {
		const names = Array.from({ length: 200 }, (_, i): Trace => ({ ...line, name: `net ${i}` }));
		const texts = textsOf(drawnOf(figureOf(names, UNIT)));
		const shown = texts.filter((text) => text.startsWith('net ')).length;
		expect(shown).toBeGreaterThan(10);
		expect(texts).toContain(`… ${200 - shown} more`);
	});

	test('labels of a category axis stay inside, even of 200 characters', () => {
		const names = Array.from({ length: 12 }, (_, i) => `${i}${'x'.repeat(200)}`);
		const bars: Trace = { type: 'bar', orientation: 'v', x: names, y: names.map(() => 1) };
		const axes: LayoutAxes = { xaxis: { type: 'category' }, yaxis: { type: 'linear' } };
		const drawn = drawnOf(figureOf([bars], axes));
		const labels = drawn.filter(({ text }) => text?.includes('…'));
		expect(labels).toHaveLength(12);
		for (const { points, style, text } of labels) {
			const reach = recordingSurface().measure(text!, style.size!);
			expect(points[1]! + Math.sin((Math.abs(style.angle!) * Math.PI) / 180) * reach).toBeLessThan(
				600,
			);
		}
	});

	test('shapes and annotations stand on axes, panels or the paper', () => {
		const shape = { type: 'line', line: { color: '#111111', width: 1 } } as const;
		const figure = figureOf([line], UNIT, {
			shapes: [{ ...shape, x0: 5, x1: 5, y0: 0, y1: 1, xref: 'x', yref: 'paper' }],
			annotations: [
				{ text: 'a &amp; b', x: 10, y: 1, xref: 'x', yref: 'y domain', showarrow: false },
			],
		});
		const drawn = drawnOf(figure);
		const [x, y, width, height] = drawn.find(({ kind }) => kind === 'clip')!.points as number[];
		const rule = drawn.find(({ style }) => style.color === '#111111')!;
		expect(rounded(rule.points)).toEqual(
			rounded([x! + width! / 2, y! + height!, x! + width! / 2, y!]),
		);
		const note = drawn.find(({ text }) => text === 'a & b')!;
		expect(rounded(note.points)).toEqual(rounded([x! + width!, y!]));
	});

	test('a figure without data says why', () => {
		const empty = { ...figureOf([]), empty: 'No record has a duration.' };
		expect(textsOf(drawnOf(empty))).toContain('No record has a duration.');
	});

	test('the same figure is drawn in the same way', () => {
		expect(drawnOf(curves(5))).toEqual(drawnOf(curves(5)));
	});

	test('nothing is drawn at places that are no numbers', () => {
		const odd: Trace = { ...line, x: [NaN, 1, 2], y: [1, NaN, 3], mode: 'lines+markers' };
		const axes: LayoutAxes = { ...LINEAR, xaxis: { type: 'log' } };
		for (const { kind, points } of drawnOf(figureOf([odd], axes)))
			if (kind === 'text' || kind === 'rects') expect(points.every(Number.isFinite)).toBe(true);
	});
});
