/**
 * The visitor's own runs among a snapshot's: new columns in the same order (task, dataset, metric, net;
 * LEMUR's runs before own ones), so that every filter, plot and export covers both. The snapshot's
 * columns stay as they are; own runs change with every epoch, and are joined anew then.
 */
import { compareText, distinctSorted } from '../stats/text-order';
import {
	SOURCES,
	type Configs,
	type PrmColumn,
	type Runs,
	type TaskInfo,
	type TrialColumns,
} from '../stats/columns';
import type { Mirror } from './mirror';
import { parsePythonJson } from './records/python-json';
import type { PyDict, PyValue } from './records/python-text';

/** One run of this device, as it crosses into the data worker. */
export interface OwnRun extends TaskInfo {
	readonly nn: string;
	readonly uid: string;
	/** Python JSON of the hyperparameters, with `transform` */
	readonly prm: string;
	/** ascending by epoch; duration in ns */
	readonly epochs: readonly {
		readonly epoch: number;
		readonly accuracy: number;
		readonly duration: number;
	}[];
}

/** An own run read: what its column entries are made of. */
interface ReadRun {
	readonly run: OwnRun;
	readonly prm: PyDict;
	readonly transform: string;
}

/** @returns the mirror with the runs in it; itself when there are none */
export function withOwnRuns(mirror: Mirror, runs: readonly OwnRun[]): Mirror {
	const own = runs.filter(({ epochs }) => epochs.length > 0).map(readRun);
	if (own.length === 0) return mirror;
	const base = mirror.columns;
	const names = joinNames(base, own);
	const order = joinRuns(base, own, names);
	const columns = joinColumns(base, own, names, order);
	return {
		columns,
		uidText: (run) =>
			byOrigin(
				order.origin[run]!,
				(at) => own[at]!.run.uid,
				(at) => mirror.uidText(at),
			),
		prmOfRun: (run) =>
			byOrigin(
				order.origin[run]!,
				(at) => new Map(own[at]!.prm),
				(at) => mirror.prmOfRun(at),
			),
		epochPrm: shifted(mirror.epochPrm, base, columns, order),
	};
}

function readRun(run: OwnRun): ReadRun {
	const value = parsePythonJson(run.prm);
	const prm: PyDict = value instanceof Map ? value : new Map<string, PyValue>();
	const transform = prm.get('transform');
	return { run, prm, transform: typeof transform === 'string' ? transform : '' };
}

/** Own runs are counted downwards from −1. */
const ownIndex = (at: number) => -1 - at;

function byOrigin<T>(origin: number, own: (at: number) => T, base: (at: number) => T): T {
	return origin < 0 ? own(-1 - origin) : base(origin);
}

interface Names {
	readonly tasks: readonly TaskInfo[];
	readonly nns: readonly string[];
	readonly transforms: readonly string[];
	readonly configs: Configs;
	/** new index of each configuration of the base, ascending, and of each own run */
	readonly ofBase: Uint32Array;
	readonly ofOwn: Uint32Array;
}

const taskText = ({ task, dataset, metric }: TaskInfo) => JSON.stringify([task, dataset, metric]);

function joinNames(base: TrialColumns, own: readonly ReadRun[]): Names {
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

interface Order {
	readonly count: number;
	/** of each new run: its run in the base, or −1 − its place among the own ones */
	readonly origin: Int32Array;
	readonly config: Uint32Array;
	/** first trial of each new run, and the end */
	readonly start: Uint32Array;
}

/** The base's order holds because its configurations keep theirs. */
function joinRuns(base: TrialColumns, own: readonly ReadRun[], { ofBase, ofOwn }: Names): Order {
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

function joinColumns(
	base: TrialColumns,
	own: readonly ReadRun[],
	names: Names,
	order: Order,
): TrialColumns {
	const { tasks, nns, transforms, configs } = names;
	const count = order.start[order.count]!;
	const trials = {
		run: new Uint32Array(count),
		epoch: new Uint16Array(count),
		accuracy: new Float64Array(count),
		duration: new Float64Array(count),
	};
	for (let r = 0; r < order.count; r++) {
		const from = order.start[r]!;
		trials.run.fill(r, from, order.start[r + 1]);
		const origin = order.origin[r]!;
		if (origin < 0)
			for (const [i, one] of own[-1 - origin]!.run.epochs.entries()) {
				trials.epoch[from + i] = one.epoch;
				trials.accuracy[from + i] = one.accuracy;
				trials.duration[from + i] = one.duration;
			}
		else {
			const [a, b] = [base.runs.start[origin]!, base.runs.start[origin + 1]!];
			trials.epoch.set(base.epoch.subarray(a, b), from);
			trials.accuracy.set(base.accuracy.subarray(a, b), from);
			trials.duration.set(base.duration.subarray(a, b), from);
		}
	}
	const runs = joinRunColumns(base, own, names, order);
	return { version: base.version, count, tasks, nns, transforms, configs, runs, ...trials };
}

function joinRunColumns(
	base: TrialColumns,
	own: readonly ReadRun[],
	{ transforms }: Names,
	order: Order,
): Runs {
	const { runs } = base;
	const at = new Map(transforms.map((name, index) => [name, index]));
	const ofBase = base.transforms.map((name) => at.get(name)!);
	const pick = <A extends Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array>(
		into: A,
		fromBase: (run: number) => number,
		fromOwn: (run: number) => number,
	): A => {
		for (let r = 0; r < order.count; r++) {
			const origin = order.origin[r]!;
			into[r] = origin < 0 ? fromOwn(-1 - origin) : fromBase(origin);
		}
		return into;
	};
	const repeats = repeatsOf(own);
	const planned = runs.plannedEpochs;
	const mine = SOURCES.indexOf('mine');
	let uid: Uint32Array | undefined;
	return {
		count: order.count,
		config: order.config,
		start: order.start,
		transform: pick(
			new Uint16Array(order.count),
			(r) => ofBase[runs.transform[r]!]!,
			(r) => at.get(own[r]!.transform)!,
		),
		source: pick(
			new Uint8Array(order.count),
			(r) => runs.source[r]!,
			() => mine,
		),
		repeat: pick(
			new Uint16Array(order.count),
			(r) => runs.repeat[r]!,
			(r) => repeats[r]!,
		),
		get uid() {
			// Interning the base's takes long; most visits never ask.
			if (!uid) {
				const numbers = ownUids(own, runs.uid);
				uid = pick(
					new Uint32Array(order.count),
					(r) => runs.uid[r]!,
					(r) => numbers[r]!,
				);
			}
			return uid;
		},
		prm: joinPrm(runs.prm, own, order),
		...(planned && {
			plannedEpochs: pick(
				new Float64Array(order.count),
				(r) => planned[r]!,
				() => NaN,
			),
		}),
	};
}

/** The n-th further run of the same configuration and uid is repeat n. */
function repeatsOf(own: readonly ReadRun[]): number[] {
	const seen = new Map<string, number>();
	return own.map(({ run }) => {
		const key = `${taskText(run)} ${run.nn} ${run.uid}`;
		const repeat = seen.get(key) ?? 0;
		seen.set(key, repeat + 1);
		return repeat;
	});
}

/** Own uids name a device and a seed, so none of them is LEMUR's. */
function ownUids(own: readonly ReadRun[], base: Uint32Array): number[] {
	let next = 0;
	for (const uid of base) if (uid >= next) next = uid + 1;
	const numbers = new Map<string, number>();
	return own.map(({ run }) => {
		let number = numbers.get(run.uid);
		if (number === undefined) numbers.set(run.uid, (number = next++));
		return number;
	});
}

function joinPrm(
	base: ReadonlyMap<string, PrmColumn>,
	own: readonly ReadRun[],
	order: Order,
): ReadonlyMap<string, PrmColumn> {
	const names = distinctSorted([...base.keys(), ...own.flatMap(({ prm }) => [...prm.keys()])]);
	const columns = new Map<string, PrmColumn>();
	for (const name of names) {
		if (name === 'transform' || name === 'epoch') continue;
		const values = own.map(({ prm }) => plainValue(prm.get(name)));
		columns.set(name, joinColumn(base.get(name), values, order));
	}
	return columns;
}

/** As LEMUR's numeric column keeps it: booleans are 1 and 0, null is no value. */
function plainValue(value: PyValue | undefined): number | string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	return typeof value === 'object' ? undefined : Number(value);
}

function joinColumn(
	base: PrmColumn | undefined,
	own: readonly (number | string | undefined)[],
	{ count, origin }: Order,
): PrmColumn {
	const isText = base?.kind === 'text' || own.some((value) => typeof value === 'string');
	if (!isText) {
		const values = new Float64Array(count);
		const from = base?.kind === 'number' ? base.values : undefined;
		for (let r = 0; r < count; r++) {
			const o = origin[r]!;
			values[r] = o < 0 ? Number(own[-1 - o] ?? NaN) : (from?.[o] ?? NaN);
		}
		return { kind: 'number', values };
	}
	const text = (r: number): string | undefined => {
		const o = origin[r]!;
		if (o < 0) return own[-1 - o] === undefined ? undefined : String(own[-1 - o]);
		if (!base) return undefined;
		if (base.kind === 'text') return base.dictionary[base.codes[o]!];
		return Number.isNaN(base.values[o]) ? undefined : String(base.values[o]);
	};
	const texts = Array.from({ length: count }, (_, r) => text(r));
	const dictionary = distinctSorted(texts.filter((one) => one !== undefined));
	const code = new Map(dictionary.map((one, index) => [one, index]));
	const codes = Int32Array.from(texts, (one) => (one === undefined ? -1 : code.get(one)!));
	return { kind: 'text', codes, dictionary };
}

/** Trials of the base by their new numbers. */
function shifted(
	values: ReadonlyMap<number, PyValue>,
	base: TrialColumns,
	columns: TrialColumns,
	{ origin, start }: Order,
): ReadonlyMap<number, PyValue> {
	if (values.size === 0) return values;
	const newRun = new Uint32Array(base.runs.count);
	for (let r = 0; r < columns.runs.count; r++) if (origin[r]! >= 0) newRun[origin[r]!] = r;
	return new Map(
		Array.from(values, ([trial, value]) => {
			const run = base.run[trial]!;
			return [start[newRun[run]!]! + trial - base.runs.start[run]!, value];
		}),
	);
}
