import { describe, expect, it } from 'vitest';
import type { Curve } from '../../stats/curves';
import { bandPath, lookOf } from './paths';
import { axisOf } from './axis';
import { chartsOf, extentOf, nearest, outsideOf, positionsOf, readingsAt } from './series';

function curve(name: string, dataset: string, metric: string, mean: number[], n: number[]): Curve {
	const values = Float64Array.from(mean);
	const moved = (by: number) => values.map((value) => value + by);
	return {
		name,
		task: 't',
		dataset,
		metric,
		runs: 1,
		best: Math.max(...mean),
		epoch: Uint16Array.from(mean, (_, i) => i + 1),
		n: Uint32Array.from(n),
		mean: values,
		std: Float64Array.from(n, (count) => (count > 1 ? 0.1 : NaN)),
		min: moved(-0.3),
		p5: moved(-0.25),
		q1: moved(-0.1),
		median: moved(0.01),
		q3: moved(0.1),
		p95: moved(0.25),
		max: moved(0.3),
	};
}

const a = curve('A', 'mnist', 'acc', [0.5, 0.7], [3, 1]);
const b = curve('B', 'svhn', 'acc', [0.6], [2]);
const c = curve('A', 'coco', 'iou', [0.2], [1]);

describe('chartsOf(curves, band)', () => {
	it('makes one chart per metric and names the dataset where there are several', () => {
		const charts = chartsOf([a, b, c], 'std');
		expect(charts.map(({ title }) => title)).toEqual(['Accuracy: t', 'IoU (mean): coco, t']);
		expect(charts[0]?.series.map(({ name }) => name)).toEqual(['A, mnist', 'B, svhn']);
		expect(charts[1]?.series.map(({ name }) => name)).toEqual(['A']);
	});

	it('draws the mean, and no band for a single trial', () => {
		const [series] = chartsOf([a], 'std')[0]?.series ?? [];
		expect(Array.from(series?.y ?? [])).toEqual([0.5, 0.7]);
		expect(Array.from(series?.bands[0]?.low ?? [])).toEqual([0.4, NaN]);
	});

	it('draws the median with two bands, none for a single trial', () => {
		const [series] = chartsOf([a], 'quantiles')[0]?.series ?? [];
		expect(Array.from(series?.y ?? [])).toEqual([0.51, 0.71]);
		expect(series?.bands.map(({ high }) => Array.from(high))).toEqual([
			[0.75, NaN],
			[0.6, NaN],
		]);
	});

	it('gives a series the same values whatever else is drawn', () => {
		const alone = chartsOf([b], 'std')[0]?.series[0];
		const among = chartsOf([a, b, c], 'std')[0]?.series[1];
		expect(among?.y).toEqual(alone?.y);
		expect(among?.bands).toEqual(alone?.bands);
	});
});

describe('reading a chart', () => {
	const series = chartsOf([a, b], 'std')[0]?.series ?? [];

	it('spans everything drawn, bands included', () => {
		expect(extentOf(series)).toEqual({ x: [1, 2], y: [0.4, 0.7] });
		expect(extentOf([])).toBeUndefined();
	});

	it('reads the crosshair highest first, without series that have no point there', () => {
		expect(positionsOf(series)).toEqual([1, 2]);
		expect(readingsAt(series, 1).map(({ y }) => y)).toEqual([0.6, 0.5]);
		expect(readingsAt(series, 2).map(({ series }) => series.value)).toEqual(['A']);
		expect(nearest([1, 2, 9], 6)).toBe(9);
		expect(nearest([], 6)).toBeUndefined();
	});

	it('counts points beyond the axis', () => {
		expect(outsideOf(series, [0, 1])).toBe(0);
		expect(outsideOf(series, [0.55, 1])).toBe(1);
	});
});

describe('lookOf(series) and bandPath(series, band, x, y)', () => {
	it('tells the first 24 series apart by more than colour', () => {
		const looks = Array.from({ length: 24 }, (_, style) => lookOf({ style }));
		expect(new Set(looks.map(({ colour, dash, marker }) => colour + dash + marker)).size).toBe(24);
		expect(lookOf({ style: 1, dashed: false }).dash).toBe('none');
	});

	it('draws a stroke where a band has one point alone', () => {
		const [series] = chartsOf([b], 'std')[0]?.series ?? [];
		const axis = axisOf({ domain: [0, 1], range: [0, 100], unit: 'fraction' });
		expect(series && bandPath(series, series.bands[0]!, axis, axis)).toMatch(/M98,70h4V50h-4Z$/);
	});
});
