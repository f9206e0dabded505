/** Counts, best and quantiles per group of a filter; metrics are never mixed in one group. */
import { runIdentity } from './run-identity';
import type { TrialColumns } from './columns';
import { groupTrials, type GroupField } from './group';
import { mean, quantile, std } from './quantile';
import { compareText } from './text-order';

export { GROUP_FIELDS, type GroupField } from './group';

/** Struct of arrays, one element per group. Quantiles are numpy's linear (type 7). */
export interface SummaryTable {
	readonly by: readonly GroupField[];
	readonly groups: number;
	/** the group's values, one list per field of `by` */
	readonly keys: readonly (readonly string[])[];
	readonly trials: Uint32Array;
	readonly runs: Uint32Array;
	readonly nets: Uint32Array;
	readonly mean: Float64Array;
	/** ddof 1; NaN for one trial */
	readonly std: Float64Array;
	readonly min: Float64Array;
	readonly q1: Float64Array;
	readonly median: Float64Array;
	readonly q3: Float64Array;
	readonly max: Float64Array;
	/** a trial with the maximum (lowest epoch, then nn, then mirror order), and how many tie with it */
	readonly best: Uint32Array;
	readonly ties: Uint32Array;
	/** mean duration, ns; NaN when none is recorded */
	readonly meanDuration: Float64Array;
}

/** What `accuracy` means depends on these two, so they are always part of the grouping. */
const NEVER_MIXED = ['metric', 'task'] as const;

/**
 * @param ids the filter's trials, ascending
 * @param by fields to group by; `metric` and `task` are added at the end where they are missing
 * @returns the groups in the order of their keys: text by code point, epochs by number
 */
export function summarise(
	columns: TrialColumns,
	ids: Uint32Array,
	by: readonly GroupField[],
): SummaryTable {
	const fields = [...new Set([...by, ...NEVER_MIXED])];
	const { count, order, start, keys } = groupTrials(columns, ids, fields);
	const table = emptyTable(fields, count, keys);
	const netSeen = new Uint32Array(columns.nns.length);
	for (let g = 0; g < count; g++) {
		const trials = order.subarray(start[g], start[g + 1]);
		fillValues(table, g, columns, trials);
		fillBest(table, g, columns, trials);
		fillCounts(table, g, columns, trials, netSeen);
	}
	return table;
}

function emptyTable(by: readonly GroupField[], groups: number, keys: SummaryTable['keys']) {
	const floats = () => new Float64Array(groups);
	const counts = () => new Uint32Array(groups);
	return {
		by,
		groups,
		keys,
		trials: counts(),
		runs: counts(),
		nets: counts(),
		mean: floats(),
		std: floats(),
		min: floats(),
		q1: floats(),
		median: floats(),
		q3: floats(),
		max: floats(),
		best: counts(),
		ties: counts(),
		meanDuration: floats(),
	} satisfies SummaryTable;
}

function fillValues(
	table: SummaryTable,
	g: number,
	{ accuracy, duration }: TrialColumns,
	trials: Uint32Array,
): void {
	const values = Float64Array.from(trials, (t) => accuracy[t]!).sort();
	table.trials[g] = values.length;
	table.mean[g] = mean(values);
	table.std[g] = std(values, table.mean[g]);
	table.min[g] = values[0]!;
	table.q1[g] = quantile(values, 0.25);
	table.median[g] = quantile(values, 0.5);
	table.q3[g] = quantile(values, 0.75);
	table.max[g] = values[values.length - 1]!;
	table.meanDuration[g] = meanRecorded(duration, trials);
}

/**
 * Mean of the recorded durations, ns; the sum is exact.
 * @param duration by trial; NaN = not recorded
 * @returns NaN where none is recorded
 */
export function meanRecorded(duration: Float64Array, trials: Uint32Array): number {
	// Sums of durations pass 2^53, so the high and low digits are added apart: both stay exact.
	let high = 0;
	let low = 0;
	let n = 0;
	for (let i = 0; i < trials.length; i++) {
		const value = duration[trials[i]!]!;
		if (Number.isNaN(value)) continue;
		// Exact, as PART is a power of two, and far faster than a remainder.
		const upper = Math.floor(value / PART);
		low += value - upper * PART;
		high += upper;
		n++;
	}
	return n === 0 ? NaN : (high * PART + low) / n;
}

/** Both sums stay below 2^53 for 2^26 durations of whole ns up to 2^53. */
const PART = 2 ** 26;

function fillBest(
	table: SummaryTable,
	g: number,
	{ accuracy, epoch, nns, configs, runs, run }: TrialColumns,
	trials: Uint32Array,
): void {
	const nameOf = (t: number) => nns[configs.nn[runs.config[run[t]!]!]!] ?? '';
	let best = trials[0]!;
	let ties = 0;
	for (let i = 0; i < trials.length; i++) {
		const t = trials[i]!;
		const higher = accuracy[t]! - accuracy[best]!;
		if (higher < 0) continue;
		if (higher > 0) ties = 0;
		ties++;
		const order =
			higher > 0 ? -1 : epoch[t]! - epoch[best]! || compareText(nameOf(t), nameOf(best));
		if (order < 0 || (order === 0 && t < best)) best = t;
	}
	table.best[g] = best;
	table.ties[g] = ties;
}

/** @param netSeen per net: 1 + the last group that had it */
function fillCounts(
	table: SummaryTable,
	g: number,
	{ configs, runs, run }: TrialColumns,
	trials: Uint32Array,
	netSeen: Uint32Array,
): void {
	const first = runIdentity(runs);
	let lastRun = -1;
	for (let i = 0; i < trials.length; i++) {
		// Trials ascend, so a run's trials follow each other.
		const r = first[run[trials[i]!]!]!;
		if (r === lastRun) continue;
		lastRun = r;
		table.runs[g]!++;
		const net = configs.nn[runs.config[r]!]!;
		if (netSeen[net] === g + 1) continue;
		netSeen[net] = g + 1;
		table.nets[g]!++;
	}
}
