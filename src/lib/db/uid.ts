/**
 * LEMUR's uid of each run: recomputed from the hyperparameters in the stored key order where it
 * can be, read where it cannot. Only runs that are asked for pay for an MD5.
 */
import type { Database } from 'sql.js';
import { internPairs, type PrmReader } from './mirror-prm';
import { uidOf } from './records/identity';
import { eachRow } from './rows';

export interface UidReader {
	/** a number per run, equal where the uid is; computed on first use */
	readonly index: Uint32Array;
	/** the uid's text: 32 hex digits, a UUID, or whatever the source had */
	text(run: number): string;
}

/** Above every id of `key_order`: the run's uid is stored. */
const STORED = 2 ** 20;

/**
 * @param ids database id of each run, ascending
 * @param key gives a number per run, equal where the hyperparameters are
 */
export function uidReader(
	db: Database,
	ids: Uint32Array,
	prm: PrmReader,
	key: () => Uint32Array,
): UidReader {
	const orders = readOrders(db);
	const order = new Uint32Array(ids.length);
	const stored = new Map<string, number>();
	const texts: (string | undefined)[] = new Array<string | undefined>(ids.length);
	let r = 0;
	eachRow(db, `SELECT ${UID_TEXT} FROM trial_run ORDER BY id`, ([value]) => {
		if (typeof value === 'number') order[r] = value;
		else {
			const text = String(value ?? '');
			if (!stored.has(text)) stored.set(text, stored.size);
			order[r] = STORED + (stored.get(text) ?? 0);
			texts[r] = text;
		}
		r++;
	});
	let index: Uint32Array | undefined;
	return {
		get index() {
			// A stored uid decides alone; a computed one by its order and hyperparameters.
			index ??= internPairs(
				order,
				key().map((k, run) => ((order[run] ?? 0) >= STORED ? 0 : k + 1)),
			);
			return index;
		},
		text: (run) => (texts[run] ??= uidOf(prm.dict(run), orders.get(order[run] ?? 0))),
	};
}

const UID_TEXT = `CASE typeof(uid) WHEN 'blob' THEN lower(hex(uid)) ELSE uid END`;

/** Key orders by id; the alphabetical one (id 0, no names) is left out. */
function readOrders(db: Database): ReadonlyMap<number, readonly string[]> {
	const orders = new Map<number, readonly string[]>();
	eachRow(db, 'SELECT id, names FROM key_order', ([id, names]) => {
		if (typeof id === 'number' && typeof names === 'string' && names !== '')
			orders.set(id, names.split(','));
	});
	return orders;
}
