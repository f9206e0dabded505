/** The SQL functions and views that make LEMUR's own names work on the coded tables. */
import type { Database } from 'sql.js';
import { registerFunctions } from './functions';
import { WORKER_VIEWS } from '../schema';

/** Prepares an open database before it is limited to reading. */
export type SqlDialect = (db: Database) => void;

/** Nothing beside what the file has. */
export const plainDialect: SqlDialect = () => undefined;

/**
 * A snapshot's: LEMUR's tables as TEMP views, as only those may call our functions under
 * `trusted_schema=0`. TEMP names come before the file's own views of the same name.
 */
export const snapshotDialect: SqlDialect = (db) => {
	registerFunctions(db);
	db.run(WORKER_VIEWS);
};
