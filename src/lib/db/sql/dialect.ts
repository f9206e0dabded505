/** The SQL functions and views that make LEMUR's own names work on the coded tables. */
import type { Database } from 'sql.js';

/** Prepares an open database before it is limited to reading. */
export type SqlDialect = (db: Database) => void;

/** Nothing beside what the file has. */
export const plainDialect: SqlDialect = () => undefined;

/** LEMUR's tables as TEMP views: only those may call our functions under `trusted_schema=0`. */
export const snapshotDialect: SqlDialect = plainDialect;
