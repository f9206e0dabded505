import { describe, expect, it } from 'vitest';
import { layoutOf } from './figure';
import type { Axis, Figure } from './plot';
import { zoomedAxis, zoomedFigure } from './zoomed';

const linear: Axis = { type: 'linear' };

describe('zoomedAxis(axis, from, to)', () => {
	it('takes axis units and gives logarithms on a log axis', () => {
		expect(zoomedAxis(linear, 0.5, 2)).toEqual({ type: 'linear', range: [0.5, 2] });
		expect(zoomedAxis({ type: 'log' }, 0.01, 1000)).toEqual({ type: 'log', range: [-2, 3] });
	});

	it('keeps a turned axis turned', () => {
		expect(zoomedAxis({ type: 'category', autorange: 'reversed' }, -0.5, 3.5)).toEqual({
			type: 'category',
			range: [3.5, -0.5],
		});
		expect(zoomedAxis({ ...linear, range: [9, 0] }, 1, 2).range).toEqual([2, 1]);
	});

	it('leaves a log axis alone that has no place for the window', () => {
		const axis: Axis = { type: 'log', range: [0, 1] };
		expect(zoomedAxis(axis, 0, 10)).toBe(axis);
		expect(zoomedAxis(axis, -1, 10)).toBe(axis);
	});
});

describe('zoomedFigure(figure, window)', () => {
	it('changes the first pair of axes and nothing else', () => {
		const axes = { xaxis: linear, yaxis: { type: 'log' as const }, xaxis2: linear };
		const figure: Figure = {
			data: [],
			layout: layoutOf('t', {}, axes),
			title: 't',
			summary: 's',
			used: 1,
			notes: [],
			table: [],
		};
		const zoomed = zoomedFigure(figure, { xMin: 1, xMax: 2, yMin: 10, yMax: 100 });
		expect(zoomed.layout.xaxis?.range).toEqual([1, 2]);
		expect(zoomed.layout.yaxis?.range).toEqual([1, 2]);
		const { xaxis, yaxis } = figure.layout;
		expect({ ...zoomed.layout, xaxis, yaxis }).toEqual(figure.layout);
		expect(zoomed.data).toBe(figure.data);
	});
});
