import { describe, expect, it } from 'vitest';
import type { Layout, Trace } from '../stats/plots/plot';
import { extentOf, unionOf } from './extent';
import { figureOf, scaleOfTen } from './samples';

function reach(letter: 'x' | 'y', trace: Trace, rest: Partial<Layout> = {}, type = 'linear') {
	const { layout } = figureOf([trace], undefined, rest);
	const model = scaleOfTen(letter, { type: type as 'linear' | 'log' });
	return extentOf(model, new Map(), [trace], layout);
}

const line: Trace = { type: 'scatter', mode: 'lines', x: [1, 5, NaN], y: [2, 3, 4] };
const NONE = { low: Infinity, high: -Infinity };
const NO_PAD = { padLow: Infinity, padHigh: -Infinity };

describe('extentOf()', () => {
	it('lets lines run from edge to edge, and gives markers room', () => {
		expect(reach('x', line)).toEqual({ low: 1, high: 5, ...NO_PAD });
		expect(reach('y', line)).toEqual({ ...NONE, padLow: 2, padHigh: 4 });
		expect(reach('x', { ...line, mode: 'markers' })).toEqual({ ...NONE, padLow: 1, padHigh: 5 });
	});

	it('begins areas and bars at 0, but never on a logarithmic axis', () => {
		expect(reach('y', { ...line, fill: 'tozeroy' })).toMatchObject({ low: 0, high: 0 });
		const bar: Trace = { type: 'bar', orientation: 'v', x: [1], y: [100], textposition: 'outside' };
		expect(reach('y', bar)).toMatchObject({ low: 0, padHigh: 106 });
		expect(reach('y', bar, {}, 'log')).toEqual({ ...NONE, padLow: 2, padHigh: 2 });
	});

	it('takes in error bars, shapes and annotations of its own axis', () => {
		const errors = {
			type: 'data',
			symmetric: false,
			array: [9, 0, 0],
			arrayminus: [0, 0, 0],
		} as const;
		expect(reach('y', { ...line, error_y: errors }).padHigh).toBe(11);
		const shape = {
			type: 'line',
			x0: 0,
			x1: 20,
			y0: 0,
			y1: 1,
			line: { color: '', width: 1 },
		} as const;
		const shapes = { shapes: [{ ...shape, xref: 'x', yref: 'paper' }] };
		expect(reach('x', line, shapes).padHigh).toBe(20);
		expect(reach('y', line, shapes).padHigh).toBe(4);
	});

	it('is nothing without traces on the axis', () => {
		expect(reach('x', { ...line, xaxis: 'x2' })).toEqual({ ...NONE, ...NO_PAD });
		expect(unionOf([])).toEqual({ ...NONE, ...NO_PAD });
	});
});
