/**
 * LEMUR's `accuracy_vs_training_time` and `iou_vs_training_time` of its aggregated rows: the mean of
 * each net at an epoch against its mean time. Single records are in `rows-time.ts`.
 */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { metricAxis, timeAxis, timeUnit, type TimeUnit } from './axes';
import { metricRows } from './boards';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { AGGREGATED, aggregatedRows } from './lemur-rows';
import { netMeans, type NetMeans } from './net-means';
import { paletteOf } from './palette';
import type {
	Figure,
	FigureColumn,
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
const MAX_POINTS = 20_000;

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

/** A mean of one net at one epoch. */
interface Point {
	readonly net: NetMeans;
	/** index into the net's arrays */
	readonly at: number;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const lemur = options.mode === 'lemur';
	if (lemur && options.metric !== undefined && !AGGREGATED.includes(options.metric))
		return emptyFigure(meansTime, options, NOT_AGGREGATED);
	const part = metricRows(lemur ? aggregatedRows(rows) : rows, options);
	if (!part) return emptyFigure(meansTime, options, lemur ? NOT_AGGREGATED : NO_ROWS);
	const { metric, ids } = part;
	const nets = netMeans(rows.columns, ids);
	const all = nets.flatMap((net) => Array.from(net.mean, (_, at): Point => ({ net, at })));
	const placed = all.filter(({ net, at }) => !Number.isNaN(net.time[at]!));
	if (placed.length === 0) return emptyFigure(meansTime, options, NO_TIME);
	const last = placed.reduce((max, { net, at }) => Math.max(max, net.time[at]!), 0);
	const unit = timeUnit(last);
	const inView = placed.filter(inside(options.window, unit));
	if (inView.length === 0) return emptyFigure(meansTime, options, NOTHING_HERE);
	const drawn = sampleOf(inView, MAX_POINTS, [
		({ net, at }) => net.time[at]!,
		({ net, at }) => net.mean[at]!,
	]);
	const title = `${meansTime.title}: ${displayName(metricTitle(metric))}`;
	const data = tracesOf(drawn, unit, rows, metric, options);
	return {
		data,
		layout: layoutOf(
			title,
			options,
			{
				xaxis: {
					...timeAxis('Mean time since the start of the run', unit),
					...zoomRange(options.window, 'x'),
				},
				yaxis: { ...metricAxis(metric), ...zoomRange(options.window, 'y') },
			},
			{ showlegend: data.length > 1 },
		),
		title,
		summary: summaryOf(placed, nets, metric),
		used: ids.length,
		notes: notesOf(all.length, placed.length, inView.length, drawn.length),
		table: tableOf(drawn, metric),
		brush: {
			x: { field: 'duration', scale: unit.scale },
			y: { field: 'accuracy', scale: 1 },
		},
		within: { metric: [metric] },
	};
}

const NOT_AGGREGATED =
	'LEMUR draws this plot for accuracy and IoU only. Choose one of them, or the corrected figure.';
const NO_TIME = 'No record here has a recorded time, so none can be placed on an axis of time.';
const NOTHING_HERE = 'No mean lies in this part of the plane. Reset the zoom.';

function inside(window: PlotWindow | undefined, unit: TimeUnit): (point: Point) => boolean {
	const [xMin, xMax] = zoomOf(window, 'x') ?? [-Infinity, Infinity];
	const [yMin, yMax] = zoomOf(window, 'y') ?? [-Infinity, Infinity];
	return ({ net, at }) => {
		const x = net.time[at]! / unit.scale;
		const y = net.mean[at]!;
		return x >= xMin && x <= xMax && y >= yMin && y <= yMax;
	};
}

function tracesOf(
	points: readonly Point[],
	unit: TimeUnit,
	{ columns }: PlotRows,
	metric: string,
	{ mode, theme }: PlotOptions,
): ScatterTrace[] {
	const palette = paletteOf(theme);
	const series = seriesNames(columns.tasks, mode === 'lemur' ? 'task' : 'dataset', metric);
	return series.names.flatMap((name, i): ScatterTrace[] => {
		const own = points.filter(({ net }) => series.of(net.board) === i);
		if (own.length === 0) return [];
		const style = palette.series(i);
		return [
			{
				type: 'scatter',
				mode: 'markers',
				name: plotName(name),
				x: Float64Array.from(own, ({ net, at }) => net.time[at]! / unit.scale),
				y: Float64Array.from(own, ({ net, at }) => net.mean[at]!),
				text: hoverTexts(own),
				marker: { color: style.color, symbol: style.symbol, size: 7, opacity: 0.6 },
				hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
			},
		];
	});
}

function hoverTexts(points: readonly Point[]): string[] {
	const names = new Map<NetMeans, string>();
	return points.map(({ net, at }) => {
		let name = names.get(net);
		if (name === undefined) names.set(net, (name = plotName(net.nn)));
		return `${name}<br>Epoch ${net.epochs[at]}: ${fractionText(net.mean[at]!)}, n = ${net.n[at]}<br>Mean time ${exactTimeText(net.time[at]!)}`;
	});
}

function summaryOf(points: readonly Point[], nets: readonly NetMeans[], metric: string): string {
	let first = points[0]!;
	let last = first;
	let best = first;
	for (const point of points) {
		if (timeOf(point) < timeOf(first)) first = point;
		if (timeOf(point) > timeOf(last)) last = point;
		if (meanOf(point) > meanOf(best)) best = point;
	}
	return `${counted(points.length, 'mean')} of ${counted(nets.length, 'net and dataset', 'nets on their datasets')}, from ${timeText(timeOf(first))} to ${timeText(timeOf(last))}: the highest ${displayName(metricTitle(metric))} is ${fractionText(meanOf(best))}, of ${displayName(best.net.nn)} on ${displayName(best.net.board.dataset)} at epoch ${best.net.epochs[best.at]} after ${timeText(timeOf(best))}.`;
}

const timeOf = ({ net, at }: Point) => net.time[at]!;
const meanOf = ({ net, at }: Point) => net.mean[at]!;

function notesOf(all: number, placed: number, inView: number, drawn: number): string[] {
	const notes: string[] = [];
	if (drawn < inView)
		notes.push(
			`${countText(drawn)} of ${countText(inView)} means drawn, evenly chosen; zoom in for the others.`,
		);
	else if (inView < placed)
		notes.push(
			`${countText(inView)} of ${countText(placed)} means lie in this part; all of them are drawn.`,
		);
	if (placed < all)
		notes.push(`${counted(all - placed, 'mean')} without a recorded time cannot be placed here.`);
	return notes;
}

function tableOf(points: readonly Point[], metric: string): FigureColumn[] {
	const text = (title: string, of: (net: NetMeans) => string): FigureColumn => ({
		title,
		unit: 'none',
		values: points.map(({ net }) => of(net)),
	});
	const numbers = (
		title: string,
		unit: FigureColumn['unit'],
		of: (net: NetMeans) => ArrayLike<number>,
	): FigureColumn => ({
		title,
		unit,
		values: Float64Array.from(points, ({ net, at }) => of(net)[at]!),
	});
	return [
		text('Task', ({ board }) => board.task),
		text('Dataset', ({ board }) => board.dataset),
		text('Net', ({ nn }) => nn),
		numbers('Epoch', 'count', ({ epochs }) => epochs),
		numbers(`Mean ${metricTitle(metric)}`, 'fraction', ({ mean }) => mean),
		numbers('Mean time so far', 'ns', ({ time }) => time),
		numbers('Records', 'count', ({ n }) => n),
	];
}
