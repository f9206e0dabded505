/** Reading a query row by row: what the mirror needs of sql.js and no more. */
import type { Database, SqlValue } from 'sql.js';

/** Runs `visit` on every row of a query; the row's array is not kept by sql.js. */
export function eachRow(db: Database, sql: string, visit: (row: SqlValue[]) => void): void {
	const statement = db.prepare(sql);
	try {
		while (statement.step()) visit(statement.get());
	} finally {
		statement.free();
	}
}
