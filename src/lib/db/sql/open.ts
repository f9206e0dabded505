/** Opens a private copy of the database for SQL from people: functions, views, then the limits. */
import type { Database, SqlJsStatic } from 'sql.js';
import { applyPrelude } from './prelude';
import { snapshotDialect } from './dialect';
import type { SqlDialect } from './dialect';

/**
 * @param bytes the database file; copied by SQLite's file system, but do not use it afterwards
 * @throws Error of SQLite when the bytes are no database
 */
export function openForSql(
	SQL: SqlJsStatic,
	bytes: Uint8Array,
	dialect: SqlDialect = snapshotDialect,
): Database {
	const db = new SQL.Database(bytes);
	try {
		dialect(db);
		applyPrelude(db);
	} catch (thrown) {
		db.close();
		throw thrown;
	}
	return db;
}
