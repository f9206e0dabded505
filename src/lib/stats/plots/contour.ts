/** What is reached over two hyperparameters: local means of the best value of each run, with level lines. */
import { ticks } from 'd3-array';
import { displayName } from '../../url/display-name';
import type { TrialColumns } from '../columns';
import { metricTitle } from '../fields';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { isolines } from './isolines';
import { localMeans, type LocalMeans } from './local-means';
import { paletteOf } from './palette';
import type {
	Figure,
	FigureColumn,
	HeatmapTrace,
	PlotOptions,
	PlotRows,
	PlotSpec,
	ScatterTrace,
} from './plot';
import { metricWords } from './pool';
import { cellAxis, cellsOf, prmBrush, valueAt, valueText, type Cells } from './prm-axis';
import { nameReader } from './run-names';
import {
	chosenNames,
	lacksParameter,
	searchRuns,
	usualFirst,
	type Parameter,
	type SearchRuns,
} from './search-runs';
import { plotName, plotText } from './text';
import { counted, countText, fractionText } from './words';

/** Cells along an axis of numbers; fewer different values have a cell each. */
const CELLS = 48;
/** How far a run counts along such an axis: a standard deviation, as a share of it, × n^(−1/6) (Scott). */
const SPREAD = 0.19;
/** Level lines, about. */
const LEVELS = 7;
/** Up to so many runs all are drawn as points, above it the best ones. */
const MAX_POINTS = 400;
const BEST = 100;

export const contour: PlotSpec = {
	id: 'contour',
	title: 'Best values over two hyperparameters',
	about:
		'Each run once, at its best epoch, placed by two of its hyperparameters: the colour is the mean over the runs near a place (Gaussian weights, 0.19 · n^(−1/6) of an axis of numbers wide), blank where no run is near. Level lines join equal means.',
	group: 'Hyperparameters',
	controls: ['board', 'prm2'],
	size: [10, 7],
	draw,
};

/** The runs, two parameters of theirs, and the plane they make. */
interface Plane {
	readonly search: SearchRuns;
	readonly x: Parameter;
	readonly y: Parameter;
	readonly across: Cells;
	readonly up: Cells;
	readonly means: LocalMeans;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const chosen = chosenNames(rows.columns, options) ?? [];
	const pick = (common: readonly string[]) =>
		[...new Set([...chosen, ...usualFirst(common)])].slice(0, 2);
	const search = searchRuns(rows, options, pick);
	if (!search) return emptyFigure(contour, options, NO_ROWS);
	const [x, y] = search.parameters;
	if (!x || !y || search.best.length === 0)
		return emptyFigure(contour, options, whyNot(search, chosen));
	const plane = planeOf(search, x, y);
	const title = `${contour.title}: ${search.pool.name}`;
	const [across, up] = [prmBrush(x), prmBrush(y)];
	return {
		data: [
			surfaceTrace(plane, options),
			...levelTraces(plane, options),
			...pointTraces(rows.columns, plane, options),
		],
		layout: layoutOf(title, options, {
			xaxis: cellAxis(x, plane.across),
			yaxis: cellAxis(y, plane.up),
		}),
		title,
		summary: summaryOf(plane),
		used: search.pool.ids.length,
		notes: notesOf(plane, chosen),
		table: tableOf(plane),
		brush: { ...(across ? { x: across } : {}), ...(up ? { y: up } : {}) },
		within: search.pool.within,
	};
}

function whyNot({ pool, parameters, best }: SearchRuns, chosen: readonly string[]): string {
	const [only] = parameters;
	const missing = chosen.find((name) => !parameters.some((one) => one.name === name));
	if (!only || missing !== undefined) return lacksParameter(pool, missing);
	if (best.length === 0)
		return `No run of ${pool.name} here has both ${parameters.map(({ name }) => displayName(name)).join(' and ')}. Choose other hyperparameters.`;
	return `The runs of ${pool.name} here share one hyperparameter, ${displayName(only.name)}, and this plot needs two. Choose another leaderboard.`;
}

function planeOf(search: SearchRuns, x: Parameter, y: Parameter): Plane {
	const across = cellsOf(x, CELLS);
	const up = cellsOf(y, CELLS);
	const cells = new Uint32Array(search.best.length);
	for (let i = 0; i < cells.length; i++)
		cells[i] = up.of(y.values[i]!) * across.count + across.of(x.values[i]!);
	const binned = { columns: across.count, rows: up.count, cells, values: search.accuracy };
	// Cells of one value each are no scale along which runs could be near.
	const spread = ({ equal }: Cells) => (equal ? CELLS * SPREAD * cells.length ** (-1 / 6) : 0);
	return { search, x, y, across, up, means: localMeans(binned, [spread(across), spread(up)]) };
}

function surfaceTrace(plane: Plane, { theme }: PlotOptions): HeatmapTrace {
	const { across, up, means, search } = plane;
	const row = <T>(r: number, of: (cell: number) => T) =>
		Array.from({ length: across.count }, (_, c) => of(r * across.count + c));
	const rows = Array.from({ length: up.count }, (_, r) => r);
	return {
		type: 'heatmap',
		x: across.centres,
		y: up.centres,
		z: rows.map((r) => means.mean.subarray(r * across.count, (r + 1) * across.count)),
		hovertext: rows.map((r) => row(r, (cell) => cellText(plane, cell))),
		colorscale: paletteOf(theme).sequential,
		showscale: true,
		colorbar: { title: { text: `Local mean: ${scoreOf(search)}` } },
		hoverongaps: false,
		zsmooth: false,
		hovertemplate: '%{hovertext}<extra></extra>',
	};
}

const scoreOf = ({ pool }: SearchRuns) => plotText(metricTitle(pool.metrics[0] ?? ''));

function cellText({ x, y, across, up, means }: Plane, cell: number): string {
	const mean = means.mean[cell]!;
	if (Number.isNaN(mean)) return '';
	const [column, row] = [cell % across.count, Math.floor(cell / across.count)];
	const n = means.count[cell]!;
	const own =
		n === 0
			? 'no run in this cell'
			: `${counted(n, 'run')} in this cell, the best ${fractionText(means.highest[cell]!)}`;
	return `${plotName(x.name)} ${across.texts[column]}<br>${plotName(y.name)} ${up.texts[row]}<br>Local mean ${fractionText(mean)}; ${own}`;
}

/** One trace for all levels; none where an axis is no scale. */
function levelTraces(plane: Plane, { theme }: PlotOptions): ScatterTrace[] {
	const { x, y, across, up, means } = plane;
	if (!across.equal || !up.equal) return [];
	const levels = levelsOf(means.mean);
	const heights = { columns: across.count, rows: up.count, values: means.mean };
	const lines = levels.map((level) => isolines(heights, level));
	const place = (parameter: Parameter) => (at: number) =>
		Number.isNaN(at) ? NaN : valueAt(parameter, (at + 0.5) / CELLS);
	const xs = lines.flatMap((line) => line.x.map(place(x)));
	if (xs.length === 0) return [];
	return [
		{
			type: 'scatter',
			mode: 'lines',
			name: levelsText(levels),
			x: xs,
			y: lines.flatMap((line) => line.y.map(place(y))),
			line: { color: paletteOf(theme).text, width: 1 },
			opacity: 0.55,
			hoverinfo: 'skip',
		},
	];
}

function levelsText(levels: readonly number[]): string {
	const [first, second] = levels;
	if (second === undefined) return `Level ${first}`;
	return `Levels ${first} to ${levels.at(-1)}`;
}

function levelsOf(means: Float64Array): number[] {
	const [low, high] = extentOf(means);
	return low < high ? ticks(low, high, LEVELS).filter((level) => level > low && level < high) : [];
}

function extentOf(values: Float64Array): [low: number, high: number] {
	let [low, high] = [Infinity, -Infinity];
	for (let i = 0; i < values.length; i++) {
		if (values[i]! < low) low = values[i]!;
		if (values[i]! > high) high = values[i]!;
	}
	return [low, high];
}

/** Runs in the order of what they reach, the best first; equal ones as they come. */
function ranked({ accuracy }: SearchRuns): Uint32Array {
	return Uint32Array.from(accuracy, (_, i) => i).sort(
		(a, b) => accuracy[b]! - accuracy[a]! || a - b,
	);
}

function pointTraces(columns: TrialColumns, plane: Plane, { theme }: PlotOptions): ScatterTrace[] {
	const { search, x, y } = plane;
	const palette = paletteOf(theme);
	const order = ranked(search);
	const all = order.length <= MAX_POINTS;
	const shown = all ? order : order.slice(0, BEST);
	const name = nameReader(columns);
	const text = (i: number) =>
		`${name(search.best[i]!)}<br>${plotName(x.name)} ${valueText(x, x.values[i]!)}<br>${plotName(y.name)} ${valueText(y, y.values[i]!)}<br>Best at epoch ${columns.epoch[search.best[i]!]}: ${fractionText(search.accuracy[i]!)}`;
	const trace = (title: string, runs: Uint32Array, marker: ScatterTrace['marker']) =>
		({
			type: 'scatter',
			mode: 'markers',
			name: title,
			x: Float64Array.from(runs, (i) => x.values[i]!),
			y: Float64Array.from(runs, (i) => y.values[i]!),
			marker: { ...marker },
			text: Array.from(runs, text),
			hovertemplate: '%{text}<extra></extra>',
		}) as const;
	const warm = palette.series(1).color;
	const others = shown.slice(1);
	return [
		...(others.length > 0
			? [
					trace(all ? 'Other runs' : `Best ${BEST} runs`, others, {
						color: warm,
						size: 5,
						opacity: 0.8,
					}),
				]
			: []),
		trace('Best run', shown.slice(0, 1), { color: warm, symbol: 'star', size: 13 }),
	];
}

function notesOf({ search }: Plane, chosen: readonly string[]): string[] {
	const notes = [...search.notes];
	if (search.best.length > MAX_POINTS)
		notes.push(
			`Colours are of all ${counted(search.best.length, 'run')}; the best ${BEST} are drawn as points.`,
		);
	if (chosen.length > 2)
		notes.push(
			`Two hyperparameters are drawn at a time: the first of ${countText(chosen.length)} chosen.`,
		);
	return notes;
}

function tableOf({ search, x, y, across, up, means }: Plane): FigureColumn[] {
	const coloured = Uint32Array.from(means.mean.keys()).filter(
		(cell) => !Number.isNaN(means.mean[cell]!),
	);
	const score = metricWords(search.pool);
	const numbers = (title: string, unit: FigureColumn['unit'], of: (cell: number) => number) => ({
		title,
		unit,
		values: Float64Array.from(coloured, of),
	});
	const places = (parameter: Parameter, cells: Cells, of: (cell: number) => number) =>
		placeColumns(parameter, cells, Uint32Array.from(coloured, of));
	return [
		...places(x, across, (cell) => cell % across.count),
		...places(y, up, (cell) => Math.floor(cell / across.count)),
		numbers('Runs', 'count', (cell) => means.count[cell]!),
		numbers(`Local mean of ${score}`, 'fraction', (cell) => means.mean[cell]!),
		numbers(`Highest ${score}`, 'fraction', (cell) => means.highest[cell]!),
	];
}

/** The name of a choice, or from where to where a cell reaches. */
function placeColumns(
	{ name, choices }: Parameter,
	{ from, to }: Cells,
	places: Uint32Array,
): FigureColumn[] {
	if (choices.length > 0)
		return [{ title: name, unit: 'none', values: Array.from(places, (i) => choices[i] ?? '') }];
	const column = (title: string, ends: Float64Array): FigureColumn => ({
		title,
		unit: 'plain',
		values: Float64Array.from(places, (i) => ends[i]!),
	});
	return [column(`${name} from`, from), column(`${name} to`, to)];
}

function summaryOf({ search, x, y, across, up, means }: Plane): string {
	let highest = -1;
	for (const [cell, mean] of means.mean.entries())
		if (!(mean <= means.mean[highest]!) && !Number.isNaN(mean)) highest = cell;
	const [best = 0] = ranked(search);
	const at = ({ name }: Parameter, text: string) => `${displayName(name)} ${text}`;
	const cell = `${at(x, across.texts[highest % across.count] ?? '')} and ${at(y, up.texts[Math.floor(highest / across.count)] ?? '')}`;
	const run = `${at(x, valueText(x, x.values[best]!))} and ${at(y, valueText(y, y.values[best]!))}`;
	return `Best ${metricWords(search.pool)} of ${counted(search.best.length, 'run')} of ${search.pool.name} over ${displayName(x.name)} and ${displayName(y.name)}: the local mean is highest, ${fractionText(means.mean[highest]!)}, at ${cell}; the best run reaches ${fractionText(search.accuracy[best]!)} at ${run}.`;
}
