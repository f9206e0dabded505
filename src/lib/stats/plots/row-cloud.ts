/**
 * Every record as a point of accuracy against epoch or time: points while few are in view, else a
 * density image. Shared by `rows-epoch` and `rows-time`; counts always cover all records.
 */
import { displayName } from '../../url/display-name';
import type { TrialColumns } from '../columns';
import { metricTitle } from '../fields';
import { scatter, type ScatterImage, type Viewport } from '../scatter';
import { epochAxis, timeAxis, timeUnit, type TimeUnit } from './axes';
import { metricRows, taskOf } from './boards';
import { densityImage, type CellAxis } from './density-image';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { MIXED_METRICS, scoreAxis } from './lemur-rows';
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
import { seriesNames } from './series-names';
import { plotName, plotText } from './text';
import { counted, countText, exactTimeText, fractionText, timeText } from './words';
import { zoomOf } from './zoom';

/** Most records drawn as points. */
export const MAX_POINTS = 20_000;

/** Cells of a density image. */
const ACROSS = 240;
const UP = 150;

type Column = 'epoch' | 'duration';

/** What is drawn, and how its x axis counts. */
interface Cloud {
	readonly columns: TrialColumns;
	readonly ids: Uint32Array;
	readonly column: Column;
	/** LEMUR's name; undefined where all metrics share the axis */
	readonly metric: string | undefined;
	readonly unit: TimeUnit | undefined;
	/** data units in one unit of the x axis */
	readonly scale: number;
	/** of all records that can be drawn, in data units */
	readonly extent: Viewport;
}

/** @param column what is on the x axis */
export function drawCloud(
	spec: Pick<PlotSpec, 'title'>,
	rows: PlotRows,
	options: PlotOptions,
	column: Column,
): Figure {
	const cloud = cloudOf(rows, options, column);
	if (!cloud) return emptyFigure(spec, options, column === 'duration' ? NO_TIME : NO_ROWS);
	const image = imageOf(cloud, options.window);
	if (image.inside === 0) return emptyFigure(spec, options, NOTHING_HERE);
	const { data, table } = image.points
		? pointTraces(cloud, image.points, options)
		: cellTraces(cloud, image, options);
	const title = `${spec.title}: ${scoreOf(cloud)}`;
	const showlegend = image.points !== undefined && data.length > 1;
	return {
		data,
		layout: layoutOf(title, options, axesOf(cloud, options.window), { showlegend }),
		title,
		summary: summaryOf(cloud, image),
		used: image.inside + image.outside,
		notes: notesOf(cloud, image, options),
		table,
		brush: { x: { field: column, scale: cloud.scale }, y: { field: 'accuracy', scale: 1 } },
		...(cloud.metric === undefined ? {} : { within: { metric: [cloud.metric] } }),
	};
}

const NO_TIME =
	'No record here has a recorded time, so none can be placed on an axis of time. Draw accuracy against epoch instead.';
const NOTHING_HERE = 'No record lies in this part of the plane. Reset the zoom.';

function cloudOf(rows: PlotRows, options: PlotOptions, column: Column): Cloud | undefined {
	const { columns } = rows;
	const part = options.mode === 'lemur' ? undefined : metricRows(rows, options);
	const ids = part?.ids ?? rows.ids;
	const extent = extentOf(columns[column], columns.accuracy, ids);
	if (extent.xMin > extent.xMax) return undefined;
	const unit = column === 'duration' ? timeUnit(extent.xMax) : undefined;
	return { columns, ids, column, metric: part?.metric, unit, scale: unit?.scale ?? 1, extent };
}

/** Over the trials that have both values; xMin > xMax where none has. */
function extentOf(x: Float64Array | Uint16Array, y: Float64Array, ids: Uint32Array): Viewport {
	let [xMin, xMax, yMin, yMax] = [Infinity, -Infinity, Infinity, -Infinity];
	for (let i = 0; i < ids.length; i++) {
		const right = x[ids[i]!]!;
		const up = y[ids[i]!]!;
		if (Number.isNaN(right) || Number.isNaN(up)) continue;
		if (right < xMin) xMin = right;
		if (right > xMax) xMax = right;
		if (up < yMin) yMin = up;
		if (up > yMax) yMax = up;
	}
	return { xMin, xMax, yMin, yMax };
}

function imageOf(cloud: Cloud, window: PlotWindow | undefined): ScatterImage {
	const viewport = viewOf(cloud, window);
	return scatter(cloud.columns, cloud.ids, {
		x: cloud.column,
		y: 'accuracy',
		xLog: false,
		yLog: false,
		width: wholeEpochs(cloud, viewport) ? viewport.xMax - viewport.xMin : ACROSS,
		height: UP,
		maxPoints: MAX_POINTS,
		viewport,
	});
}

/** What is in view, in data units: the zoomed part where it has a size, else all. */
function viewOf({ column, scale, extent }: Cloud, window: PlotWindow | undefined): Viewport {
	const x = zoomOf(window, 'x');
	const [xMin, xMax] = x ? [x[0] * scale, x[1] * scale] : [extent.xMin, extent.xMax];
	const [yMin, yMax] = zoomOf(window, 'y') ?? widened(extent.yMin, extent.yMax);
	if (column === 'duration') {
		const [from, to] = widened(xMin, xMax);
		return { xMin: from, xMax: to, yMin, yMax };
	}
	// Half an epoch to either side, so that every epoch in view has a column of its own.
	const first = Math.max(Math.ceil(xMin), extent.xMin);
	const last = Math.min(Math.floor(xMax), extent.xMax);
	if (first > last) return { xMin: first - 0.75, xMax: first - 0.5, yMin, yMax };
	return { xMin: first - 0.5, xMax: last + 0.5, yMin, yMax };
}

/** A single value gets room on either side. */
function widened(min: number, max: number): readonly [number, number] {
	const half = min < max ? 0 : Math.abs(min) / 20 || 0.5;
	return [min - half, max + half];
}

/** Whether each column of an image is one epoch. */
function wholeEpochs({ column }: Cloud, { xMin, xMax }: Viewport): boolean {
	return column === 'epoch' && Number.isInteger(xMax - xMin) && xMax - xMin <= ACROSS;
}

const xTitle = ({ column }: Cloud) => (column === 'epoch' ? 'Epoch' : 'Time so far');

function cellTraces(cloud: Cloud, image: ScatterImage, { theme }: PlotOptions) {
	const whole = wholeEpochs(cloud, image.viewport);
	const x: CellAxis = {
		cells: whole ? image.viewport.xMax - image.viewport.xMin : ACROSS,
		scale: cloud.scale,
		title: xTitle(cloud),
		unit: cloud.column === 'epoch' ? 'count' : 'ns',
		whole,
	};
	const y: CellAxis = { cells: UP, scale: 1, title: scoreOf(cloud), unit: 'fraction' };
	const { trace, table } = densityImage(image, x, y, paletteOf(theme));
	return { data: [trace], table };
}

type Points = NonNullable<ScatterImage['points']>;

/** One series a leaderboard, or a task where metrics are mixed. */
function pointTraces(cloud: Cloud, points: Points, { theme }: PlotOptions) {
	const { columns, scale, metric } = cloud;
	const { tasks } = columns;
	const series = seriesNames(tasks, metric === undefined ? 'task' : 'dataset', metric);
	const ofTask = tasks.map(series.of);
	const palette = paletteOf(theme);
	const of = Uint16Array.from(points.trial, (trial) => ofTask[taskOf(columns, trial)]!);
	const hover = hoverReader(columns);
	const data = series.names.flatMap((name, place): ScatterTrace[] => {
		const own = indicesOf(of, place);
		if (own.length === 0) return [];
		const style = palette.series(place);
		return [
			{
				type: 'scatter',
				mode: 'markers',
				name: plotName(name),
				x: Float64Array.from(own, (i) => points.x[i]! / scale),
				y: Float64Array.from(own, (i) => points.y[i]!),
				text: Array.from(own, (i) => hover(points.trial[i]!)),
				marker: { color: style.color, symbol: style.symbol, size: 5, opacity: 0.6 },
				hovertemplate: `%{text}<br>${scoreOf(cloud)} %{y:.4f}<extra>%{fullData.name}</extra>`,
			},
		];
	});
	return { data, table: pointTable(cloud, points) };
}

function indicesOf(of: Uint16Array, series: number): Uint32Array {
	const own = new Uint32Array(of.length);
	let n = 0;
	for (let i = 0; i < of.length; i++) if (of[i] === series) own[n++] = i;
	return own.subarray(0, n);
}

const nnOf = ({ configs, runs, run }: TrialColumns, trial: number) =>
	configs.nn[runs.config[run[trial]!]!]!;

/** A hover's text of one record. */
function hoverReader(columns: TrialColumns): (trial: number) => string {
	const names = new Map<number, string>();
	return (trial) => {
		const nn = nnOf(columns, trial);
		let name = names.get(nn);
		if (name === undefined) names.set(nn, (name = plotName(columns.nns[nn] ?? '')));
		return `${name}<br>Epoch ${columns.epoch[trial]}<br>${exactTimeText(columns.duration[trial]!)} so far`;
	};
}

function pointTable({ columns, metric }: Cloud, { trial }: Points): FigureColumn[] {
	const text = (title: string, of: (trial: number) => string | undefined): FigureColumn => ({
		title,
		unit: 'none',
		values: Array.from(trial, (t) => of(t) ?? ''),
	});
	const number = (title: string, unit: FigureColumn['unit'], from: ArrayLike<number>) => ({
		title,
		unit,
		values: Float64Array.from(trial, (t) => from[t]!),
	});
	const board = (t: number) => columns.tasks[taskOf(columns, t)];
	return [
		text('Task', (t) => board(t)?.task),
		text('Dataset', (t) => board(t)?.dataset),
		text('Metric', (t) => board(t)?.metric),
		text('Net', (t) => columns.nns[nnOf(columns, t)]),
		number('Epoch', 'count', columns.epoch),
		number(metric === undefined ? 'accuracy' : metricTitle(metric), 'fraction', columns.accuracy),
		number('Time so far', 'ns', columns.duration),
	];
}

function axesOf(cloud: Cloud, window: PlotWindow | undefined): LayoutAxes {
	const { column, unit, metric, extent, scale } = cloud;
	const x = unit ? timeAxis('Time since the start of the run', unit) : epochAxis();
	const y = scoreAxis(metric);
	const room = column === 'epoch' ? 0.5 : (extent.xMax - extent.xMin) / scale / 50 || 0.5;
	const height = (extent.yMax - extent.yMin) / 50 || 0.025;
	const xRange = zoomOf(window, 'x');
	const yRange = zoomOf(window, 'y');
	return {
		xaxis: { ...x, range: xRange ?? [extent.xMin / scale - room, extent.xMax / scale + room] },
		yaxis: { ...y, range: yRange ?? [extent.yMin - height, extent.yMax + height] },
	};
}

/** What the y axis holds. */
const scoreOf = ({ metric }: Cloud) =>
	metric === undefined ? 'accuracy' : plotText(metricTitle(metric));

function summaryOf(cloud: Cloud, image: ScatterImage): string {
	const { extent, column, metric } = cloud;
	const across =
		column === 'duration'
			? `over ${timeText(extent.xMin)} to ${timeText(extent.xMax)} since the start of the run`
			: extent.xMin === extent.xMax
				? `at epoch ${extent.xMin}`
				: `over epochs ${extent.xMin} to ${extent.xMax}`;
	const what = metric === undefined ? 'accuracy of every metric' : displayName(metricTitle(metric));
	return `${counted(image.inside + image.outside, 'record')} ${across}: ${what} from ${fractionText(extent.yMin)} to ${fractionText(extent.yMax)}.`;
}

function notesOf(cloud: Cloud, image: ScatterImage, { mode }: PlotOptions): string[] {
	const { inside, outside, missing } = image;
	const notes: string[] = [];
	const all = inside + outside;
	if (!image.points)
		notes.push(
			outside === 0
				? `Density of all ${countText(all)} records; zoom in for points.`
				: `Density of the ${countText(inside)} of ${countText(all)} records in this part; zoom in for points.`,
		);
	else if (outside > 0)
		notes.push(
			`${countText(inside)} of ${countText(all)} records lie in this part; all of them are drawn.`,
		);
	if (missing > 0)
		notes.push(`${counted(missing, 'record')} without a recorded time cannot be placed here.`);
	if (mode === 'lemur') notes.push(MIXED_METRICS);
	return notes;
}
