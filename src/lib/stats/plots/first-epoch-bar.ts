/**
 * LEMUR's raw plot `first_epoch_training_time_distribution_by_model`: the median time at epoch 1 of
 * each net on each dataset. The spread behind the medians is in `first-epoch-violin.ts`.
 */
import type { TaskInfo, TrialColumns } from '../columns';
import { groupTrials } from '../group';
import { quantile, sorted } from '../quantile';
import { distinctSorted } from '../text-order';
import { timeAxis, timeUnit, type TimeUnit } from './axes';
import { emptyFigure, layoutOf } from './figure';
import { firstEpoch } from './first-epoch';
import { paletteOf } from './palette';
import type { Axis, BarTrace, Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec } from './plot';
import { plotName } from './text';
import { counted, countText, exactTimeText, timeText } from './words';

const TOP = 20;
/** Labels of an axis that can still be read. */
const MAX_LABELS = 60;

export const firstEpochBar: PlotSpec = {
	id: 'first-epoch-bar',
	title: 'Time of the first epoch by net',
	about:
		'The median time at epoch 1 of each net on each dataset, on a logarithmic axis; records without a time are left out.',
	group: 'LEMUR',
	controls: ['top'],
	top: TOP,
	difference:
		'LEMUR draws every net, thousands side by side, and joins a dataset’s tasks in one bar. Corrected draws the nets with most records and keeps tasks apart.',
	size: [16, 8],
	draw,
};

/** A bar: a net on a dataset. */
interface Bar {
	readonly nn: string;
	/** of the corrected figure; '' where tasks are joined */
	readonly task: string;
	readonly dataset: string;
	/** ns; NaN where none is recorded */
	readonly median: number;
	/** records with a time, and without */
	readonly n: number;
	readonly missing: number;
}

function draw({ columns, ids }: PlotRows, options: PlotOptions): Figure {
	const lemur = options.mode === 'lemur';
	const bars = barsOf(columns, firstEpoch(columns, ids), lemur);
	if (!bars.some(({ n }) => n > 0))
		return emptyFigure(
			firstEpochBar,
			options,
			'No record of epoch 1 with a time passes the filter. Remove a condition on the epoch or the time.',
		);
	const nets = netsOf(bars, lemur);
	const top = options.top ?? (lemur ? nets.length : TOP);
	const shown = new Map(nets.slice(0, top).map((nn, place) => [nn, place]));
	const drawn = bars.filter(({ nn }) => shown.has(nn));
	const known = drawn.map(({ median }) => median).filter((ns) => ns > 0);
	const unit = timeUnit(quantile(sorted(known), 0.5));
	const used = bars.reduce((sum, { n }) => sum + n, 0);
	return {
		data: tracesOf(drawn, shown, unit, columns, options),
		layout: layoutOf(
			firstEpochBar.title,
			options,
			{ xaxis: netAxis([...shown.keys()]), yaxis: heightAxis(known, unit) },
			{ barmode: 'group', bargap: 0.1 },
		),
		title: firstEpochBar.title,
		summary: summaryOf(drawn, shown.size, used),
		used,
		notes: notesOf(
			bars,
			drawn,
			nets.length - shown.size,
			lemur ? 'the first names' : 'most records',
		),
		table: tableOf(drawn, lemur),
		brush: { y: { field: 'duration', scale: unit.scale } },
		within: { epoch: { min: 1, max: 1 } },
	};
}

/** In the order of net, (task,) dataset. */
function barsOf(columns: TrialColumns, ids: Uint32Array, joined: boolean): Bar[] {
	const fields = joined ? (['nn', 'dataset'] as const) : (['nn', 'task', 'dataset'] as const);
	const { count, order, start, keys } = groupTrials(columns, ids, fields);
	return Array.from({ length: count }, (_, g) => {
		const trials = order.subarray(start[g], start[g + 1]);
		const times = sorted(recorded(columns.duration, trials));
		return {
			nn: keys[0]?.[g] ?? '',
			task: joined ? '' : (keys[1]?.[g] ?? ''),
			dataset: keys.at(-1)?.[g] ?? '',
			median: quantile(times, 0.5),
			n: times.length,
			missing: trials.length - times.length,
		};
	});
}

function recorded(duration: Float64Array, trials: Uint32Array): Float64Array {
	const values = new Float64Array(trials.length);
	let n = 0;
	for (let i = 0; i < trials.length; i++) {
		const value = duration[trials[i]!]!;
		if (!Number.isNaN(value)) values[n++] = value;
	}
	return values.subarray(0, n);
}

/** Nets with a bar: by name as LEMUR, else those with most records first. */
function netsOf(bars: readonly Bar[], byName: boolean): string[] {
	const counts = new Map<string, number>();
	for (const { nn, n } of bars) if (n > 0) counts.set(nn, (counts.get(nn) ?? 0) + n);
	const nets = [...counts];
	if (!byName) nets.sort(([, a], [, b]) => b - a);
	return nets.map(([nn]) => nn);
}

/** One series a dataset; its colour does not depend on the filter. */
function tracesOf(
	bars: readonly Bar[],
	places: ReadonlyMap<string, number>,
	unit: TimeUnit,
	columns: TrialColumns,
	{ theme }: PlotOptions,
): BarTrace[] {
	const palette = paletteOf(theme);
	const joined = bars.every(({ task }) => task === '');
	const kinds = joined
		? distinctSorted(columns.tasks.map(({ dataset }) => dataset)).map((dataset) => ({
				task: '',
				dataset,
			}))
		: distinctPairs(columns.tasks);
	const shared = sharedDatasets(bars);
	return kinds.flatMap(({ task, dataset }, series): BarTrace[] => {
		const own = bars.filter((bar) => bar.task === task && bar.dataset === dataset);
		if (own.length === 0) return [];
		return [
			{
				type: 'bar',
				orientation: 'v',
				name: plotName(shared.has(dataset) ? `${task}, ${dataset}` : dataset),
				x: own.map(({ nn }) => places.get(nn) ?? NaN),
				y: own.map(({ median }) => (median > 0 ? median / unit.scale : NaN)),
				text: own.map(hoverOf),
				textposition: 'none',
				marker: { color: palette.series(series).color },
				hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
			},
		];
	});
}

function distinctPairs(tasks: readonly TaskInfo[]): Pick<TaskInfo, 'task' | 'dataset'>[] {
	return tasks.filter(
		({ task, dataset }, i) =>
			tasks.findIndex((one) => one.task === task && one.dataset === dataset) === i,
	);
}

/** Datasets that the bars of several tasks share. */
function sharedDatasets(bars: readonly Bar[]): Set<string> {
	const first = new Map<string, string>();
	for (const { task, dataset } of bars) if (!first.has(dataset)) first.set(dataset, task);
	return new Set(
		bars.filter(({ task, dataset }) => first.get(dataset) !== task).map(({ dataset }) => dataset),
	);
}

const hoverOf = ({ nn, median, n }: Bar) =>
	`${plotName(nn)}<br>Median ${exactTimeText(median)}<br>${counted(n, 'record')}`;

/** Places, not categories: two shortened names may look the same. */
function netAxis(nets: readonly string[]): Axis {
	const step = Math.ceil(nets.length / MAX_LABELS);
	const places = nets.map((_, place) => place).filter((place) => place % step === 0);
	return {
		type: 'linear',
		title: { text: 'Net' },
		range: [-0.5, nets.length - 0.5],
		tickvals: places,
		ticktext: places.map((place) => plotName(nets[place] ?? '')),
		tickangle: -45,
		showgrid: false,
		zeroline: false,
	};
}

function heightAxis(known: readonly number[], unit: TimeUnit): Axis {
	const axis = timeAxis('Median time of the first epoch', unit, 'log');
	if (known.length === 0) return axis;
	const ascending = sorted(known);
	const low = Math.log10(ascending[0]! / unit.scale);
	const high = Math.log10(ascending.at(-1)! / unit.scale);
	return { ...axis, range: [Math.floor(low * 2 - 0.1) / 2, Math.ceil(high * 2 + 0.1) / 2] };
}

function summaryOf(bars: readonly Bar[], nets: number, used: number): string {
	const medians = sorted(bars.map(({ median }) => median).filter((ns) => !Number.isNaN(ns)));
	return `${counted(used, 'record')} of epoch 1: median times of ${counted(nets, 'net')} on their datasets, from ${timeText(medians[0] ?? NaN)} to ${timeText(medians.at(-1) ?? NaN)}.`;
}

function notesOf(
	bars: readonly Bar[],
	drawn: readonly Bar[],
	hidden: number,
	by: string,
): string[] {
	const notes: string[] = [];
	const missing = bars.reduce((sum, one) => sum + one.missing, 0);
	const zero = drawn.filter(({ median }) => median <= 0).length;
	const nets = new Set(drawn.map(({ nn }) => nn)).size;
	if (hidden > 0)
		notes.push(`Drawn: ${counted(nets, 'net')} of ${countText(nets + hidden)}, those with ${by}.`);
	if (missing > 0) notes.push(`${counted(missing, 'record')} of epoch 1 without a time left out.`);
	if (zero > 0)
		notes.push(
			`${counted(zero, 'bar')} with a median of 0 not drawn: a logarithmic axis has no 0.`,
		);
	return notes;
}

function tableOf(bars: readonly Bar[], joined: boolean): FigureColumn[] {
	const text = (title: string, of: (bar: Bar) => string): FigureColumn => ({
		title,
		unit: 'none',
		values: bars.map(of),
	});
	return [
		text('Net', ({ nn }) => nn),
		...(joined ? [] : [text('Task', ({ task }) => task)]),
		text('Dataset', ({ dataset }) => dataset),
		{ title: 'Median time', unit: 'ns', values: bars.map(({ median }) => median) },
		{ title: 'Records', unit: 'count', values: bars.map(({ n }) => n) },
	];
}
