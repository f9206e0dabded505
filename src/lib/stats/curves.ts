/** Learning curves: statistics over the trials of each series at each epoch. */
import { runIdentity } from './run-identity';
import type { TrialColumns } from './columns';
import { groupTrials, type GroupField } from './group';
import { mean, quantile, std } from './quantile';
import { compareText } from './text-order';

export type CurveBy = 'nn' | 'nnFamily' | 'dataset' | 'transform' | 'all';

/** One series; arrays have one element per epoch that has trials, ascending. */
export interface Curve {
	readonly name: string;
	/** never mixed: a series belongs to one (task, dataset, metric) */
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly runs: number;
	readonly best: number;
	readonly epoch: Uint16Array;
	readonly n: Uint32Array;
	readonly mean: Float64Array;
	/** ddof 1; NaN where n = 1: no band is drawn there */
	readonly std: Float64Array;
	readonly min: Float64Array;
	readonly p5: Float64Array;
	readonly q1: Float64Array;
	readonly median: Float64Array;
	readonly q3: Float64Array;
	readonly p95: Float64Array;
	readonly max: Float64Array;
}

export interface CurveSet {
	/** the `top` series of highest best accuracy, ties by name */
	readonly curves: readonly Curve[];
	/** how many series the filter has in all */
	readonly series: number;
}

export interface CurveOptions {
	readonly by: CurveBy;
	/** most series returned; statistics are always over all their trials */
	readonly top: number;
}

interface Series {
	readonly name: string;
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly trials: Uint32Array;
	readonly best: number;
}

/**
 * @param ids the filter's trials, ascending
 * @returns the best series; each the same, bit for bit, whatever other series there are.
 * With `by: 'all'` a series is a (task, dataset, metric) and is called `all`.
 */
export function curves(
	columns: TrialColumns,
	ids: Uint32Array,
	{ by, top }: CurveOptions,
): CurveSet {
	const fields: GroupField[] = ['task', 'dataset', 'metric'];
	if (by !== 'all') fields.push(by);
	const { count, order, start, keys } = groupTrials(columns, ids, fields);
	const [tasks, datasets, metrics] = keys;
	const names = by === 'all' ? [] : keys[fields.indexOf(by)];
	const series = Array.from({ length: count }, (_, g): Series => {
		const trials = order.subarray(start[g], start[g + 1]);
		return {
			name: names?.[g] ?? 'all',
			task: tasks?.[g] ?? '',
			dataset: datasets?.[g] ?? '',
			metric: metrics?.[g] ?? '',
			trials,
			best: highest(columns.accuracy, trials),
		};
	});
	// The sort is stable: series of one name stay in the order of task, dataset, metric.
	series.sort((a, b) => b.best - a.best || compareText(a.name, b.name));
	return {
		curves: series.slice(0, Math.max(0, top)).map((one) => curveOf(columns, one)),
		series: count,
	};
}

/**
 * The band of one (task, dataset, metric, nn).
 * @param ids its trials, ascending; at least one
 * @param name the net's name
 */
export function bandOf(columns: TrialColumns, ids: Uint32Array, name: string): Curve {
	const { tasks, configs, runs, run, accuracy } = columns;
	const { task, dataset, metric } = tasks[configs.task[runs.config[run[ids[0]!]!]!]!]!;
	const best = highest(accuracy, ids);
	return curveOf(columns, { name, task, dataset, metric, trials: ids, best });
}

function highest(accuracy: Float64Array, trials: Uint32Array): number {
	let best = -Infinity;
	for (let i = 0; i < trials.length; i++) {
		const value = accuracy[trials[i]!]!;
		if (value > best) best = value;
	}
	return best;
}

function curveOf(columns: TrialColumns, { trials, ...head }: Series): Curve {
	const { count, order, start, keys } = groupTrials(columns, trials, ['epoch']);
	const points = Array.from({ length: count }, (_, e) =>
		Float64Array.from(
			order.subarray(start[e], start[e + 1]),
			(trial) => columns.accuracy[trial]!,
		).sort(),
	);
	const each = (of: (ascending: Float64Array) => number) => Float64Array.from(points, of);
	return {
		...head,
		runs: distinctRuns(columns, trials),
		epoch: Uint16Array.from(keys[0] ?? [], Number),
		n: Uint32Array.from(points, (values) => values.length),
		mean: each(mean),
		std: each((values) => std(values)),
		min: each((values) => values[0]!),
		p5: each((values) => quantile(values, 0.05)),
		q1: each((values) => quantile(values, 0.25)),
		median: each((values) => quantile(values, 0.5)),
		q3: each((values) => quantile(values, 0.75)),
		p95: each((values) => quantile(values, 0.95)),
		max: each((values) => values[values.length - 1]!),
	};
}

function distinctRuns({ runs, run }: TrialColumns, trials: Uint32Array): number {
	const first = runIdentity(runs);
	let count = 0;
	for (let i = 0; i < trials.length; i++)
		if (i === 0 || first[run[trials[i]!]!] !== first[run[trials[i - 1]!]!]) count++;
	return count;
}
