/**
 * Hyperparameters of runs: from the coded columns and the JSON of `extra` to one column per name,
 * and back to a run's Python dict for records and uids.
 */
import type { PrmColumn } from '../stats/columns';
import { compareText, distinctSorted } from '../stats/text-order';
import { parsePythonJson, writePythonJson } from './records/python-json';
import type { PyDict, PyValue } from './records/python-text';

/** The table's columns; NaN = none. `extra` is an id of the table `extra`, -1 = none. */
export interface RunCodes {
	readonly batch: Float64Array;
	readonly lr: Float64Array;
	readonly momentum: Float64Array;
	readonly dropout: Float64Array;
	readonly extra: Int32Array;
}

/** @returns codes of `count` runs, none set */
export function codesOf(count: number): RunCodes {
	const empty = () => new Float64Array(count).fill(NaN);
	return {
		batch: empty(),
		lr: empty(),
		momentum: empty(),
		dropout: empty(),
		extra: new Int32Array(count).fill(-1),
	};
}

/** A run's hyperparameters as Python has them. */
export interface PrmReader {
	/** with `transform`, in code-point order of the names; a fresh Map */
	dict(run: number): PyDict;
}

const CODED = ['batch', 'lr', 'momentum', 'dropout'] as const;

/**
 * @param extras JSON text of each id of `extra`
 * @returns the columns; a reader of single runs; and what gives a number per run, equal where all
 * hyperparameters (with `transform`) are
 */
export function runPrm(
	codes: RunCodes,
	extras: ReadonlyMap<number, string>,
	transform: Uint16Array,
	transforms: readonly string[],
): { columns: ReadonlyMap<string, PrmColumn>; prm: PrmReader; key: () => Uint32Array } {
	const dicts = new Map<number, PyDict>();
	for (const [id, text] of extras) dicts.set(id, readExtra(text));
	return {
		columns: columnsOfRuns(codes, dicts),
		prm: { dict: (run) => dictOf(run, codes, dicts, transforms[transform[run] ?? 0] ?? '') },
		key: () => keysOf(codes, transform),
	};
}

function readExtra(text: string): PyDict {
	const value = parsePythonJson(text);
	return value instanceof Map ? value : new Map<string, PyValue>();
}

function dictOf(
	run: number,
	codes: RunCodes,
	extras: ReadonlyMap<number, PyDict>,
	transform: string,
): PyDict {
	const entries: [string, PyValue][] = [...(extras.get(codes.extra[run] ?? -1) ?? [])];
	for (const name of CODED) {
		const value = codes[name][run] ?? NaN;
		if (!Number.isNaN(value)) entries.push([name, name === 'batch' ? BigInt(value) : value]);
	}
	if (transform !== '') entries.push(['transform', transform]);
	return new Map(entries.sort(([a], [b]) => compareText(a, b)));
}

function columnsOfRuns(codes: RunCodes, extras: ReadonlyMap<number, PyDict>) {
	const columns = new Map<string, PrmColumn>();
	for (const name of CODED) {
		if (codes[name].some((value) => !Number.isNaN(value)))
			columns.set(name, { kind: 'number', values: codes[name] });
	}
	const names = distinctSorted([...extras.values()].flatMap((dict) => [...dict.keys()]));
	const users = runsWithExtra(codes.extra);
	for (const name of names) {
		const column = extraColumn(name, codes, extras, users, columns.get(name));
		if (column) columns.set(name, column);
	}
	return new Map([...columns].sort(([a], [b]) => compareText(a, b)));
}

function runsWithExtra(extra: Int32Array): Uint32Array {
	const runs: number[] = [];
	for (let r = 0; r < extra.length; r++) if ((extra[r] ?? -1) >= 0) runs.push(r);
	return Uint32Array.from(runs);
}

/** A name that is text anywhere becomes a text column, numbers in it by their shortest text. */
function extraColumn(
	name: string,
	codes: RunCodes,
	extras: ReadonlyMap<number, PyDict>,
	users: Uint32Array,
	coded: PrmColumn | undefined,
): PrmColumn | undefined {
	const plain = new Map<number, number | string>();
	for (const [id, dict] of extras) {
		const value = plainValue(dict.get(name));
		if (value !== undefined) plain.set(id, value);
	}
	if (plain.size === 0) return undefined;
	const values =
		coded?.kind === 'number'
			? coded.values.slice()
			: new Float64Array(codes.extra.length).fill(NaN);
	const isText = [...plain.values()].some((value) => typeof value === 'string');
	const texts = new Map<number, string>();
	for (const r of users) {
		const value = plain.get(codes.extra[r] ?? -1);
		if (typeof value === 'number') values[r] = value;
		else if (value !== undefined) texts.set(r, value);
	}
	return isText ? textColumn(values, texts) : { kind: 'number', values };
}

function textColumn(values: Float64Array, texts: ReadonlyMap<number, string>): PrmColumn {
	const all = Array.from(values, (value, r) =>
		Number.isNaN(value) ? texts.get(r) : String(value),
	);
	const dictionary = distinctSorted(all.filter((text) => text !== undefined));
	const code = new Map(dictionary.map((text, index) => [text, index]));
	return {
		kind: 'text',
		codes: Int32Array.from(all, (text) => (text === undefined ? -1 : (code.get(text) ?? -1))),
		dictionary,
	};
}

/** As LEMUR's numeric column keeps it: booleans are 1 and 0, null is no value, lists are text. */
function plainValue(value: PyValue | undefined): number | string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'object') return writePythonJson(value);
	return Number(value);
}

/** Interns the tuple of all codes, pair by pair: numbers only, so that no text is built per run. */
function keysOf(codes: RunCodes, transform: Uint16Array): Uint32Array {
	let key = Uint32Array.from(transform);
	for (const column of [codes.batch, codes.lr, codes.momentum, codes.dropout, codes.extra])
		key = internPairs(key, column);
	return key;
}

const SHIFT = 2 ** 26;

/** @returns a number per element, equal exactly where both `left` and `right` are (NaN equals NaN) */
export function internPairs(
	left: Uint32Array,
	right: Float64Array | Int32Array | Uint32Array,
): Uint32Array<ArrayBuffer> {
	const values = new Map<number, number>();
	const pairs = new Map<number, number>();
	return Uint32Array.from(left, (a, i) => {
		const b = right[i] ?? NaN;
		let code = values.get(b);
		if (code === undefined) values.set(b, (code = values.size));
		const pair = a * SHIFT + code;
		let id = pairs.get(pair);
		if (id === undefined) pairs.set(pair, (id = pairs.size));
		return id;
	});
}
