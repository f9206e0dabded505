/**
 * LEMUR's `first_epoch_duration_distribution_<task>`: how the nets' mean times at epoch 1 are
 * distributed on each dataset of a task. Medians by net are in `first-epoch-bar.ts`.
 */
import { displayName } from '../../url/display-name';
import type { TrialColumns } from '../columns';
import { groupTrials } from '../group';
import { kde } from '../kde';
import { quantile, sorted, std } from '../quantile';
import { meanRecorded } from '../summary';
import { distinctSorted } from '../text-order';
import { timeAxis, timeUnit, type TimeUnit } from './axes';
import { boardRows, rowsOfTasks } from './boards';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { firstEpoch } from './first-epoch';
import { AGGREGATED, drawnBoard } from './lemur-rows';
import { paletteOf, withAlpha } from './palette';
import type {
	Axis,
	Figure,
	FigureColumn,
	PlotOptions,
	PlotRows,
	PlotSpec,
	ScatterTrace,
} from './plot';
import { swarmOffsets } from './swarm';
import { plotName } from './text';
import { counted, countText, exactTimeText, timeText } from './words';

/** Points of a swarm that are drawn at most. */
const MAX_SWARM = 1_500;
/** seaborn's: points along a violin, how far it goes beyond the data in bandwidths, half its width. */
const POINTS = 100;
const CUT = 2;
const HALF = 0.4;

export const firstEpochViolin: PlotSpec = {
	id: 'first-epoch-violin',
	title: 'Time of the first epoch',
	about:
		'For each dataset of a task, how the nets’ mean times at epoch 1 are distributed: a violin of the density of their logarithms with lines at the quartiles, and a point for each net.',
	group: 'LEMUR',
	controls: ['board'],
	difference:
		'LEMUR draws this for records of accuracy and IoU only. Corrected takes the records of every metric of the task.',
	size: [18, 10],
	draw,
};

/** The nets' mean times on one dataset. */
interface Violin {
	readonly dataset: string;
	/** by ascending time */
	readonly nets: readonly string[];
	/** ns, ascending, above 0 */
	readonly times: Float64Array;
	/** nets without a recorded time above 0 */
	readonly missing: number;
	/** log10 ns, and the density's share of its maximum; empty where there is no density */
	readonly heights: Float64Array;
	readonly shares: Float64Array;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const lemur = options.mode === 'lemur';
	const board = lemur ? drawnBoard(rows, options) : (boardRows(rows, options) ?? NO_ROWS);
	if (typeof board === 'string') return emptyFigure(firstEpochViolin, options, board);
	const { task } = board;
	const taken = rows.columns.tasks.map(
		(one) => one.task === task && (!lemur || AGGREGATED.includes(one.metric)),
	);
	const ids = firstEpoch(rows.columns, rowsOfTasks(rows, taken));
	const violins = violinsOf(rows.columns, ids, lemur);
	if (!violins.some(({ times }) => times.length > 0))
		return emptyFigure(firstEpochViolin, options, nothingOf(task));
	const all = sorted(violins.flatMap(({ times }) => [...times]));
	const unit = timeUnit(quantile(all, 0.5));
	const title = `${firstEpochViolin.title}: ${displayName(task)}`;
	return {
		data: [
			...violins.flatMap((violin, i) => bodyTrace(violin, i, unit, options)),
			quartileTrace(violins, unit, options),
			...violins.flatMap((violin, i) => swarmTrace(violin, i, violins.length, all, unit, options)),
		],
		layout: layoutOf(
			title,
			options,
			{ xaxis: datasetAxis(violins), yaxis: heightAxis(violins, all, unit) },
			{ showlegend: false },
		),
		title,
		summary: summaryOf(violins, all),
		used: ids.reduce((n, trial) => n + Number(!Number.isNaN(rows.columns.duration[trial]!)), 0),
		notes: notesOf(violins),
		table: tableOf(violins),
		brush: { y: { field: 'duration', scale: unit.scale } },
		within: { task: [task], epoch: { min: 1, max: 1 } },
	};
}

const nothingOf = (task: string) =>
	`No record of ${displayName(task)} at epoch 1 with a time passes the filter. Remove a condition on the epoch or the time.`;

function violinsOf(columns: TrialColumns, ids: Uint32Array, apart: boolean): Violin[] {
	const fields = ['dataset', 'nn', ...(apart ? (['metric'] as const) : [])] as const;
	const { count, order, start, keys } = groupTrials(columns, ids, fields);
	const [datasets = [], nns = []] = keys;
	const means = Float64Array.from({ length: count }, (_, g) =>
		meanRecorded(columns.duration, order.subarray(start[g], start[g + 1])),
	);
	return distinctSorted(datasets).map((dataset) => {
		const own = Array.from({ length: count }, (_, g) => g).filter((g) => datasets[g] === dataset);
		// A log axis has no place for 0.
		const placed = own.filter((g) => means[g]! > 0).sort((a, b) => means[a]! - means[b]!);
		const times = Float64Array.from(placed, (g) => means[g]!);
		const nets = placed.map((g) => nns[g] ?? '');
		return { dataset, nets, times, missing: own.length - placed.length, ...bodyOf(times) };
	});
}

/** The density of the logarithms, as wide as its maximum. */
function bodyOf(times: Float64Array): Pick<Violin, 'heights' | 'shares'> {
	if (times.length < 2 || times[0] === times[times.length - 1])
		return { heights: new Float64Array(0), shares: new Float64Array(0) };
	const logs = times.map(Math.log10);
	const beyond = CUT * std(logs) * times.length ** -0.2;
	const { x, density } = kde(logs, {
		factor: 'scott',
		points: POINTS,
		from: logs[0]! - beyond,
		to: logs[logs.length - 1]! + beyond,
	});
	const peak = density.reduce((a, b) => Math.max(a, b));
	return { heights: x, shares: density.map((value) => value / peak) };
}

function bodyTrace(
	{ dataset, heights, shares }: Violin,
	place: number,
	unit: TimeUnit,
	{ theme }: PlotOptions,
): ScatterTrace[] {
	if (heights.length === 0) return [];
	const { color } = paletteOf(theme).series(place);
	const up = Array.from(shares, (share) => place + HALF * share);
	const down = Array.from(shares, (share) => place - HALF * share).reverse();
	const y = Array.from(heights, (log) => 10 ** log / unit.scale);
	return [
		{
			type: 'scatter',
			mode: 'lines',
			name: plotName(dataset),
			x: [...up, ...down, up[0]!],
			y: [...y, ...y.toReversed(), y[0]!],
			line: { color, width: 1 },
			fill: 'toself',
			fillcolor: withAlpha(color, 0.35),
			hoverinfo: 'skip',
		},
	];
}

const QUARTILES = [0.25, 0.5, 0.75] as const;

/** A line across each violin at each quartile; its hover says all of the violin's numbers. */
function quartileTrace(
	violins: readonly Violin[],
	unit: TimeUnit,
	{ theme }: PlotOptions,
): ScatterTrace {
	const lines = violins.flatMap((violin, place) =>
		violin.times.length === 0
			? []
			: QUARTILES.map((q) => {
					const time = quantile(violin.times, q);
					const half = violin.heights.length === 0 ? HALF / 2 : HALF * shareAt(violin, time);
					const text = `${plotName(violin.dataset)}<br>${quartileName(q)} ${exactTimeText(time)}<br>${counted(violin.times.length, 'net')}`;
					return { x: [place - half, place, place + half], y: time / unit.scale, text };
				}),
	);
	return {
		type: 'scatter',
		mode: 'lines',
		name: 'Quartiles',
		x: lines.flatMap(({ x }) => [...x, NaN]),
		y: lines.flatMap(({ y }) => [y, y, y, NaN]),
		text: lines.flatMap(({ text }) => [text, text, text, '']),
		line: { color: paletteOf(theme).text, width: 1.5, dash: 'dash' },
		hovertemplate: '%{text}<extra></extra>',
	};
}

const quartileName = (q: (typeof QUARTILES)[number]) =>
	q === 0.5 ? 'Median' : q === 0.25 ? 'Lower quartile' : 'Upper quartile';

/** Between the two points of the violin around a time. */
function shareAt({ heights, shares }: Violin, time: number): number {
	const first = heights[0]!;
	const step = heights[1]! - first;
	const at = (Math.log10(time) - first) / step;
	const below = Math.max(0, Math.min(heights.length - 2, Math.floor(at)));
	return shares[below]! + (shares[below + 1]! - shares[below]!) * (at - below);
}

/** Steps of a swarm over the height of the figure, and points side by side over its width. */
const STEPS = 110;
const ACROSS = 280;

function swarmTrace(
	violin: Violin,
	place: number,
	violins: number,
	all: Float64Array,
	unit: TimeUnit,
	{ theme }: PlotOptions,
): ScatterTrace[] {
	const { times, nets } = violin;
	if (times.length === 0) return [];
	const n = Math.min(times.length, MAX_SWARM);
	// Evenly over the ranks, so that both ends are among them.
	const chosen = Array.from({ length: n }, (_, i) =>
		n === 1 ? 0 : Math.round((i * (times.length - 1)) / (n - 1)),
	);
	const logs = Float64Array.from(chosen, (i) => Math.log10(times[i]!));
	const step = (Math.log10(all[all.length - 1]!) - Math.log10(all[0]!)) / STEPS || 1;
	const offsets = swarmOffsets(logs, { step, width: violins / ACROSS, room: HALF });
	return [
		{
			type: 'scatter',
			mode: 'markers',
			name: `${plotName(violin.dataset)}, nets`,
			x: offsets.map((offset) => place + offset),
			y: Float64Array.from(chosen, (i) => times[i]! / unit.scale),
			text: chosen.map((i) => `${plotName(nets[i] ?? '')}<br>Mean ${exactTimeText(times[i]!)}`),
			marker: { color: paletteOf(theme).series(1).color, size: 4, opacity: 0.8 },
			hovertemplate: '%{text}<extra></extra>',
		},
	];
}

function datasetAxis(violins: readonly Violin[]): Axis {
	return {
		type: 'linear',
		title: { text: 'Dataset' },
		range: [-0.6, violins.length - 0.4],
		tickvals: violins.map((_, place) => place),
		ticktext: violins.map(({ dataset }) => plotName(dataset)),
		showgrid: false,
		zeroline: false,
	};
}

function heightAxis(violins: readonly Violin[], all: Float64Array, unit: TimeUnit): Axis {
	const ends = [Math.log10(all[0]!), Math.log10(all[all.length - 1]!)];
	for (const { heights } of violins)
		if (heights.length > 0) ends.push(heights[0]!, heights.at(-1)!);
	const scale = Math.log10(unit.scale);
	const low = Math.min(...ends) - scale;
	const high = Math.max(...ends) - scale;
	return {
		...timeAxis('Mean time of the first epoch', unit, 'log'),
		range: [low - 0.1, high + 0.1],
	};
}

function summaryOf(violins: readonly Violin[], all: Float64Array): string {
	const parts = violins
		.filter(({ times }) => times.length > 0)
		.map(
			({ dataset, times }) =>
				`${displayName(dataset)} ${timeText(quantile(times, 0.5))} (${counted(times.length, 'net')})`,
		);
	return `Mean times of the nets at epoch 1 from ${timeText(all[0]!)} to ${timeText(all[all.length - 1]!)}; medians: ${parts.join(', ')}.`;
}

function notesOf(violins: readonly Violin[]): string[] {
	const list = (
		chosen: (violin: Violin) => boolean,
		words: (violin: Violin) => string,
	): string | undefined => {
		const found = violins.filter(chosen);
		if (found.length === 0) return undefined;
		return found.map((one) => `${displayName(one.dataset)} ${words(one)}`.trim()).join(', ');
	};
	const sampled = list(
		({ times }) => times.length > MAX_SWARM,
		({ times }) => `${countText(MAX_SWARM)} of ${countText(times.length)}`,
	);
	const flat = list(
		({ times, heights }) => times.length > 0 && heights.length === 0,
		() => '',
	);
	const missing = list(
		(violin) => violin.missing > 0,
		(violin) => countText(violin.missing),
	);
	return [
		...(sampled ? [`Nets drawn as points: ${sampled}; violins and quartiles are of all.`] : []),
		...(flat ? [`No violin, because the times are all equal: ${flat}.`] : []),
		...(missing ? [`Nets without a recorded time left out: ${missing}.`] : []),
	];
}

function tableOf(violins: readonly Violin[]): FigureColumn[] {
	const time = (title: string, of: (times: Float64Array) => number): FigureColumn => ({
		title,
		unit: 'ns',
		values: violins.map(({ times }) => of(times)),
	});
	return [
		{ title: 'Dataset', unit: 'none', values: violins.map(({ dataset }) => dataset) },
		{ title: 'Nets', unit: 'count', values: violins.map(({ times }) => times.length) },
		{ title: 'Without a time', unit: 'count', values: violins.map(({ missing }) => missing) },
		time('Shortest', (times) => times[0] ?? NaN),
		time('Lower quartile', (times) => quantile(times, 0.25)),
		time('Median', (times) => quantile(times, 0.5)),
		time('Upper quartile', (times) => quantile(times, 0.75)),
		time('Longest', (times) => times.at(-1) ?? NaN),
	];
}
