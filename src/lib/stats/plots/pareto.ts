/** nn-stat's `pareto_best_vs_duration`: what is reached in which time, and what nothing faster reaches. */
import { displayName } from '../../url/display-name';
import { bestPerRun, rankNets } from '../best-per-run';
import type { TrialColumns } from '../columns';
import { paretoFrontier } from '../pareto';
import { metricAxis, timeAxis, timeUnit, type TimeUnit } from './axes';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { limitNotes, topOf } from './leaders';
import { paletteOf } from './palette';
import type { Figure, FigureColumn, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { metricWords, poolOf, type Pool } from './pool';
import { sampleOf } from './sample';
import { plotName } from './text';
import { valuesAt } from './values-at';
import { counted, countText, exactTimeText, fractionText, timeText } from './words';

/** Most background points drawn. */
const MAX_POINTS = 5_000;
/** Longest over shortest time from which the axis is logarithmic. */
const TWO_DECADES = 100;

export const pareto: PlotSpec = {
	id: 'pareto',
	title: 'Best values against time',
	about:
		'The best value of each run against its time since the start of the run, the best nets in colours, and the frontier: the records that are better than every faster one.',
	group: 'nn-stat',
	controls: ['board', 'top'],
	top: 12,
	difference:
		'nn-stat looks only at the best record of each run of the 12 best nets, so its frontier misses faster records of other nets and of earlier epochs. Corrected draws the frontier over every record with a time, and all runs behind the 12 best nets.',
	size: [10.5, 6.5],
	draw,
};

/** What is drawn, as trials. */
interface Parts {
	/** ascending in time */
	readonly frontier: Uint32Array;
	readonly nets: readonly { readonly name: string; readonly trials: Uint32Array }[];
	/** best of each run of the other nets, sampled where there are very many; none in nn-stat's figure */
	readonly others: Uint32Array;
	/** all of them */
	readonly allOthers: Uint32Array;
	/** records without a time */
	readonly untimed: number;
	/** records over which the frontier is taken */
	readonly compared: number;
}

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const pool = poolOf(rows, { ...options, mode: 'corrected' }, 'board');
	if (!pool) return emptyFigure(pareto, options, NO_ROWS);
	const { columns } = rows;
	const parts = partsOf(columns, pool, options);
	const drawn = [parts.frontier, parts.others, ...parts.nets.map(({ trials }) => trials)];
	const [shortest, longest] = extentOf(columns.duration, drawn);
	if (shortest > longest) return emptyFigure(pareto, options, NO_TIME);
	const log = shortest > 0 && longest / shortest > TWO_DECADES;
	// On a logarithmic axis the middle is between the ends, not near the longest.
	const unit = timeUnit(log ? Math.sqrt(shortest * longest) : longest);
	const title = `${pareto.title}: ${pool.name}`;
	const axes = {
		xaxis: timeAxis('Time since the start of the run', unit, log ? 'log' : 'linear'),
		yaxis: metricAxis(pool.metrics[0] ?? ''),
	};
	return {
		data: tracesOf(columns, parts, unit, options),
		layout: layoutOf(title, options, axes),
		title,
		summary: summaryOf(columns, pool, parts),
		used: parts.compared,
		notes: notesOf(parts, options),
		table: tableOf(columns, pool, options.whole ? { ...parts, others: parts.allOthers } : parts),
		brush: { x: { field: 'duration', scale: unit.scale }, y: { field: 'accuracy', scale: 1 } },
		within: { ...pool.within, ...netsOf(parts, options) },
	};
}

const NO_TIME =
	'No record that would be drawn has a recorded time, so none can be placed on an axis of time. Choose another leaderboard, or a plot over epochs.';

/** nn-stat draws no other nets. */
const netsOf = ({ nets }: Parts, { mode }: PlotOptions) =>
	mode === 'lemur' ? { nn: nets.map(({ name }) => name) } : {};

const NONE = new Uint32Array(0);

/** Records without a time are left out before the best nets are chosen, as nn-stat does. */
function partsOf(columns: TrialColumns, pool: Pool, options: PlotOptions): Parts {
	const timed = pool.ids.filter((trial) => !Number.isNaN(columns.duration[trial]!));
	const best = bestPerRun(columns, timed);
	const leaders = rankNets(columns, best).slice(0, topOf(pareto, options));
	const nets = leaders.map((leader) => ({ name: leader.name, trials: leader.best }));
	const untimed = pool.ids.length - timed.length;
	if (options.mode === 'lemur') {
		const own = joined(nets.map(({ trials }) => trials));
		const frontier = frontierOf(columns, own);
		return {
			frontier: frontier.length < 2 ? NONE : frontier,
			nets,
			others: NONE,
			allOthers: NONE,
			untimed,
			compared: own.length,
		};
	}
	const shown = new Set(leaders.map((leader) => nnOf(columns, leader.best[0]!)));
	const others = best.filter((trial) => !shown.has(nnOf(columns, trial)));
	return {
		frontier: frontierOf(columns, timed),
		nets,
		others: sampleOf(others, MAX_POINTS, [columns.duration, columns.accuracy]),
		allOthers: others,
		untimed,
		compared: timed.length,
	};
}

const nnOf = ({ configs, runs, run }: TrialColumns, trial: number) =>
	configs.nn[runs.config[run[trial]!]!]!;

const nameOf = (columns: TrialColumns, trial: number) => columns.nns[nnOf(columns, trial)] ?? '';

function frontierOf({ duration, accuracy }: TrialColumns, ids: Uint32Array): Uint32Array {
	const place = paretoFrontier(valuesAt(duration, ids), valuesAt(accuracy, ids));
	return Uint32Array.from(place, (i) => ids[i]!);
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
	const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
	let next = 0;
	for (const part of parts) {
		all.set(part, next);
		next += part.length;
	}
	return all;
}

/** Shortest and longest time; the first is the greater where there is none. */
function extentOf(duration: Float64Array, parts: readonly Uint32Array[]): [number, number] {
	let [min, max] = [Infinity, -Infinity];
	for (const part of parts)
		for (let i = 0; i < part.length; i++) {
			const time = duration[part[i]!]!;
			if (time < min) min = time;
			if (time > max) max = time;
		}
	return [min, max];
}

function tracesOf(
	columns: TrialColumns,
	{ frontier, nets, others }: Parts,
	unit: TimeUnit,
	{ theme }: PlotOptions,
): ScatterTrace[] {
	const palette = paletteOf(theme);
	const points = (name: string, ids: Uint32Array, marker: ScatterTrace['marker'] & {}) => {
		const texts = { text: hoverTexts(columns, ids), hovertemplate: '%{text}<extra></extra>' };
		return { ...placeOf(columns, ids, unit), ...texts, name, marker };
	};
	const muted = { color: palette.muted, size: 3, opacity: 0.35 };
	const all: ScatterTrace[] = [
		{
			...placeOf(columns, others, unit),
			...briefTexts(columns, others, unit),
			name: 'Other runs',
			marker: muted,
		},
		...nets.map(({ name, trials }, i) => {
			const { color, symbol } = palette.series(i);
			return points(plotName(name), trials, { color, symbol, size: 7, opacity: 0.85 });
		}),
		{
			...points('Frontier', frontier, { color: palette.text, size: 4 }),
			mode: 'lines+markers',
			line: { color: palette.text, width: 2 },
		},
	];
	return all.filter(({ x }) => x.length > 0);
}

function placeOf({ duration, accuracy }: TrialColumns, ids: Uint32Array, unit: TimeUnit) {
	const x = valuesAt(duration, ids).map((time) => time / unit.scale);
	return { type: 'scatter' as const, mode: 'markers' as const, x, y: valuesAt(accuracy, ids) };
}

/** The hover of very many points: their numbers are written when one is touched. */
function briefTexts(columns: TrialColumns, ids: Uint32Array, unit: TimeUnit) {
	const name = nameReader(columns);
	return {
		text: Array.from(ids, (trial) => `${name(trial)}<br>Epoch ${columns.epoch[trial]}`),
		hovertemplate: `%{text}: %{y:.4f}<br>%{x:.4~r} ${unit.name} so far<extra></extra>`,
	};
}

/** Names are made safe once a net, not once a point. */
function nameReader(columns: TrialColumns): (trial: number) => string {
	const names = new Map<number, string>();
	return (trial) => {
		const nn = nnOf(columns, trial);
		let name = names.get(nn);
		if (name === undefined) names.set(nn, (name = plotName(columns.nns[nn] ?? '')));
		return name;
	};
}

function hoverTexts(columns: TrialColumns, ids: Uint32Array): string[] {
	const { epoch, accuracy, duration } = columns;
	const name = nameReader(columns);
	return Array.from(
		ids,
		(trial) =>
			`${name(trial)}<br>Epoch ${epoch[trial]}: ${fractionText(accuracy[trial]!)}<br>${exactTimeText(duration[trial]!)} so far`,
	);
}

function notesOf(
	{ others, allOthers, frontier, compared, untimed }: Parts,
	options: PlotOptions,
): string[] {
	const notes: string[] = [];
	if (untimed > 0)
		notes.push(
			`${counted(untimed, 'record')} without a recorded time cannot be placed here, and no best net is chosen by ${untimed === 1 ? 'it' : 'them'}.`,
		);
	if (others.length < allOthers.length)
		notes.push(
			`${countText(others.length)} of ${countText(allOthers.length)} other runs drawn and listed; the frontier is over all ${countText(compared)} records. A saved CSV or JSON has all.`,
		);
	if (frontier.length === 0 && options.mode === 'lemur')
		notes.push('As in nn-stat, a frontier of a single point is not drawn.');
	return [...notes, ...limitNotes(options)];
}

/** Frontier, best nets, other runs. */
function tableOf(columns: TrialColumns, pool: Pool, { frontier, nets, others }: Parts) {
	const parts = [
		['frontier', frontier],
		...nets.map(({ trials }) => ['best net', trials] as const),
		['other run', others],
	] as const;
	const ids = joined(parts.map(([, trials]) => trials));
	const column = (title: string, unit: FigureColumn['unit'], from: Float64Array): FigureColumn => ({
		title,
		unit,
		values: valuesAt(from, ids),
	});
	return [
		{
			title: 'Shown as',
			unit: 'none',
			values: parts.flatMap(([what, trials]) => Array<string>(trials.length).fill(what)),
		},
		{ title: 'Net', unit: 'none', values: Array.from(ids, (trial) => nameOf(columns, trial)) },
		{
			title: 'Epoch',
			unit: 'count',
			values: Float64Array.from(ids, (trial) => columns.epoch[trial]!),
		},
		column('Time so far', 'ns', columns.duration),
		column(metricWords(pool), 'fraction', columns.accuracy),
	] satisfies FigureColumn[];
}

function summaryOf(columns: TrialColumns, pool: Pool, { frontier, compared }: Parts): string {
	const [first] = frontier;
	const last = frontier.at(-1);
	const over = `${counted(compared, 'record')} of ${pool.name} with a time`;
	if (first === undefined || last === undefined) return `${over}, and no frontier.`;
	const end = (trial: number) =>
		`${fractionText(columns.accuracy[trial]!)} after ${timeText(columns.duration[trial]!)} (${displayName(nameOf(columns, trial))}, epoch ${columns.epoch[trial]})`;
	return `The frontier over ${over} has ${counted(frontier.length, 'point')}, from ${end(first)} to ${end(last)}.`;
}
