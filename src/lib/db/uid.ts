/**
 * LEMUR's uid of each run: recomputed from the hyperparameters in the stored key order where it
 * can be, read where it cannot (schema.ts says how it is coded). Only runs that are asked for pay
 * for an MD5.
 */
import type { Database } from 'sql.js';
import { internPairs, type PrmReader } from './mirror-prm';
import { uidOf } from './records/identity';
import type { PyValue } from './records/python-text';
import { eachRow } from './rows';
import { UUID_MARK } from './schema';

export interface UidReader {
	/** a number per run, equal where the uid is; computed on first use */
	readonly index: Uint32Array;
	/** the uid's text: 32 hex digits, a UUID, or whatever the source had */
	text(run: number): string;
}

/** What a uid is computed from. */
export interface UidSource {
	readonly prm: PrmReader;
	/** gives a number per run, equal where the hyperparameters are */
	readonly key: () => Uint32Array;
	/** the run's first value of the hyperparameter called `epoch`, which some key orders name */
	readonly firstEpoch: (run: number) => PyValue | undefined;
}

/** Above every id of `key_order`: the run's uid is stored. */
const STORED = 2 ** 20;

/** @param count runs of the snapshot */
export function uidReader(db: Database, count: number, source: UidSource): UidReader {
	const orders = readOrders(db);
	const order = new Uint32Array(count);
	const stored = new Map<string, number>();
	const texts: (string | undefined)[] = new Array<string | undefined>(count);
	let r = 0;
	eachRow(db, 'SELECT uid FROM trial_run ORDER BY id', ([value]) => {
		if (typeof value === 'number') order[r] = value;
		else {
			const text = value instanceof Uint8Array ? unpack(value) : (value ?? '');
			if (!stored.has(text)) stored.set(text, stored.size);
			order[r] = STORED + (stored.get(text) ?? 0);
			texts[r] = text;
		}
		r++;
	});
	let index: Uint32Array | undefined;
	return {
		get index() {
			index ??= indexOf(order, orders, source);
			return index;
		},
		text: (run) => (texts[run] ??= compute(run, orders.get(order[run] ?? 0), source)),
	};
}

type Orders = ReadonlyMap<number, readonly string[]>;

function compute(
	run: number,
	names: readonly string[] | undefined,
	{ prm, firstEpoch }: UidSource,
): string {
	const dict = prm.dict(run);
	const epoch = names?.includes('epoch') ? firstEpoch(run) : undefined;
	if (epoch !== undefined) dict.set('epoch', epoch);
	return uidOf(dict, names);
}

/** A stored uid decides alone; a computed one by its order and all that the order names. */
function indexOf(order: Uint32Array, orders: Orders, { key, firstEpoch }: UidSource): Uint32Array {
	const values = key().map((k, run) => (order[run]! >= STORED ? 0 : k + 1));
	const epochs = new Float64Array(order.length).fill(NaN);
	for (let run = 0; run < epochs.length; run++)
		if (orders.get(order[run]!)?.includes('epoch')) epochs[run] = Number(firstEpoch(run) ?? NaN);
	return internPairs(internPairs(order, values), epochs);
}

/** 16 bytes are an MD5; 17 with the mark in front are a UUID. */
function unpack(bytes: Uint8Array): string {
	const isUuid = bytes.length === 17 && bytes[0] === UUID_MARK;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	if (!isUuid) return hex;
	const parts = [hex.slice(2, 10), hex.slice(10, 14), hex.slice(14, 18), hex.slice(18, 22)];
	return [...parts, hex.slice(22)].join('-');
}

/** Key orders by id; the alphabetical one (id 0, no names) is left out. */
function readOrders(db: Database): Orders {
	const orders = new Map<number, readonly string[]>();
	eachRow(db, 'SELECT id, names FROM key_order', ([id, names]) => {
		if (typeof id === 'number' && typeof names === 'string' && names !== '')
			orders.set(id, names.split(','));
	});
	return orders;
}
