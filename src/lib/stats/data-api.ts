/** LEMUR's `ab.nn.api.data()` over the columnar mirror: its arguments, its columns, its ties. */
import type { Mirror } from '../db/mirror';
import { numericAffinity } from '../db/records/affinity';
import type { PyValue } from '../db/records/python-text';
import { bestOf } from './best';
import type { TrialColumns } from './columns';
import type { ColumnId } from './fields';
import type { Conditions, Filter } from './filter';
import { matchTrials } from './match';
import { readerOf } from './reader';
import { sortTrials } from './sort';

export interface DataArguments {
	readonly onlyBestAccuracy?: boolean;
	readonly task?: string;
	readonly dataset?: string;
	readonly metric?: string;
	readonly nn?: string;
	readonly epoch?: number | string;
	/** null, 0 or negative = no limit */
	readonly maxRows?: number | null;
	/** OR of SQL's `nn LIKE 'prefix%'`, as LEMUR asks it: ASCII case-insensitive, `_` and `%` are wildcards */
	readonly prefixList?: readonly string[];
}

/** Struct of arrays in LEMUR's order: task, dataset, metric, nn, epoch. */
export interface DataRows {
	readonly rows: number;
	readonly task: readonly string[];
	readonly dataset: readonly string[];
	readonly metric: readonly string[];
	readonly nn: readonly string[];
	readonly epoch: Float64Array;
	readonly accuracy: Float64Array;
	/** ns; NaN = not recorded */
	readonly duration: Float64Array;
	readonly uid: readonly string[];
	readonly transform: readonly string[];
	/** index into `prmSets`: rows of one uid share one parameter set */
	readonly prm: Uint32Array;
	/** each with LEMUR's numeric affinity applied */
	readonly prmSets: readonly Readonly<Record<string, number | string>>[];
}

/**
 * @param mirror the snapshot, with uids and the parameter called `epoch`
 * @param args LEMUR's arguments; a missing one is no filter, an empty text is one
 * @returns the rows that LEMUR's `data()` returns, in its order; ties in mirror order. `maxRows`
 * cuts after ordering (LEMUR lets its engine choose). A prefix list alone works here: LEMUR's own
 * SQL is invalid then. Where the runs of one uid planned different numbers of epochs, LEMUR returns
 * the one inserted last; here it is the highest.
 */
export function dataRows(mirror: Mirror, args: DataArguments): DataRows {
	const { columns } = mirror;
	const order = cut(orderOf(columns, args), args.maxRows);
	const text = (id: ColumnId): string[] => {
		const reader = readerOf(columns, id, mirror.uidText);
		return Array.from(order, (t) => String(reader.at(t)));
	};
	return {
		rows: order.length,
		task: text('task'),
		dataset: text('dataset'),
		metric: text('metric'),
		nn: text('nn'),
		epoch: Float64Array.from(order, (t) => columns.epoch[t]!),
		accuracy: Float64Array.from(order, (t) => columns.accuracy[t]!),
		duration: Float64Array.from(order, (t) => columns.duration[t]!),
		uid: text('uid'),
		transform: text('transform'),
		...parameterSets(mirror, order),
	};
}

function orderOf(columns: TrialColumns, args: DataArguments): Uint32Array {
	const filter = filterOf(columns, args);
	const matched = filter ? matchTrials(columns, filter).ids : new Uint32Array(0);
	const ids = args.onlyBestAccuracy ? bestOf(columns, matched, 'epoch') : matched;
	const keys = ['task', 'dataset', 'metric', 'nn', 'epoch'] as const;
	return sortTrials(
		columns,
		ids,
		keys.map((column) => ({ column, descending: false })),
	);
}

function cut(order: Uint32Array, maxRows: number | null | undefined): Uint32Array {
	return maxRows && maxRows > 0 ? order.subarray(0, maxRows) : order;
}

/** @returns the arguments as a filter; undefined where nothing can match */
function filterOf(columns: TrialColumns, args: DataArguments): Filter | undefined {
	let filter: Conditions = {};
	for (const key of ['task', 'dataset', 'metric', 'nn'] as const) {
		const value = args[key];
		if (value !== undefined) filter = { ...filter, [key]: [value] };
	}
	const prefixes = (args.prefixList ?? []).map((prefix) => likePattern(`${prefix}%`));
	const liked = columns.nns.filter((nn) => prefixes.some((like) => like(nn)));
	const prefixed = prefixes.length === 0 ? filter : { ...filter, any: [{ nn: liked }] };
	if (args.epoch === undefined) return prefixed;
	const epoch = stored(args.epoch);
	return typeof epoch === 'number' ? { ...prefixed, epoch: { min: epoch, max: epoch } } : undefined;
}

/** As a NUMERIC column of LEMUR's database keeps it ("007" → 7), with integers as doubles. */
function stored(value: PyValue): number | string | undefined {
	const kept = numericAffinity(value);
	return typeof kept === 'bigint' ? Number(kept) : (kept ?? undefined);
}

/**
 * SQLite's LIKE: `%` is any text, `_` any character, the 26 letters match in either case.
 * @returns a test; its time is at most the product of both lengths
 */
export function likePattern(pattern: string): (text: string) => boolean {
	const wanted = [...lowerAscii(pattern)];
	return (text) => likes(wanted, [...lowerAscii(text)]);
}

const lowerAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Greedy: only the last `%` is ever tried again. */
function likes(pattern: readonly string[], text: readonly string[]): boolean {
	let p = 0;
	let t = 0;
	let retryP = -1;
	let retryT = 0;
	while (t < text.length) {
		if (pattern[p] === '%') {
			retryP = ++p;
			retryT = t;
		} else if (p < pattern.length && (pattern[p] === '_' || pattern[p] === text[t])) {
			p++;
			t++;
		} else if (retryP >= 0) {
			p = retryP;
			t = ++retryT;
		} else return false;
	}
	while (pattern[p] === '%') p++;
	return p === pattern.length;
}

type PrmSet = Record<string, number | string>;

/** One set per distinct uid among the rows: all runs of a uid share it, as LEMUR stores them. */
function parameterSets(mirror: Mirror, order: Uint32Array): Pick<DataRows, 'prm' | 'prmSets'> {
	const { runs, run } = mirror.columns;
	const index = new Map<number, number>();
	for (const trial of order) {
		const uid = runs.uid[run[trial]!]!;
		if (!index.has(uid)) index.set(uid, index.size);
	}
	const prmSets = Array.from(index, (): PrmSet => ({}));
	for (let r = 0; r < runs.count; r++) {
		const set = prmSets[index.get(runs.uid[r]!) ?? -1];
		if (set) addRun(mirror.columns, set, r);
	}
	for (const [trial, value] of mirror.epochPrm) {
		const set = prmSets[index.get(runs.uid[run[trial]!]!) ?? -1];
		if (set) addEpoch(set, value);
	}
	return { prm: Uint32Array.from(order, (t) => index.get(runs.uid[run[t]!]!)!), prmSets };
}

function addRun({ runs, transforms }: TrialColumns, set: PrmSet, run: number): void {
	for (const [name, column] of runs.prm) {
		const value =
			column.kind === 'number' ? column.values[run]! : column.dictionary[column.codes[run]!];
		add(set, name, value ?? null);
	}
	add(set, 'transform', transforms[runs.transform[run]!] || null);
}

/** NaN and null are no values. */
function add(set: PrmSet, name: string, value: PyValue): void {
	const kept = stored(value);
	if (kept !== undefined) set[name] = kept;
}

function addEpoch(set: PrmSet, value: PyValue): void {
	const known = set['epoch'];
	const epoch = stored(value);
	if (typeof known !== 'number' || Number(epoch) > known) add(set, 'epoch', value);
}
