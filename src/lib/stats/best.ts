/**
 * "Best only": of each group of the given trials, those with the highest accuracy. All that tie
 * with the maximum stay, as in LEMUR's `only_best_accuracy`. Conditions are decided before this.
 */
import { runIdentity } from './run-identity';
import type { TrialColumns } from './columns';
import type { Best } from './filter';

/** Group number of a trial. */
type GroupOf = (trial: number) => number;

interface Groups {
	readonly of: GroupOf;
	/** above every group number */
	readonly count: number;
}

/**
 * @param ids trials, in any order
 * @param refine number of a run (below `refinements`): groups are split by it as well
 * @returns those of `ids` that have their group's highest accuracy, in the order given
 */
export function bestOf(
	columns: TrialColumns,
	ids: Uint32Array,
	best: Best,
	refine?: Uint32Array,
): Uint32Array {
	const groups = groupsOf(columns, best, refine);
	const { accuracy } = columns;
	const maxima = new Float64Array(groups.count).fill(-Infinity);
	for (let i = 0; i < ids.length; i++) {
		const group = groups.of(ids[i]!);
		if (accuracy[ids[i]!]! > maxima[group]!) maxima[group] = accuracy[ids[i]!]!;
	}
	const kept = new Uint32Array(ids.length);
	let n = 0;
	for (let i = 0; i < ids.length; i++)
		if (accuracy[ids[i]!] === maxima[groups.of(ids[i]!)]) kept[n++] = ids[i]!;
	return kept.slice(0, n);
}

function groupsOf(columns: TrialColumns, best: Best, refine?: Uint32Array): Groups {
	const { group, count, first } = runGroups(columns, best, refine);
	const { run, epoch } = columns;
	if (!first) return { of: (trial) => group[run[trial]!]!, count };
	return { of: (trial) => first[group[run[trial]!]!]! + epoch[trial]!, count: first[count]! };
}

/** Runs by their groups; with `first` the groups are split further by epoch. */
interface RunGroups {
	readonly group: Uint32Array;
	readonly count: number;
	readonly first?: Uint32Array;
}

/** By snapshot, then by what refines it (the snapshot itself where nothing does). */
const known = new WeakMap<TrialColumns, WeakMap<object, Map<Best, RunGroups>>>();

/** The groups do not depend on the filter, so they are made once. */
function runGroups(columns: TrialColumns, best: Best, refine?: Uint32Array): RunGroups {
	let refined = known.get(columns);
	if (!refined) known.set(columns, (refined = new WeakMap()));
	let kinds = refined.get(refine ?? columns);
	if (!kinds) refined.set(refine ?? columns, (kinds = new Map()));
	let groups = kinds.get(best);
	if (!groups) {
		const dense = denseRunGroups(columns, best, refine);
		const split = best === 'epoch';
		groups = split ? { ...dense, first: epochSlots(columns, dense.group, dense.count) } : dense;
		kinds.set(best, groups);
	}
	return groups;
}

/** First of each group's numbers when it gets one for every epoch up to its last. */
function epochSlots(
	{ runs, epoch }: TrialColumns,
	group: Uint32Array,
	groups: number,
): Uint32Array {
	const first = new Uint32Array(groups + 1);
	for (let r = 0; r < runs.count; r++) {
		const end = runs.start[r + 1]!;
		if (end === runs.start[r]) continue;
		const slot = group[r]! + 1;
		first[slot] = Math.max(first[slot]!, epoch[end - 1]! + 1);
	}
	for (let g = 0; g < groups; g++) first[g + 1]! += first[g]!;
	return first;
}

/** Groups of runs, numbered from 0 without gaps. */
function denseRunGroups(columns: TrialColumns, best: Best, refine?: Uint32Array) {
	const { configs, runs } = columns;
	const metrics = metricNumbers(columns);
	const first = runIdentity(runs);
	const key = (run: number): number => {
		const config = runs.config[run]!;
		switch (best) {
			case 'run':
				return first[run]!;
			case 'net':
				return metrics[configs.task[config]!]! * columns.nns.length + configs.nn[config]!;
			case 'configuration':
			case 'epoch':
				return config;
			default:
				return best satisfies never;
		}
	};
	const numbers = new Map<number, number>();
	const group = new Uint32Array(runs.count);
	const refinements = refine ? refine.reduce((a, b) => Math.max(a, b), 0) + 1 : 1;
	for (let r = 0; r < runs.count; r++) {
		const value = key(r) * refinements + (refine?.[r] ?? 0);
		let number = numbers.get(value);
		if (number === undefined) numbers.set(value, (number = numbers.size));
		group[r] = number;
	}
	return { group, count: numbers.size };
}

function metricNumbers({ tasks }: TrialColumns): number[] {
	const names = [...new Set(tasks.map(({ metric }) => metric))];
	return tasks.map(({ metric }) => names.indexOf(metric));
}
