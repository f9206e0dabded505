/**
 * Where own runs stand among a snapshot's: the dictionaries of names that both share, and one order of
 * runs. What the columns hold is the matter of `own-columns.ts`.
 */
import { compareText, distinctSorted } from '../stats/text-order';
import type { Configs, TaskInfo, TrialColumns } from '../stats/columns';
import type { OwnRun } from './own-run';
import type { PyDict } from './records/python-text';

/** An own run read: what its column entries are made of. */
export interface ReadRun {
	readonly run: OwnRun;
	readonly prm: PyDict;
	readonly transform: string;
}

/** Own runs are counted downwards from −1. */
const ownIndex = (at: number) => -1 - at;

/** The dictionaries of both, and where each configuration is in them. */
export interface Names {
	readonly tasks: readonly TaskInfo[];
	readonly nns: readonly string[];
	readonly transforms: readonly string[];
	readonly configs: Configs;
	/** new index of each configuration of the base, ascending, and of each own run */
	readonly ofBase: Uint32Array;
	readonly ofOwn: Uint32Array;
}

/** @returns a task as a key */
export const taskText = ({ task, dataset, metric }: TaskInfo) =>
	JSON.stringify([task, dataset, metric]);

/** @returns the dictionaries of the base with what own runs add */
export function joinNames(base: TrialColumns, own: readonly ReadRun[]): Names {
	const tasks = joinTasks(base.tasks, own);
	const taskAt = new Map(tasks.map((task, at) => [taskText(task), at]));
	const nns = distinctSorted([...base.nns, ...own.map(({ run }) => run.nn)]);
	const nnAt = new Map(nns.map((name, at) => [name, at]));
	const transforms = distinctSorted([...base.transforms, ...own.map(({ transform }) => transform)]);
	const key = (task: number, nn: number) => task * nns.length + nn;
	const baseKeys = Array.from(base.configs.task, (task, c) =>
		key(taskAt.get(taskText(base.tasks[task]!))!, nnAt.get(base.nns[base.configs.nn[c]!]!)!),
	);
	const ownKeys = own.map(({ run }) => key(taskAt.get(taskText(run))!, nnAt.get(run.nn)!));
	const keys = [...new Set([...baseKeys, ...ownKeys])].sort((a, b) => a - b);
	const at = new Map(keys.map((one, index) => [one, index]));
	return {
		...{ tasks, nns, transforms },
		configs: {
			count: keys.length,
			task: Uint16Array.from(keys, (one) => Math.floor(one / nns.length)),
			nn: Uint16Array.from(keys, (one) => one % nns.length),
		},
		ofBase: Uint32Array.from(baseKeys, (one) => at.get(one)!),
		ofOwn: Uint32Array.from(ownKeys, (one) => at.get(one)!),
	};
}

function joinTasks(base: readonly TaskInfo[], own: readonly ReadRun[]): TaskInfo[] {
	const all = new Map(base.map((task) => [taskText(task), task]));
	for (const { run } of own) {
		const { task, dataset, metric } = run;
		if (!all.has(taskText(run))) all.set(taskText(run), { task, dataset, metric });
	}
	return [...all.values()].sort(
		(a, b) =>
			compareText(a.task, b.task) ||
			compareText(a.dataset, b.dataset) ||
			compareText(a.metric, b.metric),
	);
}

/** The runs of both, in the order of the new columns. */
export interface Order {
	readonly count: number;
	/** of each new run: its run in the base, or −1 − its place among the own ones */
	readonly origin: Int32Array;
	readonly config: Uint32Array;
	/** first trial of each new run, and the end */
	readonly start: Uint32Array;
}

/** The base's order holds because its configurations keep theirs. */
export function joinRuns(
	base: TrialColumns,
	own: readonly ReadRun[],
	{ ofBase, ofOwn }: Names,
): Order {
	const { runs } = base;
	const count = runs.count + own.length;
	const origin = new Int32Array(count);
	const config = new Uint32Array(count);
	const start = new Uint32Array(count + 1);
	const waiting = own.map((_, at) => at).sort((a, b) => ofOwn[a]! - ofOwn[b]! || a - b);
	let next = 0;
	let r = 0;
	const add = (from: number, of: number, trials: number) => {
		origin[r] = from;
		config[r] = of;
		start[r + 1] = start[r]! + trials;
		r++;
	};
	const addOwn = (below: number) => {
		for (; next < waiting.length && ofOwn[waiting[next]!]! < below; next++) {
			const at = waiting[next]!;
			add(ownIndex(at), ofOwn[at]!, own[at]!.run.epochs.length);
		}
	};
	for (let b = 0; b < runs.count; b++) {
		const of = ofBase[runs.config[b]!]!;
		addOwn(of);
		add(b, of, runs.start[b + 1]! - runs.start[b]!);
	}
	addOwn(Infinity);
	return { count, origin, config, start };
}
