/**
 * nn-stat's runs and their best records. It knows no uid: its run is a configuration with the
 * hyperparameters and the transform, so equal trainings are one run. LEMUR's own runs are in
 * `run-identity.ts`, other kinds of "best" in `best.ts`.
 */
import { numericAffinity } from '../db/records/affinity';
import type { PrmColumn, Runs, TrialColumns } from './columns';
import { groupTrials } from './group';
import { mean, sorted } from './quantile';

/**
 * @param ids trials, ascending
 * @returns for each run the first record of its highest accuracy in LEMUR's order (task, dataset,
 * metric, nn, epoch; then as in the mirror), ascending
 */
export function bestPerRun(columns: TrialColumns, ids: Uint32Array): Uint32Array {
	const { accuracy, epoch, run, runs } = columns;
	const same = sameTrainings(runs);
	/** 1 + the best trial so far, by first run of the same training */
	const best = new Uint32Array(runs.count);
	let count = 0;
	for (let i = 0; i < ids.length; i++) {
		const t = ids[i]!;
		const key = same[run[t]!]!;
		const known = best[key]! - 1;
		if (known < 0) count++;
		const higher = known < 0 ? 1 : accuracy[t]! - accuracy[known]!;
		if (higher > 0 || (higher === 0 && epoch[t]! < epoch[known]!)) best[key] = t + 1;
	}
	const result = new Uint32Array(count);
	let n = 0;
	for (let r = 0; r < best.length; r++) if (best[r]! > 0) result[n++] = best[r]! - 1;
	return result.sort();
}

/** A net with the best of each of its runs. */
export interface NetBest {
	/** as in the data */
	readonly name: string;
	/** trials: the best one of each run, ascending */
	readonly best: Uint32Array;
	/** their accuracies, ascending */
	readonly values: Float64Array;
	readonly mean: number;
}

/**
 * @param best trials, one a run, ascending; of one dataset or of several, which are averaged together
 * @returns the nets, highest mean first, ties by name in code-point order
 */
export function rankNets(columns: TrialColumns, best: Uint32Array): NetBest[] {
	const { order, start, keys } = groupTrials(columns, best, ['nn']);
	const nets = (keys[0] ?? []).map((name, g): NetBest => {
		const own = order.subarray(start[g], start[g + 1]);
		const values = sorted(Float64Array.from(own, (trial) => columns.accuracy[trial]!));
		return { name, best: own, values, mean: mean(values) };
	});
	// Stable, and the groups come by name.
	return nets.sort((a, b) => b.mean - a.mean);
}

const known = new WeakMap<Runs, Uint32Array>();

/** @returns per row of `runs` the first row of the same configuration, hyperparameters and transform */
function sameTrainings(runs: Runs): Uint32Array {
	let first = known.get(runs);
	if (first) return first;
	const columns = [...runs.prm.values()].map(comparable);
	if (runs.plannedEpochs) columns.push(runs.plannedEpochs);
	const hashes = new Int32Array(runs.count);
	for (let r = 0; r < runs.count; r++) hashes[r] = mix(runs.config[r]!, runs.transform[r]!);
	for (const values of columns) addHashes(hashes, values);
	const equal = (a: number, b: number) =>
		runs.config[a] === runs.config[b] &&
		runs.transform[a] === runs.transform[b] &&
		columns.every((values) => sameValue(values[a]!, values[b]!));
	first = firstEqual(hashes, equal);
	known.set(runs, first);
	return first;
}

/** A hyperparameter as numbers that are equal where LEMUR's database holds the same value; NaN = none. */
function comparable(column: PrmColumn): Float64Array {
	if (column.kind === 'number') return column.values;
	const place = new Map<unknown, number>();
	const codes = column.dictionary.map((text) => {
		const kept = numericAffinity(text);
		const value = typeof kept === 'bigint' ? Number(kept) : kept;
		const code = place.get(value) ?? place.size;
		place.set(value, code);
		return code;
	});
	return Float64Array.from(column.codes, (code) => codes[code] ?? NaN);
}

const sameValue = (a: number, b: number) => a === b || (a !== a && b !== b);

const mix = (hash: number, value: number) => {
	const mixed = Math.imul(hash ^ value, 0x9e3779b1);
	return mixed ^ (mixed >>> 15);
};

function addHashes(hashes: Int32Array, values: Float64Array): void {
	const one = new Float64Array(1);
	const words = new Int32Array(one.buffer);
	for (let r = 0; r < hashes.length; r++) {
		// −0 and 0 are equal, and so must their hashes be.
		one[0] = values[r]! + 0;
		const nothing = Number.isNaN(one[0]);
		hashes[r] = mix(hashes[r]!, nothing ? 1 : mix(words[0]!, words[1]!));
	}
}

/** @returns per element the first one that is equal, by a table of open addresses */
function firstEqual(hashes: Int32Array, equal: (a: number, b: number) => boolean): Uint32Array {
	const size = 2 ** Math.ceil(Math.log2(2 * hashes.length + 2));
	/** 1 + element */
	const table = new Uint32Array(size);
	return Uint32Array.from(hashes, (hash, r) => {
		let slot = hash & (size - 1);
		for (; table[slot]! > 0; slot = (slot + 1) & (size - 1)) {
			const other = table[slot]! - 1;
			if (hashes[other] === hash && equal(other, r)) return other;
		}
		table[slot] = r + 1;
		return r;
	});
}
