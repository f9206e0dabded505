/** nn-stat's `bar_ci95`: mean best value per run of the best nets, with the Student-t 95 % interval. */
import { displayName } from '../../url/display-name';
import { meanInterval, type MeanInterval } from '../interval';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { leadersOf, limitNotes, pickLeaders, tooFewRuns, topOf } from './leaders';
import { netAxis } from './net-axis';
import { paletteOf, withAlpha } from './palette';
import type { BarTrace, Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec } from './plot';
import { metricWords, mixtureNotes, poolAxis, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { counted, fractionText } from './words';

/** Runs that an interval needs, by nn-stat. */
const MIN_RUNS = 5;

export const ciBar: PlotSpec = {
	id: 'ci-bar',
	title: 'Best nets with 95 % intervals',
	about:
		'The mean over runs of the best value of each run with its Student-t 95 % interval, for the best nets that have 5 runs or more.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 10,
	difference:
		'nn-stat takes the 10 best nets over all datasets of a task and then leaves out those with fewer than 5 runs, which may be all of them. Corrected takes the best nets of one leaderboard among those that have 5 runs.',
	size: [10.5, 6.5],
	draw,
};

/** A net's mean and how sure it is. */
interface Estimate extends MeanInterval {
	readonly name: string;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, options, 'board');
	if (!pool) return emptyFigure(ciBar, options, NO_ROWS);
	const all = leadersOf(rows.columns, pool);
	const { drawn, notes } = pickLeaders(all, topOf(ciBar, options), MIN_RUNS, options);
	if (drawn.length === 0) return emptyFigure(ciBar, options, tooFewRuns(pool, MIN_RUNS));
	const estimates = drawn.map(({ name, values }) => ({ name, ...meanInterval(values) }));
	const title = `${ciBar.title}: ${pool.name}`;
	const axes = {
		xaxis: { ...poolAxis(pool, 'Mean best per run:'), rangemode: 'tozero' as const },
		yaxis: netAxis(estimates.map(({ name }) => name)),
	};
	return {
		data: [barsOf(estimates, options)],
		layout: layoutOf(title, options, axes, { showlegend: false }),
		title,
		summary: summaryOf(pool, estimates),
		used: pool.ids.length,
		notes: [...mixtureNotes(pool, options), ...notes, ...limitNotes(options)],
		table: tableOf(estimates),
	};
}

function barsOf(estimates: readonly Estimate[], { theme }: PlotOptions): BarTrace {
	const palette = paletteOf(theme);
	const values = (of: (estimate: Estimate) => number) => Float64Array.from(estimates, of);
	return {
		type: 'bar',
		orientation: 'h',
		x: values(({ mean }) => mean),
		y: Float64Array.from(estimates, (_, i) => i),
		error_x: {
			type: 'data',
			symmetric: false,
			array: values(({ mean, high }) => high - mean),
			arrayminus: values(({ mean, low }) => mean - low),
			color: palette.text,
		},
		hovertext: estimates.map(
			({ name, n, ...rest }) =>
				`${plotName(name)}<br>Mean best per run ${intervalText(rest)}<br>${counted(n, 'run')}`,
		),
		hovertemplate: '%{hovertext}<extra></extra>',
		// Half transparent, so that the interval is seen before the bar too.
		marker: { color: withAlpha(palette.series(0).color, 0.45) },
	};
}

/** `0.5000 (95 % interval 0.4000 to 0.6000)` */
export function intervalText({ mean, low, high }: Omit<MeanInterval, 'n'>): string {
	return `${fractionText(mean)} (95 % interval ${fractionText(low)} to ${fractionText(high)})`;
}

function tableOf(estimates: readonly Estimate[]): FigureColumn[] {
	const column = (
		title: string,
		unit: FigureColumn['unit'],
		of: (estimate: Estimate) => number,
	): FigureColumn => ({ title, unit, values: Float64Array.from(estimates, of) });
	return [
		{ title: 'Net', unit: 'none', values: estimates.map(({ name }) => name) },
		column('Runs', 'count', ({ n }) => n),
		column('Mean best per run', 'fraction', ({ mean }) => mean),
		column('95 % from', 'fraction', ({ low }) => low),
		column('95 % to', 'fraction', ({ high }) => high),
	];
}

function summaryOf(pool: Pool, estimates: readonly Estimate[]): string {
	const [first] = estimates;
	if (!first) return NO_ROWS;
	return `Of ${counted(estimates.length, 'net')} of ${pool.name} with ${MIN_RUNS} runs or more, ${displayName(first.name)} has the highest mean best ${metricWords(pool)} per run, ${intervalText(first)} over ${counted(first.n, 'run')}.`;
}
