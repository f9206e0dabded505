/**
 * LEMUR's `first_epoch_duration_distribution_<task>`: how the nets' mean times at epoch 1 are
 * distributed on each dataset of a task. Medians by net are in `first-epoch-bar.ts`.
 */
import { displayName } from '../../url/display-name';
import { quantile, sorted } from '../quantile';
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
import { HALF, halfAt, violinsOf, type Violin } from './violins';
import { counted, countText, exactTimeText, timeText } from './words';

/** Points of all swarms that are drawn at most, and of each whatever their number: each is an element of the page. */
const MAX_POINTS = 1_050;
const LEAST = 100;

/** @returns points of one swarm that are drawn at most */
const mostOf = (violins: number) => Math.max(LEAST, Math.floor(MAX_POINTS / violins));

export const firstEpochViolin: PlotSpec = {
	id: 'first-epoch-violin',
	title: 'Time of the first epoch',
	about:
		'For each dataset of a task, how the nets’ mean times at epoch 1 are distributed: a violin of the density of their logarithms with lines at the quartiles, and points for the nets.',
	group: 'LEMUR',
	controls: ['board'],
	difference:
		'LEMUR draws this for records of accuracy and IoU only. Corrected takes the records of every metric of the task.',
	size: [18, 10],
	draw,
};

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
			...violins.flatMap((violin, i) => swarmTrace(violin, i, violins.length, all, unit, options)),
			quartileTrace(violins, unit, options),
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
					const half = halfAt(violin, Math.log10(time));
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
		line: { color: paletteOf(theme).text, width: 2, dash: 'dash' },
		hovertemplate: '%{text}<extra></extra>',
	};
}

const quartileName = (q: (typeof QUARTILES)[number]) =>
	q === 0.5 ? 'Median' : q === 0.25 ? 'Lower quartile' : 'Upper quartile';

/** Steps of a swarm over the height of the figure, and points side by side over its width. */
const STEPS = 110;
const ACROSS = 280;
/** More points than this are drawn small. */
const MANY = 200;

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
	const n = Math.min(times.length, mostOf(violins));
	// Evenly over the ranks, so that both ends are among them.
	const chosen = Array.from({ length: n }, (_, i) =>
		n === 1 ? 0 : Math.round((i * (times.length - 1)) / (n - 1)),
	);
	const logs = Float64Array.from(chosen, (i) => Math.log10(times[i]!));
	const step = (Math.log10(all[all.length - 1]!) - Math.log10(all[0]!)) / STEPS || 1;
	const offsets = swarmOffsets(logs, {
		step,
		width: violins / ACROSS,
		room: (log) => halfAt(violin, log),
	});
	return [
		{
			type: 'scatter',
			mode: 'markers',
			name: `${plotName(violin.dataset)}, nets`,
			x: offsets.map((offset) => place + offset),
			y: Float64Array.from(chosen, (i) => times[i]! / unit.scale),
			text: chosen.map((i) => `${plotName(nets[i] ?? '')}<br>Mean ${exactTimeText(times[i]!)}`),
			marker: { color: paletteOf(theme).series(1).color, size: n > MANY ? 3 : 5, opacity: 0.7 },
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
	const most = mostOf(violins.length);
	const sampled = list(
		({ times }) => times.length > most,
		({ times }) => `${countText(most)} of ${countText(times.length)}`,
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
