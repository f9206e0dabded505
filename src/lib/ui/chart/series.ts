/**
 * What a line chart draws: series with their bands, as plain numbers. Made from learning curves or
 * single runs; nothing here is recomputed when a series is hidden or isolated.
 */
import type { Curve } from '../../stats/curves';
import { metricTitle } from '../../stats/fields';
import { displayName } from '../../url/display-name';

/** Between two values at each x; NaN where there is none. */
export interface Band {
	readonly title: string;
	readonly low: ArrayLike<number>;
	readonly high: ArrayLike<number>;
}

export interface ChartSeries {
	readonly id: string;
	/** as shown */
	readonly name: string;
	/** the name in the data */
	readonly value: string;
	/** decides colour, dashes and marker */
	readonly style: number;
	/** set where dashes mean something themselves, such as a baseline; absent: they tell series apart */
	readonly dashed?: boolean;
	/** ascending */
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	/** widest first */
	readonly bands: readonly Band[];
	/** trials at each x, where y is a statistic */
	readonly n?: ArrayLike<number>;
}

/** One chart: everything in it is measured the same way. */
export interface ChartGroup {
	readonly id: string;
	readonly title: string;
	/** what the y axis holds */
	readonly metric: string;
	readonly series: readonly ChartSeries[];
}

/** A point of a series at the crosshair. */
export interface Reading {
	readonly series: ChartSeries;
	/** position in the series' arrays */
	readonly at: number;
	readonly y: number;
}

/**
 * One chart per task and metric: `accuracy` means something else in each.
 * @param band mean with ± one standard deviation, or median with quartiles and p5–p95
 */
export function chartsOf(curves: readonly Curve[], band: 'std' | 'quantiles'): ChartGroup[] {
	const groups = new Map<string, Curve[]>();
	for (const curve of curves) {
		const id = JSON.stringify([curve.task, curve.metric]);
		groups.set(id, [...(groups.get(id) ?? []), curve]);
	}
	return [...groups].map(([id, members]) => {
		const { task, metric } = members[0] ?? { task: '', metric: '' };
		const datasets = new Set(members.map((curve) => curve.dataset));
		const place = datasets.size === 1 ? `${[...datasets].join('')}, ${task}` : task;
		return {
			id,
			title: displayName(`${metricTitle(metric)}: ${place}`),
			metric: metricTitle(metric),
			series: members.map((curve, style) => seriesOf(curve, style, band, datasets.size > 1)),
		};
	});
}

function seriesOf(
	curve: Curve,
	style: number,
	band: 'std' | 'quantiles',
	withDataset: boolean,
): ChartSeries {
	const own = curve.name === '' ? 'none' : curve.name === 'all' ? 'all nets' : curve.name;
	const name = withDataset && curve.name !== curve.dataset ? `${own}, ${curve.dataset}` : own;
	const { epoch, n } = curve;
	const head = {
		id: JSON.stringify([curve.task, curve.dataset, curve.metric, curve.name]),
		name: displayName(name),
		value: curve.name,
		style,
		x: epoch,
		n,
	};
	if (band === 'quantiles') {
		const bands = [
			{ title: '5 % to 95 %', ...several(n, curve.p5, curve.p95) },
			{ title: 'quartiles', ...several(n, curve.q1, curve.q3) },
		];
		return { ...head, y: curve.median, bands };
	}
	const { mean, std } = curve;
	const low = mean.map((value, i) => value - (std[i] ?? NaN));
	const high = mean.map((value, i) => value + (std[i] ?? NaN));
	return { ...head, y: mean, bands: [{ title: '± standard deviation', low, high }] };
}

/** No band where there is one trial alone. */
function several(n: ArrayLike<number>, low: Float64Array, high: Float64Array) {
	const only = (values: Float64Array) => values.map((value, i) => ((n[i] ?? 0) < 2 ? NaN : value));
	return { low: only(low), high: only(high) };
}

/** @returns the extent of everything drawn, bands included; undefined when nothing is */
export function extentOf(series: readonly ChartSeries[]) {
	const x = [Infinity, -Infinity] as [number, number];
	const y = [Infinity, -Infinity] as [number, number];
	for (const one of series) {
		stretch(x, one.x);
		stretch(y, one.y);
		for (const { low, high } of one.bands) {
			stretch(y, low);
			stretch(y, high);
		}
	}
	return x[0] <= x[1] && y[0] <= y[1] ? { x, y } : undefined;
}

function stretch(extent: [number, number], values: ArrayLike<number>): void {
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? NaN;
		if (value < extent[0]) extent[0] = value;
		if (value > extent[1]) extent[1] = value;
	}
}

/** @returns every x that some series has, ascending */
export function positionsOf(series: readonly ChartSeries[]): number[] {
	return [...new Set(series.flatMap((one) => Array.from(one.x)))].sort((a, b) => a - b);
}

/** @returns the series that have a point at x, highest first */
export function readingsAt(series: readonly ChartSeries[], x: number): Reading[] {
	const readings: Reading[] = [];
	for (const one of series) {
		const at = Array.prototype.indexOf.call(one.x, x);
		const y = one.y[at];
		if (y !== undefined && !Number.isNaN(y)) readings.push({ series: one, at, y });
	}
	return readings.sort((a, b) => b.y - a.y);
}

/** @returns the element of an ascending list that is nearest to x */
export function nearest(positions: readonly number[], x: number): number | undefined {
	let best: number | undefined;
	for (const position of positions)
		if (best === undefined || Math.abs(position - x) < Math.abs(best - x)) best = position;
	return best;
}

/** @returns points beyond the axis, as its note says them */
export function outsideOf(series: readonly ChartSeries[], [low, high]: readonly [number, number]) {
	let outside = 0;
	for (const { y } of series)
		for (let i = 0; i < y.length; i++) if ((y[i] ?? NaN) < low || (y[i] ?? NaN) > high) outside++;
	return outside;
}
