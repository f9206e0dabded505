/**
 * A panel a dataset with the best nets of that dataset: their mean at each epoch, by epoch or by time.
 * Shared by `top-epoch` and `top-time`.
 */
import { displayName } from '../../url/display-name';
import { bestPerRun, rankNets } from '../best-per-run';
import type { TrialColumns } from '../columns';
import { mean } from '../quantile';
import { meanRecorded } from '../summary';
import { epochAxis, timeAxis, timeUnit, type TimeUnit } from './axes';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { limitNotes, topOf } from './leaders';
import { netEpochs } from './net-epochs';
import { paletteOf } from './palette';
import { panelAxes, panelGrid, panelTitles, type Panel } from './panels';
import type { Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { metricWords, mixtureNotes, poolAxis, poolOf, type Pool } from './pool';
import { plotName } from './text';
import { valuesAt } from './values-at';
import { counted, exactTimeText, fractionText } from './words';

/** The rows of a net at an epoch. */
interface Point {
	readonly epoch: number;
	readonly records: number;
	readonly mean: number;
	/** mean of the recorded cumulative durations, ns; NaN where none is */
	readonly time: number;
}

interface NetLine {
	readonly dataset: string;
	readonly name: string;
	/** mean best per run, by which the nets were chosen */
	readonly score: number;
	/** in order of what is on the x axis */
	readonly points: readonly Point[];
	/** epochs without a recorded time, where one is needed */
	readonly untimed: number;
}

interface NetPanel {
	readonly dataset: string;
	readonly lines: readonly NetLine[];
}

type Across = 'epoch' | 'time';

/** @param across what is on the x axes */
export function drawNetGrid(
	spec: Pick<PlotSpec, 'title' | 'top'>,
	rows: PlotRows,
	options: PlotOptions,
	across: Across,
): Figure {
	const pool = poolOf(rows, options, 'task');
	if (!pool) return emptyFigure(spec, options, NO_ROWS);
	const all = panelsOf(rows.columns, pool, topOf(spec, options), across);
	const shown = all.filter(({ lines }) => lines.some(({ points }) => points.length > 0));
	if (shown.length === 0) return emptyFigure(spec, options, NO_TIME);
	const unit = across === 'time' ? unitOf(shown) : undefined;
	const title = `${spec.title}: ${pool.name}`;
	const grid = panelGrid(shown.length);
	const names = distinctNames(shown);
	return {
		data: tracesOf(shown, grid, names, unit, options),
		layout: layoutOf(title, options, axesOf(pool, grid, unit), {
			annotations: panelTitles(
				grid,
				shown.map(({ dataset }) => dataset),
			),
		}),
		title,
		summary: summaryOf(pool, shown, across),
		used: pool.ids.length,
		notes: notesOf(pool, all, shown, options),
		table: tableOf(shown),
		brush: {
			x: unit ? { field: 'duration', scale: unit.scale } : { field: 'epoch', scale: 1 },
			y: { field: 'accuracy', scale: 1 },
		},
		within: { ...pool.within, dataset: shown.map(({ dataset }) => dataset), nn: names },
	};
}

const NO_TIME =
	'None of these records has a recorded time, so none can be placed on an axis of time. Draw the best nets over epochs instead.';

function panelsOf(columns: TrialColumns, pool: Pool, top: number, across: Across): NetPanel[] {
	return pool.datasets.map((dataset) => {
		const ids = rowsOf(pool, dataset);
		const leaders = rankNets(columns, bestPerRun(columns, ids)).slice(0, top);
		const names = leaders.map(({ name }) => name);
		const lines = netEpochs(columns, ids, names).map(({ name, epochs }, i): NetLine => {
			const points = epochs.map(({ epoch, trials }) => pointOf(columns, epoch, trials));
			const placed = across === 'time' ? byTime(points) : points;
			return {
				dataset,
				name,
				score: leaders[i]?.mean ?? NaN,
				points: placed,
				untimed: points.length - placed.length,
			};
		});
		return { dataset, lines };
	});
}

/** Rows of a dataset, whatever their metric: nn-stat mixes those of text generation. */
function rowsOf({ boards }: Pool, dataset: string): Uint32Array {
	const [first, ...others] = boards.filter((board) => board.dataset === dataset);
	const ids = first?.ids ?? new Uint32Array(0);
	if (others.length === 0) return ids;
	return Uint32Array.from([...ids, ...others.flatMap((board) => [...board.ids])]).sort();
}

function pointOf({ accuracy, duration }: TrialColumns, epoch: number, trials: Uint32Array): Point {
	return {
		epoch,
		records: trials.length,
		mean: mean(valuesAt(accuracy, trials).sort()),
		time: meanRecorded(duration, trials),
	};
}

const byTime = (points: readonly Point[]) =>
	points.filter(({ time }) => !Number.isNaN(time)).sort((a, b) => a.time - b.time);

/** One unit for all panels, so that they can be compared: that of the middle panel's longest time. */
function unitOf(panels: readonly NetPanel[]): TimeUnit {
	const longest = panels
		.map(({ lines }) => Math.max(...lines.flatMap(({ points }) => points.map(({ time }) => time))))
		.sort((a, b) => a - b);
	return timeUnit(longest[Math.floor(longest.length / 2)] ?? 0);
}

/** A net has one style in every panel. */
function distinctNames(panels: readonly NetPanel[]): string[] {
	return [
		...new Set(
			panels.flatMap(({ lines }) =>
				lines.filter(({ points }) => points.length > 0).map(({ name }) => name),
			),
		),
	];
}

function tracesOf(
	panels: readonly NetPanel[],
	grid: readonly Panel[],
	names: readonly string[],
	unit: TimeUnit | undefined,
	{ theme }: PlotOptions,
): ScatterTrace[] {
	const palette = paletteOf(theme);
	const listed = new Set<string>();
	return panels.flatMap(({ lines }, i) =>
		lines.flatMap(({ name, dataset, points }): ScatterTrace[] => {
			if (points.length === 0) return [];
			const index = names.indexOf(name);
			const { color, dash, symbol } = palette.series(index);
			const showlegend = !listed.has(name);
			listed.add(name);
			const shown = plotName(name);
			const head = `${shown} on ${plotName(dataset)}`;
			return [
				{
					type: 'scatter',
					mode: 'lines+markers',
					name: shown,
					legendgroup: String(index),
					showlegend,
					xaxis: grid[i]!.xaxis,
					yaxis: grid[i]!.yaxis,
					x: Float64Array.from(points, ({ epoch, time }) => (unit ? time / unit.scale : epoch)),
					y: Float64Array.from(points, (point) => point.mean),
					line: { color, width: 1.5, dash },
					marker: { color, symbol, size: 4 },
					text: points.map((point) => `${head}<br>${pointText(point)}`),
					hovertemplate: '%{text}<extra></extra>',
				},
			];
		}),
	);
}

function pointText({ epoch, records, mean, time }: Point): string {
	const score = `Epoch ${epoch}<br>Mean ${fractionText(mean)} of ${counted(records, 'record')}`;
	return Number.isNaN(time) ? score : `${score}<br>Mean ${exactTimeText(time)} so far`;
}

function axesOf(pool: Pool, grid: readonly Panel[], unit: TimeUnit | undefined) {
	const x = unit ? timeAxis('Mean time since the start of the run', unit) : epochAxis();
	return panelAxes(grid, () => ({ x, y: poolAxis(pool, 'Mean') }));
}

function notesOf(
	pool: Pool,
	all: readonly NetPanel[],
	shown: readonly NetPanel[],
	options: PlotOptions,
): string[] {
	const absent = all.filter((panel) => !shown.includes(panel)).map(({ dataset }) => dataset);
	const notes = mixtureNotes({ ...pool, datasets: [] }, options);
	if (absent.length > 0)
		notes.push(`No time is recorded for the best nets of ${absent.map(displayName).join(', ')}.`);
	const untimed = shown.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.untimed, 0);
	if (untimed > 0)
		notes.push(`${counted(untimed, 'epoch')} of a net without a recorded time cannot be placed.`);
	return [...notes, ...limitNotes(options)];
}

function tableOf(panels: readonly NetPanel[]): FigureColumn[] {
	const points = panels.flatMap(({ lines }) =>
		lines.flatMap((line) => line.points.map((point) => ({ ...line, ...point }))),
	);
	const column = (
		title: string,
		unit: FigureColumn['unit'],
		of: (point: (typeof points)[number]) => number,
	): FigureColumn => ({ title, unit, values: Float64Array.from(points, of) });
	return [
		{ title: 'Dataset', unit: 'none', values: points.map(({ dataset }) => dataset) },
		{ title: 'Net', unit: 'none', values: points.map(({ name }) => name) },
		column('Mean best per run', 'fraction', ({ score }) => score),
		column('Epoch', 'count', ({ epoch }) => epoch),
		column('Records', 'count', ({ records }) => records),
		column('Mean', 'fraction', (point) => point.mean),
		column('Mean time so far', 'ns', ({ time }) => time),
	];
}

function summaryOf(pool: Pool, panels: readonly NetPanel[], across: Across): string {
	const points = panels.flatMap(({ lines }) =>
		lines.flatMap((line) => line.points.map((point) => ({ ...line, ...point }))),
	);
	const [best] = points.sort((a, b) => b.mean - a.mean);
	if (!best) return NO_ROWS;
	const nets = new Set(points.map(({ name }) => name)).size;
	const when = across === 'time' ? `after ${exactTimeText(best.time)}` : `at epoch ${best.epoch}`;
	return `Mean ${metricWords(pool)} of the best nets (${nets} in all) on ${counted(panels.length, 'dataset')} of ${displayName(pool.task)} by ${across}; the highest is ${fractionText(best.mean)} of ${displayName(best.name)} on ${displayName(best.dataset)} ${when}.`;
}
