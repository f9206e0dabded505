/**
 * nn-stat's process step as typed arrays: number, mean, deviation and mean duration of the records of
 * each net at each epoch of a leaderboard. Other groupings and quantiles are in `summary.ts`.
 */
import type { TrialColumns } from './columns';
import { meanRecorded } from './summary';
import { compareText } from './text-order';

/** Struct of arrays, ordered by task, dataset, nn, metric (code points), epoch. */
export interface MeanTable {
	readonly count: number;
	/** index into `TrialColumns.tasks` */
	readonly task: Uint16Array;
	/** index into `TrialColumns.nns` */
	readonly nn: Uint16Array;
	readonly epoch: Uint16Array;
	readonly n: Uint32Array;
	readonly mean: Float64Array;
	/** ddof 1; NaN for one record */
	readonly std: Float64Array;
	/** mean of the recorded durations, ns; NaN where none is recorded */
	readonly duration: Float64Array;
}

export interface MeanOptions {
	/** only these metrics; default: all */
	readonly metrics?: readonly string[];
}

/** @param ids trials, ascending */
export function meansOf(
	columns: TrialColumns,
	ids: Uint32Array,
	{ metrics }: MeanOptions = {},
): MeanTable {
	const { configs, tasks } = columns;
	const wanted = tasks.map(({ metric }) => !metrics || metrics.includes(metric));
	const parts = partsOf(columns, ids).filter(({ config }) => wanted[configs.task[config]!]);
	const place = placesOf(columns);
	parts.sort((a, b) => place(a.config) - place(b.config));
	const rows = parts.reduce((total, { from, to }) => total + to - from, 0);
	const table = emptyTable(rows);
	const order = new Uint32Array(rows);
	let count = 0;
	for (const part of parts) count = fillPart(table, count, columns, order, ids, part);
	return cut(table, count);
}

/** ids[from] … ids[to − 1] are the trials of one configuration. */
interface Part {
	readonly config: number;
	readonly from: number;
	readonly to: number;
}

function partsOf({ runs, run }: TrialColumns, ids: Uint32Array): Part[] {
	const parts: Part[] = [];
	for (let from = 0, to = 0; from < ids.length; from = to) {
		const config = runs.config[run[ids[from]!]!]!;
		while (to < ids.length && runs.config[run[ids[to]!]!] === config) to++;
		parts.push({ config, from, to });
	}
	return parts;
}

/** @returns the place of a configuration by task, dataset, nn, metric */
function placesOf({ tasks, nns, configs }: TrialColumns): (config: number) => number {
	const texts = (of: (index: number) => string, count: number) => {
		const order = Array.from({ length: count }, (_, i) => i);
		order.sort((a, b) => compareText(of(a), of(b)));
		const ranks = new Uint32Array(count);
		for (const [i, index] of order.entries())
			ranks[index] = i > 0 && of(index) === of(order[i - 1]!) ? ranks[order[i - 1]!]! : i;
		return ranks;
	};
	const task = texts((i) => tasks[i]!.task, tasks.length);
	const dataset = texts((i) => tasks[i]!.dataset, tasks.length);
	const metric = texts((i) => tasks[i]!.metric, tasks.length);
	const nn = texts((i) => nns[i]!, nns.length);
	const size = tasks.length;
	return (config) => {
		const t = configs.task[config]!;
		const board = task[t]! * size + dataset[t]!;
		return (board * nns.length + nn[configs.nn[config]!]!) * size + metric[t]!;
	};
}

function emptyTable(rows: number) {
	return {
		task: new Uint16Array(rows),
		nn: new Uint16Array(rows),
		epoch: new Uint16Array(rows),
		n: new Uint32Array(rows),
		mean: new Float64Array(rows),
		std: new Float64Array(rows),
		duration: new Float64Array(rows),
	};
}

type Table = ReturnType<typeof emptyTable>;

function cut(table: Table, count: number): MeanTable {
	return {
		count,
		task: table.task.slice(0, count),
		nn: table.nn.slice(0, count),
		epoch: table.epoch.slice(0, count),
		n: table.n.slice(0, count),
		mean: table.mean.slice(0, count),
		std: table.std.slice(0, count),
		duration: table.duration.slice(0, count),
	};
}

/**
 * Adds the groups of one configuration from row `count` on.
 * @param order scratch, at least as long as the part
 * @returns the rows filled so far
 */
function fillPart(
	table: Table,
	count: number,
	columns: TrialColumns,
	order: Uint32Array,
	ids: Uint32Array,
	{ config, from, to }: Part,
): number {
	const { configs, epoch, accuracy, duration } = columns;
	const trials = byEpoch(epoch, ids.subarray(from, to), order);
	let row = count;
	for (let start = 0, end = 0; start < trials.length; start = end, row++) {
		const at = epoch[trials[start]!]!;
		while (end < trials.length && epoch[trials[end]!] === at) end++;
		table.task[row] = configs.task[config]!;
		table.nn[row] = configs.nn[config]!;
		table.epoch[row] = at;
		table.n[row] = end - start;
		table.mean[row] = meanOf(accuracy, trials, start, end);
		table.std[row] = stdOf(accuracy, trials, start, end, table.mean[row]!);
		table.duration[row] = meanRecorded(duration, trials.subarray(start, end));
	}
	return row;
}

/** Stable counting sort. @returns a view of `scratch` */
function byEpoch(epoch: Uint16Array, trials: Uint32Array, scratch: Uint32Array): Uint32Array {
	let last = 0;
	for (let i = 0; i < trials.length; i++) last = Math.max(last, epoch[trials[i]!]!);
	const next = new Uint32Array(last + 2);
	for (let i = 0; i < trials.length; i++) next[epoch[trials[i]!]! + 1]!++;
	for (let e = 0; e <= last; e++) next[e + 1]! += next[e]!;
	for (let i = 0; i < trials.length; i++) scratch[next[epoch[trials[i]!]!]!++] = trials[i]!;
	return scratch.subarray(0, trials.length);
}

/** Compensated; of equal values exactly that value. */
function meanOf(values: Float64Array, trials: Uint32Array, from: number, to: number): number {
	const first = values[trials[from]!]!;
	let total = 0;
	let lost = 0;
	let equal = true;
	for (let i = from; i < to; i++) {
		const value = values[trials[i]!]!;
		if (value !== first) equal = false;
		const next = total + value;
		lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
		total = next;
	}
	return equal ? first : (total + lost) / (to - from);
}

/** ddof 1, by deviations from the mean, whose own error is taken out again. */
function stdOf(
	values: Float64Array,
	trials: Uint32Array,
	from: number,
	to: number,
	average: number,
): number {
	const n = to - from;
	if (n < 2) return NaN;
	let squares = 0;
	let deviations = 0;
	for (let i = from; i < to; i++) {
		const deviation = values[trials[i]!]! - average;
		squares += deviation * deviation;
		deviations += deviation;
	}
	return Math.sqrt(Math.max(0, squares - (deviations * deviations) / n) / (n - 1));
}
