/**
 * LEMUR's run is (configuration, uid). A snapshot keeps records that repeat (configuration, epoch,
 * uid) in rows of their own; this says which rows are one run, for counting and for best-only.
 */
import type { Runs } from './columns';

const known = new WeakMap<Runs, Uint32Array>();

/**
 * @returns per row of `runs` the first row of the same run. Rows are ordered so that repeats follow
 * the row they repeat.
 */
export function runIdentity(runs: Runs): Uint32Array {
	let first = known.get(runs);
	if (first) return first;
	first = new Uint32Array(runs.count);
	for (let r = 0; r < runs.count; r++) {
		const repeats = r > 0 && runs.repeat[r]! > 0 && runs.config[r] === runs.config[r - 1];
		first[r] = repeats ? first[r - 1]! : r;
	}
	known.set(runs, first);
	return first;
}

/** @returns how many runs the snapshot has */
export function countRuns(runs: Runs): number {
	return runIdentity(runs).reduce((count, first, r) => count + Number(first === r), 0);
}
