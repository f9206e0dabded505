/**
 * What snapshots.json counts, counted again from the columns of a shipped snapshot. Only what the
 * database can tell: files and folders without trials are in the builder's report.
 */
import { sumExactly } from '../stats/data-api.oracle-text';
import { compareText } from '../stats/text-order';
import type { Mirror } from './mirror';
import type { PyDict, PyValue } from './records/python-text';

/** One trial, with everything that identifies it. */
export interface Row {
	readonly config: number;
	readonly uid: string;
	readonly epoch: number;
	readonly accuracy: number;
	/** ns; NaN = missing */
	readonly duration: number;
	readonly prm: PyDict;
	readonly epochPrm: PyValue | undefined;
}

export type Facts = Readonly<Record<string, unknown>>;

/** Every trial in mirror order. */
export function* rowsOf({ columns, uidText, prmOfRun, epochPrm }: Mirror): Generator<Row> {
	const { runs } = columns;
	for (let run = 0; run < runs.count; run++) {
		const config = runs.config[run] ?? 0;
		const uid = uidText(run);
		const prm = prmOfRun(run);
		for (let t = runs.start[run] ?? 0; t < (runs.start[run + 1] ?? 0); t++) {
			yield {
				config,
				uid,
				epoch: columns.epoch[t] ?? 0,
				accuracy: columns.accuracy[t] ?? 0,
				duration: columns.duration[t] ?? NaN,
				prm,
				epochPrm: epochPrm.get(t),
			};
		}
	}
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Facts of all trials, named as in snapshots.json. */
export function trainFacts(mirror: Mirror): Facts {
	const rows = [...rowsOf(mirror)];
	const { columns } = mirror;
	const uids = new Set(rows.map(({ uid }) => uid));
	const uuids = [...uids].filter((uid) => UUID.test(uid)).length;
	const md5s = [...uids].filter((uid) => /^[0-9a-f]{32}$/.test(uid)).length;
	const runs = epochsByRun(rows);
	return {
		trials: rows.length,
		configs_with_trials: columns.configs.count,
		nets_with_trials: columns.nns.length,
		uids: uids.size,
		uid_forms: {
			uuid4_with_dashes: uuids,
			md5_32_hex: md5s,
			other: uids.size - uuids - md5s,
		},
		runs_config_uid: runs.size,
		...sharedUids(rows),
		epochs_per_run: countBy([...runs.values()], ({ size }) => String(size)),
		runs_whose_epochs_are_1_to_n: [...runs.values()].filter(isOneToN).length,
		duration_grows_from_epoch_to_next_epoch_of_a_run: growth(runs),
		repeated_config_epoch_uid: repeats(rows),
		...sums(rows),
		epoch_counts: countBy(rows, ({ epoch }) => String(epoch)),
		transforms: countBy(rows, ({ prm }) => String(prm.get('transform'))),
		key_sets: keySets(rows),
	};
}

interface Span {
	/** ns, of the trials that repeat one epoch of a run */
	readonly shortest: number;
	readonly longest: number;
}

/** (configuration, uid) → epoch → durations of its trials */
function epochsByRun(rows: readonly Row[]): Map<string, Map<number, Span>> {
	const runs = new Map<string, Map<number, Span>>();
	for (const { config, uid, epoch, duration } of rows) {
		const key = `${config} ${uid}`;
		const epochs = runs.get(key) ?? new Map<number, Span>();
		const { shortest, longest } = epochs.get(epoch) ?? { shortest: duration, longest: duration };
		epochs.set(epoch, {
			shortest: Math.min(shortest, duration),
			longest: Math.max(longest, duration),
		});
		runs.set(key, epochs);
	}
	return runs;
}

function isOneToN(epochs: ReadonlyMap<number, unknown>): boolean {
	return [...epochs.keys()].every((epoch) => epoch >= 1 && epoch <= epochs.size);
}

/** Steps from each epoch of a run to its next, and those where every duration is longer. */
function growth(runs: ReadonlyMap<string, ReadonlyMap<number, Span>>) {
	let steps = 0;
	let growing = 0;
	for (const epochs of runs.values()) {
		const sorted = [...epochs].sort(([a], [b]) => a - b);
		for (let i = 1; i < sorted.length; i++) {
			steps++;
			if ((sorted[i]?.[1].shortest ?? 0) > (sorted[i - 1]?.[1].longest ?? 0)) growing++;
		}
	}
	return { steps, growing };
}

function repeats(rows: readonly Row[]) {
	const counts = Object.values(
		countBy(rows, ({ config, epoch, uid }) => `${config} ${epoch} ${uid}`),
	).filter((count) => count > 1);
	return {
		keys: counts.length,
		extra_rows: counts.reduce((sum, count) => sum + count - 1, 0),
		largest: Math.max(1, ...counts),
	};
}

function sharedUids(rows: readonly Row[]) {
	const configs = new Map<string, Set<number>>();
	for (const { uid, config } of rows) configs.set(uid, (configs.get(uid) ?? new Set()).add(config));
	return {
		uids_in_more_than_one_config: [...configs.values()].filter(({ size }) => size > 1).length,
	};
}

function sums(rows: readonly Row[]) {
	return {
		missing_duration: rows.filter(({ duration }) => Number.isNaN(duration)).length,
		sum_accuracy: sumExactly(rows.map(({ accuracy }) => accuracy)),
		sum_duration: String(sumDurations(rows)),
	};
}

function sumDurations(rows: readonly Row[]): bigint {
	let sum = 0n;
	for (const { duration } of rows) if (!Number.isNaN(duration)) sum += BigInt(duration);
	return sum;
}

function keySets(rows: readonly Row[]) {
	const counts = countBy(rows, (row) => trialKeys(row).join());
	return Object.entries(counts).map(([keys, count]) => ({ keys: keys.split(','), count }));
}

function trialKeys({ prm, epochPrm, duration }: Row): string[] {
	const results = ['accuracy', 'uid'];
	if (!Number.isNaN(duration)) results.push('duration');
	if (epochPrm !== undefined) results.push('epoch');
	return [...prm.keys(), ...results].sort();
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) {
		const key = keyOf(item);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return Object.fromEntries(counts);
}

/** Facts of each (task, dataset, metric), by `task|dataset|metric`. */
export function groupFacts(mirror: Mirror): ReadonlyMap<string, Facts> {
	const { columns } = mirror;
	const groups = new Map<number, Row[]>();
	for (const row of rowsOf(mirror)) {
		const task = columns.configs.task[row.config] ?? 0;
		const rows = groups.get(task);
		if (rows) rows.push(row);
		else groups.set(task, [row]);
	}
	const nnOf = (config: number) => columns.nns[columns.configs.nn[config] ?? 0] ?? '';
	return new Map(
		Array.from(groups, ([index, rows]) => {
			const { task = '', dataset = '', metric = '' } = columns.tasks[index] ?? {};
			return [[task, dataset, metric].join('|'), { task, dataset, metric, ...groupOf(rows, nnOf) }];
		}),
	);
}

function groupOf(rows: readonly Row[], nnOf: (config: number) => string): Facts {
	const distinct = (of: (row: Row) => unknown) => new Set(rows.map(of)).size;
	const epochs = rows.map(({ epoch }) => epoch);
	const accuracies = rows.map(({ accuracy }) => accuracy);
	const durations = rows.map(({ duration }) => duration).filter((ns) => !Number.isNaN(ns));
	const { keys, extra_rows } = repeats(rows);
	return {
		trials: rows.length,
		configs: distinct(({ config }) => config),
		nets: distinct(({ config }) => config),
		uids: distinct(({ uid }) => uid),
		runs: distinct(({ config, uid }) => `${config} ${uid}`),
		epoch_min: least(epochs),
		epoch_max: -least(epochs.map((epoch) => -epoch)),
		epochs_distinct: new Set(epochs).size,
		min_accuracy: least(accuracies),
		distinct_accuracies: new Set(accuracies).size,
		best: bestOf(rows, nnOf),
		...sums(rows),
		min_duration: least(durations),
		max_duration: -least(durations.map((ns) => -ns)),
		repeated_keys: keys,
		repeated_extra_rows: extra_rows,
	};
}

/** The smallest of `values`; Infinity without any. */
export const least = (values: readonly number[]) =>
	values.reduce((low, value) => Math.min(low, value), Infinity);

function bestOf(rows: readonly Row[], nnOf: (config: number) => string): Facts {
	const accuracy = -least(rows.map((row) => -row.accuracy));
	const ties = rows.filter((row) => row.accuracy === accuracy);
	const [best] = ties.sort(
		(a, b) =>
			a.epoch - b.epoch || compareText(nnOf(a.config), nnOf(b.config)) || compareText(a.uid, b.uid),
	);
	return {
		accuracy,
		nn: nnOf(best?.config ?? 0),
		epoch: best?.epoch,
		transform: best?.prm.get('transform'),
		batch: Number(best?.prm.get('batch')),
		lr: best?.prm.get('lr'),
		uid: best?.uid,
		rows_with_this_accuracy: ties.length,
	};
}
