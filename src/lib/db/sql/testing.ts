/** A small database and sql.js in Node, for the tests of user SQL. Only for tests. */
import initSqlJs from 'sql.js';
import type { SqlJsStatic } from 'sql.js';
import { sqlSettings } from './settings';

let loaded: Promise<SqlJsStatic> | undefined;

/** sql.js with its wasm from node_modules; one instance per test file. */
export function loadSqlInNode(): Promise<SqlJsStatic> {
	return (loaded ??= initSqlJs(sqlSettings));
}

/** A file with a table, a view and the values that are easy to get wrong. */
export function smallDatabase(SQL: SqlJsStatic): Uint8Array {
	const db = new SQL.Database();
	db.run(`
		CREATE TABLE trial(run INTEGER, epoch INTEGER, accuracy, PRIMARY KEY(run, epoch)) WITHOUT ROWID;
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
		INSERT INTO trial SELECT i / 10, i % 10, i / 1000.0 FROM n;
		CREATE TABLE odd(id INTEGER PRIMARY KEY, value);
		INSERT INTO odd VALUES (1, 9007199254740993), (2, x'00ff'), (3, NULL), (4, 'a;b'), (5, 1.5);
		CREATE VIEW best AS SELECT run, max(accuracy) AS accuracy FROM trial GROUP BY run;
	`);
	const bytes = db.export();
	db.close();
	return bytes;
}
