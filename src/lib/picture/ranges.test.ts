import { describe, expect, test } from 'vitest';
import type { LayoutAxes, ScatterTrace, Trace } from '../stats/plots/plot';
import { axesOf } from './ranges';
import { figureOf, LINEAR } from './samples';

function rangesOf(data: readonly Trace[], axes: LayoutAxes = LINEAR, rest = {}) {
	const { models } = axesOf(data, figureOf(data, axes, rest).layout);
	return Object.fromEntries([...models].map(([id, { range }]) => [id, range]));
}

const dots: ScatterTrace = { type: 'scatter', mode: 'markers', x: [1, 10], y: [0, 1] };

describe('axesOf(data, layout)', () => {
	test('markers have room around them, lines run from edge to edge', () => {
		const { x, y } = rangesOf([dots]);
		expect(x![0]).toBeCloseTo(1 - 9 * 0.0586, 2);
		expect(y![1]).toBeCloseTo(1.0586, 3);
		expect(rangesOf([{ ...dots, mode: 'lines' }])['x']).toEqual([1, 10]);
	});

	test('bars stand on 0', () => {
		const { x, y } = rangesOf([{ type: 'bar', orientation: 'v', x: [1, 2], y: [3, 4] }]);
		expect(y![0]).toBe(0);
		expect(y![1]).toBeGreaterThan(4);
		expect(x![0]).toBeCloseTo(0.6, 9);
		expect(x![1]).toBeCloseTo(2.4, 9);
	});

	test('heatmaps fill their axes with whole cells', () => {
		const trace: Trace = {
			type: 'heatmap',
			x: [1, 2, 3],
			y: ['a', 'b'],
			z: [[], []],
			colorscale: [],
			showscale: false,
			hoverongaps: false,
		};
		const axes: LayoutAxes = { xaxis: { type: 'linear' }, yaxis: { type: 'category' } };
		expect(rangesOf([trace], axes)).toEqual({ x: [0.5, 3.5], y: [-0.5, 1.5] });
	});

	test('logarithms are in powers of ten and skip what has none', () => {
		const axes: LayoutAxes = { xaxis: { type: 'log' }, yaxis: { type: 'linear' } };
		const { x } = rangesOf(
			[{ ...dots, mode: 'lines', x: [0, 10, 1000, -5], y: [1, 2, 3, 4] }],
			axes,
		);
		expect(x).toEqual([1, 3]);
	});

	test('a range given is kept; reversed turns what was found', () => {
		const axes: LayoutAxes = {
			xaxis: { type: 'log', range: [-5, 0] },
			yaxis: { type: 'category', autorange: 'reversed', categoryarray: ['c', 'a'] },
		};
		const trace: ScatterTrace = { ...dots, y: ['a', 'b'] };
		expect(rangesOf([trace], axes)).toEqual({ x: [-5, 0], y: [2.5, -0.5] });
		const { models } = axesOf([trace], figureOf([trace], axes).layout);
		expect(models.get('y')!.names).toEqual(['c', 'a', 'b']);
	});

	test('axes that match share the range of all', () => {
		const second: ScatterTrace = { ...dots, mode: 'lines', x: [50, 60], xaxis: 'x2', yaxis: 'y2' };
		const axes: LayoutAxes = { ...LINEAR, xaxis2: { type: 'linear', matches: 'x' } };
		const { x, x2 } = rangesOf([{ ...dots, mode: 'lines' }, second], axes);
		expect(x).toEqual([1, 60]);
		expect(x2).toEqual(x);
	});

	test('tozero, error bars and shapes widen a range', () => {
		const axes: LayoutAxes = { ...LINEAR, yaxis: { type: 'linear', rangemode: 'tozero' } };
		const error = { type: 'data', symmetric: false, array: [5, 0], arrayminus: [0, 0] } as const;
		const { y } = rangesOf([{ ...dots, y: [2, 3], error_y: error }], axes);
		expect(y![0]).toBe(0);
		expect(y![1]).toBeGreaterThan(7);
		const line = {
			type: 'line',
			xref: 'x',
			yref: 'paper',
			line: { color: 'red', width: 1 },
		} as const;
		const shapes = [{ ...line, x0: 20, x1: 20, y0: 0, y1: 1 }];
		expect(rangesOf([dots], LINEAR, { shapes })['x']![1]).toBeGreaterThan(20);
	});

	test('what is too near together to be divided counts as one value', () => {
		const near = rangesOf([{ ...dots, x: [0, 1e-308], y: [1e-308, 1e-308] }]);
		for (const range of Object.values(near)) expect(range).toEqual([-1, 1]);
		const yaxis = { type: 'linear', rangemode: 'tozero' } as const;
		expect(rangesOf([{ ...dots, y: [1e-308, 0] }], { ...LINEAR, yaxis })['y']).toEqual([0, 1]);
	});

	test('one value, none and only missing ones have a range with some width', () => {
		for (const x of [[7], [0], [], [NaN]]) {
			const [low, high] = rangesOf([{ ...dots, x, y: x }])['x']!;
			expect(high).toBeGreaterThan(low);
		}
	});
});
