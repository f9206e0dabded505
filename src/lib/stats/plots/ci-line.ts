/** nn-stat's `line_ci95`: mean of all rows of the best nets at each epoch, with Student-t 95 % bands. */
import { displayName } from '../../url/display-name';
import type { TrialColumns } from '../columns';
import { meanInterval, type MeanInterval } from '../interval';
import { epochAxis } from './axes';
import { bandTrace } from './bands';
import { intervalText } from './ci-bar';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { leadersOf, limitNotes, pickLeaders, topOf } from './leaders';
import { netEpochs } from './net-epochs';
import { paletteOf } from './palette';
import type { Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { metricWords, mixtureNotes, poolAxis, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { valuesAt } from './values-at';
import { counted } from './words';

/** Rows of an epoch, and runs of a net, that an interval needs, by nn-stat. */
const MIN_ROWS = 5;

export const ciLine: PlotSpec = {
	id: 'ci-line',
	title: 'Best nets over epochs with 95 % intervals',
	about:
		'The mean over all records of each of the best nets at each epoch with its Student-t 95 % interval; epochs with fewer than 5 records are left out.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 10,
	difference:
		'nn-stat takes the 10 best nets over all datasets of a task and averages their rows of all datasets at an epoch; of nets with few runs nothing is left to draw. Corrected takes the best nets of one leaderboard among those that have 5 runs.',
	size: [10.5, 6.5],
	draw,
};

/** One net's means; one element an epoch with enough rows. */
interface Line {
	readonly name: string;
	readonly epochs: readonly (MeanInterval & { readonly epoch: number })[];
	readonly leftOut: number;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, options, 'board');
	if (!pool) return emptyFigure(ciLine, options, NO_ROWS);
	const minRuns = options.mode === 'lemur' ? 1 : MIN_ROWS;
	const all = leadersOf(rows.columns, pool);
	const { drawn, notes } = pickLeaders(all, topOf(ciLine, options), minRuns, options);
	const names = drawn.map(({ name }) => name);
	const lines = netEpochs(rows.columns, pool.ids, names).map(({ name, epochs }) =>
		lineOf(rows.columns, name, epochs),
	);
	const shown = lines.filter(({ epochs }) => epochs.length > 0);
	if (shown.length === 0) return emptyFigure(ciLine, options, nothingOf(pool));
	const title = `${ciLine.title}: ${pool.name}`;
	return {
		data: shown.flatMap((line, i) => tracesOf(line, i, options)),
		layout: layoutOf(title, options, { xaxis: epochAxis(), yaxis: poolAxis(pool, 'Mean') }),
		title,
		summary: summaryOf(pool, shown),
		used: pool.ids.length,
		notes: [
			...mixtureNotes(pool, options),
			...notes,
			...leftOutNotes(lines),
			...limitNotes(options),
		],
		table: tableOf(shown),
		brush: { x: { field: 'epoch', scale: 1 }, y: { field: 'accuracy', scale: 1 } },
		within: { ...pool.within, nn: shown.map(({ name }) => name) },
	};
}

function lineOf(
	{ accuracy }: TrialColumns,
	name: string,
	epochs: readonly { readonly epoch: number; readonly trials: Uint32Array }[],
): Line {
	const enough = epochs.filter(({ trials }) => trials.length >= MIN_ROWS);
	return {
		name,
		epochs: enough.map(({ epoch, trials }) => ({
			epoch,
			...meanInterval(valuesAt(accuracy, trials).sort()),
		})),
		leftOut: epochs.length - enough.length,
	};
}

const nothingOf = (pool: Pool) =>
	`No net of ${pool.name} that would be drawn has ${MIN_ROWS} records at one epoch under this filter. Widen the filter, or choose another leaderboard.`;

/** The band and its line: one entry of the legend shows and hides both. */
function tracesOf({ name, epochs }: Line, index: number, { theme }: PlotOptions): ScatterTrace[] {
	const { color, dash, symbol } = paletteOf(theme).series(index);
	const values = (of: (one: Line['epochs'][number]) => number) => Float64Array.from(epochs, of);
	const x = values(({ epoch }) => epoch);
	const legendgroup = String(index);
	const [low, high] = [values((one) => one.low), values((one) => one.high)];
	const shown = plotName(name);
	return [
		bandTrace(x, low, high, color, legendgroup),
		{
			type: 'scatter',
			mode: 'lines+markers',
			name: shown,
			legendgroup,
			x,
			y: values(({ mean }) => mean),
			line: { color, width: 2, dash },
			marker: { color, symbol, size: 5 },
			text: epochs.map(
				({ epoch, n, ...rest }) =>
					`${shown}<br>Epoch ${epoch}<br>Mean ${intervalText(rest)}<br>${counted(n, 'record')}`,
			),
			hovertemplate: '%{text}<extra></extra>',
		},
	];
}

function leftOutNotes(lines: readonly Line[]): string[] {
	const left = lines.reduce((sum, { leftOut }) => sum + leftOut, 0);
	const absent = lines.filter(({ epochs }) => epochs.length === 0).length;
	const notes: string[] = [];
	if (left > 0)
		notes.push(
			`${counted(left, 'epoch')} with fewer than ${MIN_ROWS} records of a net ${left === 1 ? 'is' : 'are'} left out.`,
		);
	if (absent > 0) notes.push(`Nothing is left to draw of ${counted(absent, 'net')}.`);
	return notes;
}

function tableOf(lines: readonly Line[]): FigureColumn[] {
	const points = lines.flatMap(({ name, epochs }) => epochs.map((one) => ({ name, ...one })));
	const column = (
		title: string,
		unit: FigureColumn['unit'],
		of: (point: (typeof points)[number]) => number,
	): FigureColumn => ({ title, unit, values: Float64Array.from(points, of) });
	return [
		{ title: 'Net', unit: 'none', values: points.map(({ name }) => name) },
		column('Epoch', 'count', ({ epoch }) => epoch),
		column('Records', 'count', ({ n }) => n),
		column('Mean', 'fraction', ({ mean }) => mean),
		column('95 % from', 'fraction', ({ low }) => low),
		column('95 % to', 'fraction', ({ high }) => high),
	];
}

function summaryOf(pool: Pool, lines: readonly Line[]): string {
	const points = lines.flatMap(({ name, epochs }) => epochs.map((one) => ({ name, ...one })));
	const [best] = points.sort((a, b) => b.mean - a.mean);
	if (!best) return NO_ROWS;
	return `Mean ${metricWords(pool)} of ${counted(lines.length, 'net')} of ${pool.name} by epoch; the highest is ${intervalText(best)} of ${displayName(best.name)} at epoch ${best.epoch} over ${counted(best.n, 'record')}.`;
}
