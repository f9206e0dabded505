/** SQLite: a database with the table `rows`, and a table `about` that says which rows they are. */
import type { Database, SqlValue } from 'sql.js';
import {
	CHUNK_ROWS,
	type ExportColumn,
	type ExportOptions,
	type ExportProgress,
	type ExportSpec,
	type ExportTable,
} from './table';

export const sqlite: ExportSpec = {
	title: 'SQLite',
	mediaType: 'application/vnd.sqlite3',
	extension: '.db',
	write,
};

function write(
	table: ExportTable,
	{ sqlite: engine }: ExportOptions,
	onProgress: ExportProgress,
): Uint8Array {
	if (!engine) throw new TypeError('A SQLite export needs the SQLite engine: pass `sqlite`.');
	const db = new engine.Database();
	try {
		const list = table.columns.map((column) => `${quote(column.id)} ${typeOf(column)}`);
		db.run(`CREATE TABLE rows(${list.join(', ')})`);
		db.run('CREATE TABLE about(key TEXT PRIMARY KEY, value) WITHOUT ROWID');
		db.run('INSERT INTO about VALUES (?, ?), (?, ?), (?, ?)', [
			...['title', table.title],
			...['link', table.link],
			...['rows', table.rows],
		]);
		insertRows(db, table, onProgress);
		return db.export();
	} finally {
		db.close();
	}
}

function insertRows(db: Database, { columns, rows }: ExportTable, onProgress: ExportProgress) {
	db.run('BEGIN');
	const insert = db.prepare(`INSERT INTO rows VALUES (${columns.map(() => '?').join(', ')})`);
	for (let row = 0; row < rows; row++) {
		insert.run(columns.map((column) => valueOf(column, row)));
		if ((row + 1) % CHUNK_ROWS === 0) onProgress(row + 1, rows);
	}
	insert.free();
	db.run('COMMIT');
	onProgress(rows, rows);
}

/** Affinity turns whole doubles of an INTEGER column into integers, and keeps the rest exact. */
function typeOf(column: ExportColumn): string {
	if (column.kind === 'text') return 'TEXT';
	return column.integer ? 'INTEGER' : 'REAL';
}

function valueOf(column: ExportColumn, row: number): SqlValue {
	if (column.kind === 'text') return column.at(row) || null;
	const value = column.at(row);
	return Number.isNaN(value) ? null : value;
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
