/**
 * LEMUR's `accuracy_vs_training_time` and `iou_vs_training_time` of its aggregated rows: the mean of
 * each net at an epoch against its mean time. Single records are in `rows-time.ts`.
 */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { meansOf, type MeanTable } from '../means';
import type { TrialColumns } from '../columns';
import { metricAxis, timeAxis, timeUnit, type TimeUnit } from './axes';
import { metricRows } from './boards';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { AGGREGATED, aggregatedRows } from './lemur-rows';
import { paletteOf } from './palette';
import type {
	Figure,
	FigureColumn,
	LayoutAxes,
	PlotOptions,
	PlotRows,
	PlotSpec,
	PlotWindow,
	ScatterTrace,
} from './plot';
import { sampleOf } from './sample';
import { seriesNames } from './series-names';
import { plotName } from './text';
import { counted, countText, exactTimeText, fractionText, timeText } from './words';
import { zoomOf, zoomRange } from './zoom';

/** Most means drawn as points. */
const MAX_POINTS = 5_000;

export const meansTime: PlotSpec = {
	id: 'means-time',
	title: 'Means by time',
	about:
		'The mean of each net’s records at an epoch against the mean time since the start of the run, coloured by dataset.',
	group: 'LEMUR',
	controls: ['metric', 'window'],
	difference:
		'LEMUR draws this for accuracy and IoU only and colours by task, so that datasets cannot be told apart. Corrected draws any metric, coloured by dataset.',
	size: [10, 6],
	draw,
};

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const lemur = options.mode === 'lemur';
	const part = metricRows(lemur ? aggregatedRows(rows) : rows, options);
	const dropped = options.metric !== undefined && !AGGREGATED.includes(options.metric);
	if (!part || (lemur && dropped))
		return emptyFigure(meansTime, options, lemur ? NOT_AGGREGATED : NO_ROWS);
	const { metric, ids } = part;
	const { columns } = rows;
	const means = meansOf(columns, ids);
	const placed = where(means.count, (g) => !Number.isNaN(means.duration[g]!));
	if (placed.length === 0) return emptyFigure(meansTime, options, NO_TIME);
	const unit = timeUnit(placed.reduce((max, g) => Math.max(max, means.duration[g]!), 0));
	const inView = placed.filter(inside(means, options.window, unit));
	if (inView.length === 0) return emptyFigure(meansTime, options, NOTHING_HERE);
	const drawn = sampleOf(inView, MAX_POINTS, [means.duration, means.mean]);
	const title = `${meansTime.title}: ${displayName(metricTitle(metric))}`;
	const data = tracesOf({ columns, means, metric, unit }, drawn, options);
	return {
		data,
		layout: layoutOf(title, options, axesOf(metric, unit, options), {
			showlegend: data.length > 1,
		}),
		title,
		summary: summaryOf({ columns, means, metric, unit }, placed),
		used: ids.length,
		notes: notesOf(means.count, placed.length, inView.length, drawn.length),
		table: tableOf({ columns, means, metric, unit }, options.whole ? inView : drawn),
		brush: { x: { field: 'duration', scale: unit.scale }, y: { field: 'accuracy', scale: 1 } },
		within: { metric: [metric] },
	};
}

const NOT_AGGREGATED =
	'LEMUR draws this plot for accuracy and IoU only. Choose one of them, or the corrected figure.';
const NO_TIME = 'No record here has a recorded time, so none can be placed on an axis of time.';
const NOTHING_HERE = 'No mean lies in this part of the plane. Reset the zoom.';

/** What is drawn, in which terms. */
interface Cloud {
	readonly columns: TrialColumns;
	readonly means: MeanTable;
	readonly metric: string;
	readonly unit: TimeUnit;
}

/** @returns the indices below `count` that pass */
function where(count: number, passes: (g: number) => boolean): Uint32Array {
	const kept = new Uint32Array(count);
	let n = 0;
	for (let g = 0; g < count; g++) if (passes(g)) kept[n++] = g;
	return kept.slice(0, n);
}

function inside(
	{ mean, duration }: MeanTable,
	window: PlotWindow | undefined,
	unit: TimeUnit,
): (g: number) => boolean {
	const [xMin, xMax] = zoomOf(window, 'x') ?? [-Infinity, Infinity];
	const [yMin, yMax] = zoomOf(window, 'y') ?? [-Infinity, Infinity];
	return (g) => {
		const x = duration[g]! / unit.scale;
		return x >= xMin && x <= xMax && mean[g]! >= yMin && mean[g]! <= yMax;
	};
}

function axesOf(metric: string, unit: TimeUnit, { window }: PlotOptions): LayoutAxes {
	return {
		xaxis: { ...timeAxis('Mean time since the start of the run', unit), ...zoomRange(window, 'x') },
		yaxis: { ...metricAxis(metric), ...zoomRange(window, 'y') },
	};
}

/** One series a dataset, or a task as LEMUR has it. */
function tracesOf(
	{ columns, means, metric, unit }: Cloud,
	drawn: Uint32Array,
	{ mode, theme }: PlotOptions,
): ScatterTrace[] {
	const palette = paletteOf(theme);
	const series = seriesNames(columns.tasks, mode === 'lemur' ? 'task' : 'dataset', metric);
	const ofTask = columns.tasks.map(series.of);
	const hover = hoverReader(columns, means);
	return series.names.flatMap((name, i): ScatterTrace[] => {
		const own = drawn.filter((g) => ofTask[means.task[g]!] === i);
		if (own.length === 0) return [];
		const style = palette.series(i);
		return [
			{
				type: 'scatter',
				mode: 'markers',
				name: plotName(name),
				x: Float64Array.from(own, (g) => means.duration[g]! / unit.scale),
				y: Float64Array.from(own, (g) => means.mean[g]!),
				text: Array.from(own, hover),
				marker: { color: style.color, symbol: style.symbol, size: 7, opacity: 0.6 },
				hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
			},
		];
	});
}

function hoverReader({ nns }: TrialColumns, means: MeanTable): (g: number) => string {
	const names = new Map<number, string>();
	return (g) => {
		const nn = means.nn[g]!;
		let name = names.get(nn);
		if (name === undefined) names.set(nn, (name = plotName(nns[nn] ?? '')));
		return `${name}<br>Epoch ${means.epoch[g]}: ${fractionText(means.mean[g]!)}, n = ${means.n[g]}<br>Mean time ${exactTimeText(means.duration[g]!)}`;
	};
}

function summaryOf({ columns, means, metric }: Cloud, placed: Uint32Array): string {
	let [first, last, best] = [placed[0]!, placed[0]!, placed[0]!];
	for (let i = 1; i < placed.length; i++) {
		const g = placed[i]!;
		if (means.duration[g]! < means.duration[first]!) first = g;
		if (means.duration[g]! > means.duration[last]!) last = g;
		if (means.mean[g]! > means.mean[best]!) best = g;
	}
	const time = (g: number) => timeText(means.duration[g]!);
	const nn = displayName(columns.nns[means.nn[best]!] ?? '');
	const dataset = displayName(columns.tasks[means.task[best]!]?.dataset ?? '');
	return `${counted(placed.length, 'mean')} of a net at an epoch, after ${time(first)} to ${time(last)}: the highest ${displayName(metricTitle(metric))} is ${fractionText(means.mean[best]!)}, of ${nn} on ${dataset} at epoch ${means.epoch[best]} after ${time(best)}.`;
}

function notesOf(all: number, placed: number, inView: number, drawn: number): string[] {
	const notes: string[] = [];
	if (drawn < inView)
		notes.push(
			`${countText(drawn)} of ${countText(inView)} means drawn and listed, evenly chosen; zoom in for the others. A saved CSV or JSON has all.`,
		);
	else if (inView < placed)
		notes.push(
			`${countText(inView)} of ${countText(placed)} means lie in this part; all of them are drawn.`,
		);
	if (placed < all)
		notes.push(`${counted(all - placed, 'mean')} without a recorded time cannot be placed here.`);
	return notes;
}

function tableOf({ columns, means, metric }: Cloud, drawn: Uint32Array): FigureColumn[] {
	const text = (title: string, of: (g: number) => string | undefined): FigureColumn => ({
		title,
		unit: 'none',
		values: Array.from(drawn, (g) => of(g) ?? ''),
	});
	const numbers = (
		title: string,
		unit: FigureColumn['unit'],
		from: ArrayLike<number>,
	): FigureColumn => ({ title, unit, values: Float64Array.from(drawn, (g) => from[g]!) });
	const board = (g: number) => columns.tasks[means.task[g]!];
	return [
		text('Task', (g) => board(g)?.task),
		text('Dataset', (g) => board(g)?.dataset),
		text('Net', (g) => columns.nns[means.nn[g]!]),
		numbers('Epoch', 'count', means.epoch),
		numbers(`Mean ${metricTitle(metric)}`, 'fraction', means.mean),
		numbers('Mean time so far', 'ns', means.duration),
		numbers('Records', 'count', means.n),
	];
}
