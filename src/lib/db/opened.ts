/**
 * An open snapshot inside the worker: its columns, and the row lists of the last few queries. It
 * answers no requests (`engine.ts` does) and knows nothing of where the bytes came from.
 */
import type { SqlJsStatic } from 'sql.js';
import type { TrialColumns } from '../stats/columns';
import { Matcher } from '../stats/match';
import { Sorter } from '../stats/sort';
import { collect } from '../worker/transfer';
import { RpcError } from '../worker/rpc-error';
import { canonical, createLru } from './lru';
import { buildColumns, type Mirror, type MirrorProgress } from './mirror';
import type { Query } from './protocol';

export interface OpenSnapshot {
	readonly columns: TrialColumns;
	readonly mirror: Mirror;
	readonly matcher: Matcher;
	/** the database file; hand out copies only */
	readonly bytes: Uint8Array;
	/** trials of a query in its order; kept for the last few queries, so do not write into it */
	order(query: Query): Uint32Array;
	/** true for memory that the snapshot goes on using */
	keeps(buffer: ArrayBuffer): boolean;
}

/** 2.3 MB each at full size */
const ORDERS_KEPT = 4;
/** columns → runs → prm → column → array */
const DEPTH = 5;

/**
 * Reads the database once, whole, and closes it: everything asked later is answered by the columns.
 * @throws RpcError `DB_BROKEN` when the bytes are no snapshot that this build can read
 */
export function openSnapshot(
	SQL: SqlJsStatic,
	bytes: Uint8Array,
	version: string,
	onProgress: MirrorProgress,
): OpenSnapshot {
	return snapshotOf(readDatabase(SQL, bytes, version, onProgress), bytes);
}

/** @param bytes the file that the mirror was made from */
export function snapshotOf(mirror: Mirror, bytes: Uint8Array): OpenSnapshot {
	const { columns } = mirror;
	const matcher = new Matcher(columns);
	const sorter = new Sorter(columns, (run) => mirror.uidText(run));
	const orders = createLru<Uint32Array>(ORDERS_KEPT);
	const kept = new Set<ArrayBuffer>();
	collect(columns, kept, DEPTH);
	return {
		columns,
		mirror,
		matcher,
		bytes,
		order({ filter, sort }) {
			return orders.get(canonical([filter, sort]), () =>
				sorter.sort(matcher.match(filter).ids, sort),
			);
		},
		keeps: (buffer) => kept.has(buffer),
	};
}

function readDatabase(
	SQL: SqlJsStatic,
	bytes: Uint8Array,
	version: string,
	onProgress: MirrorProgress,
): Mirror {
	const db = new SQL.Database(bytes);
	try {
		db.run('PRAGMA cell_size_check = 1; PRAGMA trusted_schema = 0;');
		return buildColumns(db, version, onProgress, bytes);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		const message = `Snapshot ${version} cannot be read: ${why}`;
		throw new RpcError('DB_BROKEN', message, { version, why }, { cause: error });
	} finally {
		db.close();
	}
}
