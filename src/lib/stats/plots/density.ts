/** nn-stat's `best_metric_distribution`: how the best value of a run is distributed, for each of the best nets. */
import { displayName } from '../../url/display-name';
import { kde } from '../kde';
import { quantile } from '../quantile';
import type { NetBest } from '../best-per-run';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { leadersOf, limitNotes, pickLeaders, tooFewRuns, topOf } from './leaders';
import { paletteOf, withAlpha } from './palette';
import type { Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { metricWords, mixtureNotes, poolAxis, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { counted, fractionText } from './words';

/** nn-stat's: runs that a density needs, points from the lowest to the highest, factor of the bandwidth. */
const MIN_RUNS = 3;
const POINTS = 300;
const FACTOR = 1;

export const density: PlotSpec = {
	id: 'density',
	title: 'Best values of the runs',
	about:
		'Distribution over runs of the best value of each run, for the best nets that have 3 runs or more: Gaussian kernel density whose bandwidth is the standard deviation, with a dashed line at the median.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 10,
	difference:
		'nn-stat takes the 10 best nets over all datasets of a task and then leaves out those with fewer than 3 runs. Corrected takes the best nets of one leaderboard among those that have 3 runs. Both use nn-stat’s bandwidth, the whole standard deviation, which smooths far more than the usual rule of Scott.',
	size: [6.5, 4.8],
	draw,
};

/** A net's density. */
interface Curve {
	readonly name: string;
	readonly runs: number;
	readonly median: number;
	/** empty where all values are equal: there is no density then, only the median */
	readonly x: Float64Array;
	readonly density: Float64Array;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, options, 'board');
	if (!pool) return emptyFigure(density, options, NO_ROWS);
	const all = leadersOf(rows.columns, pool);
	const { drawn, notes } = pickLeaders(all, topOf(density, options), MIN_RUNS, options);
	if (drawn.length === 0) return emptyFigure(density, options, tooFewRuns(pool, MIN_RUNS));
	const curves = drawn.map(curveOf);
	const title = `${density.title}: ${pool.name}`;
	const axes = {
		xaxis: poolAxis(pool, 'Best per run:'),
		yaxis: { type: 'linear', title: { text: 'Density' }, rangemode: 'tozero' } as const,
	};
	return {
		data: curves.flatMap((curve, i) => tracesOf(curve, i, options)),
		layout: layoutOf(title, options, axes),
		title,
		summary: summaryOf(pool, curves),
		used: pool.ids.length,
		notes: [
			...mixtureNotes(pool, options),
			...notes,
			...equalNotes(curves),
			...limitNotes(options),
		],
		table: tableOf(curves),
		brush: { x: { field: 'accuracy', scale: 1 } },
		within: { ...pool.within, nn: curves.map(({ name }) => name) },
	};
}

function curveOf({ name, values }: NetBest): Curve {
	const { x, density } = kde(values, { factor: FACTOR, points: POINTS });
	return { name, runs: values.length, median: quantile(values, 0.5), x, density };
}

/** The filled curve and its median; one entry of the legend shows and hides both. */
function tracesOf(curve: Curve, index: number, { theme }: PlotOptions): ScatterTrace[] {
	const { color, dash } = paletteOf(theme).series(index);
	const name = plotName(curve.name);
	const legendgroup = String(index);
	const head = `${name}<br>${counted(curve.runs, 'run')}, median ${fractionText(curve.median)}`;
	const filled: ScatterTrace = {
		type: 'scatter',
		mode: 'lines',
		name,
		legendgroup,
		x: curve.x,
		y: curve.density,
		line: { color, width: 2, dash },
		fill: 'tozeroy',
		fillcolor: withAlpha(color, 0.12),
		text: Array.from(
			curve.x,
			(x, i) => `${head}<br>Density ${curve.density[i]!.toPrecision(4)} at ${fractionText(x)}`,
		),
		hovertemplate: '%{text}<extra></extra>',
	};
	const height = curve.density.length === 0 ? 1 : curve.density.reduce((a, b) => Math.max(a, b));
	const alone = curve.x.length === 0;
	const median: ScatterTrace = {
		type: 'scatter',
		mode: 'lines',
		...(alone ? { name } : {}),
		legendgroup,
		showlegend: alone,
		x: [curve.median, curve.median],
		y: [0, height],
		line: { color, width: 1.5, dash: 'dash' },
		text: [head, head],
		hovertemplate: '%{text}<extra></extra>',
	};
	return alone ? [median] : [filled, median];
}

function equalNotes(curves: readonly Curve[]): string[] {
	const equal = curves.filter(({ x }) => x.length === 0).length;
	return equal === 0
		? []
		: [
				`The runs of ${counted(equal, 'net')} all have the same best value, so there is only a line there.`,
			];
}

/** Each point of each curve; a net without a curve has one row. */
function tableOf(curves: readonly Curve[]): FigureColumn[] {
	const lengths = curves.map(({ x }) => Math.max(1, x.length));
	const repeat = (of: (curve: Curve) => number) =>
		Float64Array.from(curves.flatMap((curve, i) => Array<number>(lengths[i]!).fill(of(curve))));
	const points = (of: (curve: Curve) => Float64Array, alone: (curve: Curve) => number) =>
		Float64Array.from(
			curves.flatMap((curve) => (curve.x.length === 0 ? [alone(curve)] : [...of(curve)])),
		);
	return [
		{
			title: 'Net',
			unit: 'none',
			values: curves.flatMap(({ name }, i) => Array<string>(lengths[i]!).fill(name)),
		},
		{ title: 'Runs', unit: 'count', values: repeat(({ runs }) => runs) },
		{ title: 'Median', unit: 'fraction', values: repeat(({ median }) => median) },
		{
			title: 'Best of a run',
			unit: 'fraction',
			values: points(
				({ x }) => x,
				({ median }) => median,
			),
		},
		{
			title: 'Density',
			unit: 'plain',
			values: points(
				(curve) => curve.density,
				() => NaN,
			),
		},
	];
}

function summaryOf(pool: Pool, curves: readonly Curve[]): string {
	const [first] = [...curves].sort((a, b) => b.median - a.median);
	if (!first) return NO_ROWS;
	return `Distribution of the best ${metricWords(pool)} of each run for ${counted(curves.length, 'net')} of ${pool.name}; the highest median is ${fractionText(first.median)} of ${displayName(first.name)} over ${counted(first.runs, 'run')}.`;
}
