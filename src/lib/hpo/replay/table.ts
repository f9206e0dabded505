/**
 * Stored runs of one configuration as an objective reads them: hyperparameters and learning curves.
 * Made from the rows of LEMUR's `data()`; it judges and predicts nothing.
 */
import type { DataRows } from '../../stats/data-api';
import { compareText } from '../../stats/text-order';
import { categorical, float, type Distribution, type ParamValue } from '../distributions';
import { spaceOf, type Space } from '../space';

export interface ReplayRun {
	readonly params: Readonly<Record<string, ParamValue>>;
	/** ascending */
	readonly epochs: readonly number[];
	/** by epoch: what the metric gave */
	readonly values: readonly number[];
	/** by epoch: s since the run began; NaN = not recorded */
	readonly seconds: readonly number[];
}

/** All plain values, so that it can be sent to workers. */
export interface ReplayTable {
	readonly runs: readonly ReplayRun[];
	/** hyperparameters that all of these runs have, in code-point order */
	readonly names: readonly string[];
	/** runs that lack one of them and are left out */
	readonly leftOut: number;
}

/** Plans of a run, not hyperparameters. */
const PLANS: ReadonlySet<string> = new Set(['epoch', 'epoch_max']);
/** A hyperparameter that fewer of the runs have is no part of the space. */
const COMMON = 0.75;
const NS_PER_S = 1e9;

/** @param rows of one configuration; runs with the same hyperparameters at the same epoch are repeats */
export function replayTable(rows: DataRows): ReplayTable {
	const runs = runsOf(rows);
	const counts = new Map<string, number>();
	for (const { params } of runs)
		for (const name of Object.keys(params)) counts.set(name, (counts.get(name) ?? 0) + 1);
	const names = [...counts]
		.filter(([, count]) => count >= COMMON * runs.length)
		.map(([name]) => name)
		.sort(compareText);
	const complete = runs.filter(({ params }) => names.every((name) => Object.hasOwn(params, name)));
	return { runs: complete, names, leftOut: runs.length - complete.length };
}

/** Uids are per epoch in older snapshots, so a run is what shares its hyperparameters. */
function runsOf(rows: DataRows): ReplayRun[] {
	interface Growing {
		readonly params: ReplayRun['params'];
		readonly points: { epoch: number; value: number; seconds: number }[];
	}
	const bySet = new Map<string, Growing[]>();
	for (let i = 0; i < rows.rows; i++) {
		const params = paramsAt(rows, i);
		const key = JSON.stringify(Object.entries(params));
		const repeats = bySet.get(key) ?? [];
		bySet.set(key, repeats);
		const epoch = rows.epoch[i]!;
		let run = repeats.find(({ points }) => !points.some((point) => point.epoch === epoch));
		if (!run) repeats.push((run = { params, points: [] }));
		run.points.push({
			epoch,
			value: rows.accuracy[i]!,
			seconds: rows.duration[i]! / NS_PER_S,
		});
	}
	return [...bySet.values()].flat().map(({ params, points }) => {
		points.sort((a, b) => a.epoch - b.epoch);
		return {
			params,
			epochs: points.map(({ epoch }) => epoch),
			values: points.map(({ value }) => value),
			seconds: points.map(({ seconds }) => seconds),
		};
	});
}

function paramsAt(rows: DataRows, i: number): Record<string, ParamValue> {
	const entries: [string, ParamValue][] = Object.entries(rows.prmSets[rows.prm[i]!] ?? {});
	const kept = entries.filter(([name]) => !PLANS.has(name) && name !== 'transform');
	kept.push(['transform', rows.transform[i]!]);
	return Object.fromEntries(kept.sort(([a], [b]) => compareText(a, b)));
}

/** What LEMUR searches on a logarithmic scale, and as powers of two. */
const LOG = 'lr';
const BATCH = 'batch';

/** @returns the space that the runs lie in: LEMUR's kind of range each, as far as they reach */
export function observedSpace({ runs, names }: ReplayTable): Space {
	return spaceOf(
		names.map((name): [string, Distribution] => {
			const values = [...new Set(runs.map(({ params }) => params[name] ?? null))];
			const numbers = values.filter((value) => typeof value === 'number');
			if (numbers.length < values.length)
				return [name, categorical(values.sort((a, b) => compareText(String(a), String(b))))];
			if (name === BATCH) return [name, categorical(numbers.sort((a, b) => a - b))];
			const low = numbers.reduce((least, value) => Math.min(least, value), Infinity);
			const high = numbers.reduce((most, value) => Math.max(most, value), -Infinity);
			return [name, float(low, high, { log: name === LOG && low > 0 && high > low })];
		}),
	);
}

/** @returns the epochs that at least one run has reached, ascending, with how many runs did */
export function reachedEpochs({ runs }: ReplayTable): { epoch: number; runs: number }[] {
	const counts = new Map<number, number>();
	for (const { epochs } of runs) {
		const last = epochs.at(-1);
		if (last !== undefined) counts.set(last, (counts.get(last) ?? 0) + 1);
	}
	let reached = 0;
	return [...counts]
		.sort(([a], [b]) => b - a)
		.map(([epoch, count]) => ({ epoch, runs: (reached += count) }))
		.reverse();
}
