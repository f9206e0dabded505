/** A file of the size of a snapshot, for the tests that measure. Only for tests. */
import type { SqlJsStatic } from 'sql.js';

/** About 30 bytes per row. */
export function sqlSizeDatabase(SQL: SqlJsStatic, rows: number): Uint8Array {
	const db = new SQL.Database();
	db.run('CREATE TABLE trial(run INTEGER, epoch INTEGER, accuracy REAL, duration INTEGER)');
	db.run(
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
		INSERT INTO trial SELECT i / 10, i % 10, i / 7.0, i * 1000003 FROM n`,
		[rows],
	);
	const bytes = db.export();
	db.close();
	return bytes;
}
