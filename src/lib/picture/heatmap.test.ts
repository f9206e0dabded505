import { describe, expect, test } from 'vitest';
import type { HeatmapTrace } from '../stats/plots/plot';
import { edgesOf, paintHeatmap, valueRange } from './heatmap';
import { brushOn, recordingSurface, scaleOfTen } from './samples';

const map: HeatmapTrace = {
	type: 'heatmap',
	x: ['a', 'b'],
	y: ['c', 'd'],
	z: [
		[0, 1],
		[NaN, 1],
	],
	colorscale: [
		[0, '#000000'],
		[1, '#ffffff'],
	],
	showscale: false,
	hoverongaps: false,
};

function drawnBy(trace: HeatmapTrace) {
	const surface = recordingSurface();
	const x = scaleOfTen('x', { type: 'category' }, ['a', 'b']);
	const y = scaleOfTen('y', { type: 'category' }, ['c', 'd']);
	paintHeatmap(trace, x, y, brushOn(surface));
	return surface.drawn;
}

describe('paintHeatmap(trace, x, y, brush)', () => {
	test('a cell per value in the colour of its value; cells of one colour together; none where empty', () => {
		expect(drawnBy(map)).toMatchObject([
			{ kind: 'rects', points: [0, 50, 50, 50], style: { color: '#000000' } },
			{
				kind: 'rects',
				points: [50, 50, 50, 50, 50, 0, 50, 50],
				style: { color: 'rgb(255,255,255)' },
			},
		]);
	});

	test('texts in cells are readable on their colour', () => {
		const customdata = [
			['0', '1'],
			['', '1'],
		];
		const texts = drawnBy({ ...map, customdata, texttemplate: '%{customdata}' }).slice(2);
		expect(texts.map(({ text, style }) => [text, style.color])).toEqual([
			['0', '#ffffff'],
			['1', '#000000'],
			['1', '#000000'],
		]);
	});

	test('texts that would be too small to read are left out', () => {
		const customdata = [['x'.repeat(40), '1'], []];
		const drawn = drawnBy({ ...map, customdata, texttemplate: '%{customdata}' });
		expect(drawn.some(({ kind }) => kind === 'text')).toBe(false);
	});
});

describe('edgesOf(centres, model)', () => {
	test('are half-way between centres, and as far beyond the first and last', () => {
		expect([...edgesOf([1, 2, 4], scaleOfTen('x'))]).toEqual([0.5, 1.5, 3, 5]);
		expect([...edgesOf([3], scaleOfTen('x'))]).toEqual([2.5, 3.5]);
	});

	test('on a log axis half-way between logarithms', () => {
		expect([...edgesOf([1, 100], scaleOfTen('x', { type: 'log' }))]).toEqual([-1, 1, 3]);
	});
});

describe('valueRange(trace)', () => {
	test('is what the trace says, else what its values reach', () => {
		expect(valueRange(map)).toEqual([0, 1]);
		expect(valueRange({ ...map, zmin: -1, zmax: 1 })).toEqual([-1, 1]);
		expect(valueRange({ ...map, z: [[NaN]] })).toEqual([0, 1]);
	});
});
