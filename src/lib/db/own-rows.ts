/**
 * The visitor's own runs as rows of the database itself, for SQL: in LEMUR's coded tables, so that
 * every view has them. `own_run` names them; the snapshot's file in the cache is never changed.
 */
import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import type { OwnRun } from './own';
import { parsePythonJson, writePythonJson, type PyDict, type PyValue } from './records/python-json';

/** Own runs by their ids in `trial_run`. */
export const OWN_TABLE = 'own_run';

/** Columns of `trial_run` of their own; all other hyperparameters are in `extra`. */
const CODED = ['batch', 'lr', 'momentum', 'dropout'] as const;

/** @returns a new database file with the runs in it; `bytes` itself when there are none */
export function withOwnRows(
	SQL: SqlJsStatic,
	bytes: Uint8Array,
	runs: readonly OwnRun[],
): Uint8Array {
	if (runs.length === 0) return bytes;
	const db = new SQL.Database(bytes);
	try {
		db.run(`CREATE TABLE ${OWN_TABLE}(id INTEGER PRIMARY KEY)`);
		for (const run of runs) insertRun(db, run);
		return db.export();
	} finally {
		db.close();
	}
}

function insertRun(db: Database, run: OwnRun): void {
	const value = parsePythonJson(run.prm);
	const prm: PyDict = value instanceof Map ? value : new Map<string, PyValue>();
	const { task, dataset, metric, nn, uid } = run;
	const config = idOf(db, 'config', {
		task: idOf(db, 'dim_task', { task, dataset, metric }),
		nn: idOf(db, 'dim_nn', { name: nn }),
	});
	const transform = prm.get('transform');
	const id = nextId(db, 'trial_run');
	const repeat = scalar(
		db,
		`SELECT count(*) FROM trial_run r JOIN ${OWN_TABLE} o ON o.id = r.id WHERE r.config = ? AND r.uid = ?`,
		[config, uid],
	);
	db.run(
		`INSERT INTO trial_run(id, config, uid, repeat, transform, batch, lr, momentum, dropout, extra)
		 VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)`,
		[
			...[id, config, uid, repeat],
			typeof transform === 'string' ? idOf(db, 'dim_transform', { name: transform }) : null,
			...CODED.map((name) => numberOf(prm.get(name))),
			extraOf(db, prm),
		],
	);
	db.run(`INSERT INTO ${OWN_TABLE} VALUES (?)`, [id]);
	for (const { epoch, accuracy, duration } of run.epochs)
		// An accuracy that is a whole number would be read as a count.
		db.run('INSERT OR REPLACE INTO trial VALUES (?, ?, CAST(? AS REAL), ?)', [
			...[id, epoch, accuracy],
			Number.isNaN(duration) ? null : duration,
		]);
}

function extraOf(db: Database, prm: PyDict): number | null {
	const coded: readonly string[] = ['transform', 'epoch', ...CODED];
	const rest = [...prm].filter(([name]) => !coded.includes(name));
	if (rest.length === 0) return null;
	return idOf(db, 'extra', { prm: writePythonJson(new Map(rest)) });
}

function numberOf(value: PyValue | undefined): number | null {
	return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}

type Table = 'dim_task' | 'dim_nn' | 'dim_transform' | 'config' | 'extra';

/** The id of a row with these values, made when it is not there. */
function idOf(db: Database, table: Table, row: Readonly<Record<string, SqlValue>>): number {
	const names = Object.keys(row);
	const values = Object.values(row);
	const where = names.map((name) => `${name} = ?`).join(' AND ');
	const found = scalar(db, `SELECT min(id) FROM ${table} WHERE ${where}`, values);
	if (found !== null) return Number(found);
	const id = nextId(db, table);
	const marks = names.map(() => '?').join(', ');
	db.run(`INSERT INTO ${table}(id, ${names.join(', ')}) VALUES (?, ${marks})`, [id, ...values]);
	return id;
}

function nextId(db: Database, table: Table | 'trial_run'): number {
	return Number(scalar(db, `SELECT coalesce(max(id), 0) + 1 FROM ${table}`, []));
}

function scalar(db: Database, sql: string, values: readonly SqlValue[]): SqlValue {
	return db.exec(sql, [...values])[0]?.values[0]?.[0] ?? null;
}
