/**
 * LEMUR's `correlation_heatmap`: Pearson's r among the means and deviations of its aggregated rows.
 * Corrected: among score, epoch, time and the hyperparameters of one leaderboard's records.
 */
import { displayName } from '../../url/display-name';
import { pearson } from '../correlation';
import { metricTitle } from '../fields';
import { meansOf } from '../means';
import { compareText } from '../text-order';
import type { TrialColumns } from '../columns';
import { boardRows } from './boards';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { aggregatedRows } from './lemur-rows';
import { paletteOf } from './palette';
import type { Figure, FigureColumn, HeatmapTrace, PlotOptions, PlotRows, PlotSpec } from './plot';
import { plotName } from './text';
import { boardText, counted, countText } from './words';

/** Hyperparameters shown without a choice. */
const MAX_PRM = 6;

export const correlation: PlotSpec = {
	id: 'correlation',
	title: 'Correlation',
	about:
		'Pearson’s r of each pair, over the records that have both values; a cell is empty where r is undefined.',
	group: 'LEMUR',
	controls: ['board', 'prm'],
	difference:
		'LEMUR correlates the means and deviations of accuracy and IoU, which are never filled in the same row, so that 8 of its 16 cells are empty. Corrected correlates the score with epoch, time and hyperparameters within one leaderboard.',
	size: [8, 6],
	draw,
};

/** A variable over the same rows as the others; NaN = none. */
interface Variable {
	/** plain text */
	readonly name: string;
	readonly values: Float64Array;
}

/** Pearson's r of two variables. */
interface Pair {
	readonly a: string;
	readonly b: string;
	/** NaN where undefined */
	readonly r: number;
	/** rows that have both */
	readonly n: number;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	return options.mode === 'lemur' ? drawLemur(rows, options) : drawBoard(rows, options);
}

/** Over every aggregated row, as nn-stat has it. */
function drawLemur(rows: PlotRows, options: PlotOptions): Figure {
	const { columns, ids } = aggregatedRows(rows);
	if (ids.length === 0)
		return emptyFigure(
			correlation,
			options,
			'LEMUR draws this plot for accuracy and IoU only, and no record of either passes the filter. Choose the corrected figure.',
		);
	const means = meansOf(columns, ids);
	const of = (metric: string, key: 'mean' | 'std') => {
		const wanted = columns.tasks.map((one) => one.metric === metric);
		return means[key].map((value, g) => (wanted[means.task[g]!] ? value : NaN));
	};
	const variables = [
		{ name: 'accuracy_mean', values: of('acc', 'mean') },
		{ name: 'accuracy_std', values: of('acc', 'std') },
		{ name: 'iou_mean', values: of('iou', 'mean') },
		{ name: 'iou_std', values: of('iou', 'std') },
	];
	const empty =
		'Means of accuracy and of IoU are never filled in the same row, so the cells that pair them are empty.';
	return figureOf(correlation.title, variables, options, {
		used: ids.length,
		over: counted(means.count, 'mean'),
		notes: [empty],
	});
}

function drawBoard(rows: PlotRows, options: PlotOptions): Figure {
	const board = boardRows(rows, options);
	if (!board) return emptyFigure(correlation, options, NO_ROWS);
	const { columns } = rows;
	const { ids, task, dataset, metric } = board;
	const all = prmsOf(columns, ids);
	const asked = options.prm && all.filter((name) => options.prm?.includes(name));
	const shown = asked && asked.length > 0 ? asked : all.slice(0, MAX_PRM);
	const variables: Variable[] = [
		{ name: metricTitle(metric), values: valuesOf(columns.accuracy, ids) },
		{ name: 'Epoch', values: valuesOf(columns.epoch, ids) },
		{ name: 'Time so far', values: valuesOf(columns.duration, ids) },
		...shown.map((name) => ({ name, values: prmValues(columns, ids, name) })),
	];
	return {
		...figureOf(`${correlation.title}: ${boardText(board)}`, variables, options, {
			used: ids.length,
			over: counted(ids.length, 'record'),
			notes: prmNotes(shown.length, all.length),
		}),
		within: { task: [task], dataset: [dataset], metric: [metric] },
	};
}

function valuesOf(from: ArrayLike<number>, ids: Uint32Array): Float64Array {
	const values = new Float64Array(ids.length);
	for (let i = 0; i < ids.length; i++) values[i] = from[ids[i]!]!;
	return values;
}

/** Hyperparameters that are numbers and differ among the rows, those of most rows first. */
function prmsOf({ runs, run }: TrialColumns, ids: Uint32Array): string[] {
	const { present, rows } = rowsOfRuns(runs.count, run, ids);
	const found: { readonly name: string; readonly n: number }[] = [];
	for (const [name, column] of runs.prm) {
		if (column.kind !== 'number') continue;
		let [n, min, max] = [0, Infinity, -Infinity];
		for (let i = 0; i < present.length; i++) {
			const value = column.values[present[i]!]!;
			if (Number.isNaN(value)) continue;
			n += rows[present[i]!]!;
			if (value < min) min = value;
			if (value > max) max = value;
		}
		if (min < max) found.push({ name, n });
	}
	return found.sort((a, b) => b.n - a.n || compareText(a.name, b.name)).map(({ name }) => name);
}

/** The runs that have rows, and how many by run. */
function rowsOfRuns(count: number, run: Uint32Array, ids: Uint32Array) {
	const rows = new Uint32Array(count);
	const present: number[] = [];
	for (let i = 0; i < ids.length; i++) {
		const r = run[ids[i]!]!;
		if (rows[r]!++ === 0) present.push(r);
	}
	return { present, rows };
}

function prmValues({ runs, run }: TrialColumns, ids: Uint32Array, name: string): Float64Array {
	const column = runs.prm.get(name);
	const values = new Float64Array(ids.length).fill(NaN);
	if (column?.kind !== 'number') return values;
	for (let i = 0; i < ids.length; i++) values[i] = column.values[run[ids[i]!]!]!;
	return values;
}

function prmNotes(shown: number, all: number): string[] {
	return shown === all
		? []
		: [
				`${countText(shown)} of ${countText(all)} hyperparameters shown: those of most records, unless others are chosen.`,
			];
}

interface Context {
	readonly used: number;
	/** what the pairs are made of */
	readonly over: string;
	readonly notes: readonly string[];
}

function figureOf(
	title: string,
	variables: readonly Variable[],
	options: PlotOptions,
	{ used, over, notes }: Context,
): Figure {
	const pairs = matrixOf(variables);
	const names = uniqueNames(variables.map(({ name }) => name));
	const size = names.length;
	return {
		data: [cells(names, pairs, options)],
		layout: layoutOf(
			title,
			options,
			{
				xaxis: { ...categories(names), tickangle: -45 },
				yaxis: categories([...names].reverse()),
			},
			{ showlegend: false },
		),
		title,
		summary: summaryOf(pairs, size, over),
		used,
		notes,
		table: tableOf(pairs.flatMap((row, i) => row.slice(0, i))),
	};
}

/** A row a variable; each pair is computed once. */
function matrixOf(variables: readonly Variable[]): Pair[][] {
	const rows = variables.map((b, i) =>
		variables.slice(0, i + 1).map((a): Pair => ({
			a: a.name,
			b: b.name,
			...pearson(a.values, b.values),
		})),
	);
	return rows.map((row, i) => [...row, ...rows.slice(i + 1).map((later) => later[i]!)]);
}

const categories = (names: readonly string[]) =>
	({
		type: 'category',
		categoryorder: 'array',
		categoryarray: names,
		showgrid: false,
	}) as const;

/** Two shortened names may look the same, which would make them one category. */
function uniqueNames(names: readonly string[]): string[] {
	const seen = new Map<string, number>();
	return names.map((name) => {
		const short = plotName(name);
		const times = (seen.get(short) ?? 0) + 1;
		seen.set(short, times);
		return times === 1 ? short : `${short} (${times})`;
	});
}

/** The first variable is at the top. */
function cells(
	names: readonly string[],
	pairs: readonly (readonly Pair[])[],
	{ theme }: PlotOptions,
): HeatmapTrace {
	const rows = [...pairs].reverse();
	return {
		type: 'heatmap',
		x: names,
		y: [...names].reverse(),
		z: rows.map((row) => Float64Array.from(row, ({ r }) => r)),
		customdata: rows.map((row) => row.map(({ r }) => twoDecimals(r))),
		texttemplate: '%{customdata}',
		colorscale: paletteOf(theme).diverging,
		zmin: -1,
		zmax: 1,
		showscale: true,
		colorbar: { title: { text: 'Pearson’s r' } },
		hoverongaps: false,
		zsmooth: false,
		hovertemplate: '%{y} and %{x}<br>r = %{z:.4f}<extra></extra>',
	};
}

/** −0.00 is 0.00. */
const twoDecimals = (r: number) =>
	Number.isNaN(r) ? '' : (Math.round(r * 100) / 100 + 0).toFixed(2);

function summaryOf(pairs: readonly (readonly Pair[])[], size: number, over: string): string {
	const below = pairs.flatMap((row, i) => row.slice(0, i)).filter(({ r }) => !Number.isNaN(r));
	const head = `Pearson’s r among ${counted(size, 'variable')} over ${over}`;
	let strongest = below[0];
	if (!strongest) return `${head}: no pair has one.`;
	for (const pair of below) if (Math.abs(pair.r) > Math.abs(strongest.r)) strongest = pair;
	const { a, b, r, n } = strongest;
	return `${head}: the strongest is ${twoDecimals(r)}, of ${displayName(a)} and ${displayName(b)} (n = ${countText(n)}).`;
}

function tableOf(pairs: readonly Pair[]): FigureColumn[] {
	return [
		{ title: 'First', unit: 'none', values: pairs.map(({ a }) => a) },
		{ title: 'Second', unit: 'none', values: pairs.map(({ b }) => b) },
		{ title: 'Pearson’s r', unit: 'plain', values: pairs.map(({ r }) => r) },
		{ title: 'Pairs', unit: 'count', values: pairs.map(({ n }) => n) },
	];
}
