/** The settings of a connection that runs SQL from people. */
import type { Database } from 'sql.js';

/** Bytes that SQLite may allocate; later SQL cannot raise it again. */
export const HEAP_LIMIT = 268_435_456;

const PRAGMAS = [
	`hard_heap_limit=${HEAP_LIMIT}`,
	'trusted_schema=0', // views of the file may not call our functions; our own TEMP views may
	'cell_size_check=1',
	'query_only=1', // last: nothing of ours writes afterwards
] as const;

/** Call after the functions and TEMP views are in place: it ends all writing. */
export function applyPrelude(db: Database): void {
	for (const pragma of PRAGMAS) db.run(`PRAGMA ${pragma}`);
}
