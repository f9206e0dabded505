/**
 * Writes Optuna's SQLite storage (RDBStorage, schema of version 4.5), so that Optuna and its dashboard
 * open it. sqlite itself is handed in, as it is big and loaded only for this.
 */
import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import { printDistribution } from './optuna-distribution';
import {
	ALEMBIC_VERSION,
	CREATE_TABLES,
	LIBRARY_VERSION,
	SCHEMA_VERSION,
} from './optuna-sqlite-schema';
import type { Attributes, OptunaStudy, OptunaTrial } from './optuna-study';
import { isoOf } from './optuna-time';
import { printPython } from './python-values';

/** @returns the bytes of a database that holds one study */
export function writeOptunaDatabase(sqlite: SqlJsStatic, study: OptunaStudy): Uint8Array {
	const db = new sqlite.Database();
	try {
		db.run(`BEGIN; ${CREATE_TABLES}`);
		db.run('INSERT INTO version_info VALUES (1, ?, ?)', [SCHEMA_VERSION, LIBRARY_VERSION]);
		db.run('INSERT INTO alembic_version VALUES (?)', [ALEMBIC_VERSION]);
		db.run('INSERT INTO studies VALUES (1, ?)', [study.name]);
		for (const [objective, direction] of study.directions.entries())
			db.run('INSERT INTO study_directions VALUES (?, ?, 1, ?)', [
				objective + 1,
				direction.toUpperCase(),
				objective,
			]);
		insertAttributes(db, 'study_user_attributes', [[1, study.userAttrs]]);
		insertTrials(db, study.trials);
		db.run('COMMIT');
		return db.export();
	} finally {
		db.close();
	}
}

function insertTrials(db: Database, trials: readonly OptunaTrial[]): void {
	const rows = [...trials.entries()].map(([number, trial]) => ({ id: number + 1, number, trial }));
	const time = (ms: number | null) => (ms === null ? null : isoOf(ms, ' '));
	insert(
		db,
		'trials',
		rows.map(({ id, number, trial: { state, start, end } }) => [
			id,
			number,
			1,
			state,
			time(start),
			time(end),
		]),
	);
	const numbered = <T>(of: (trial: OptunaTrial) => readonly T[], row: (one: T) => SqlValue[]) => {
		let next = 0;
		return rows.flatMap(({ id, trial }) => of(trial).map((one) => [++next, id, ...row(one)]));
	};
	insert(
		db,
		'trial_params',
		numbered(
			({ params }) => params,
			({ name, distribution, input }) => [name, input, printDistribution(distribution)],
		),
	);
	insert(
		db,
		'trial_values',
		numbered(
			({ values }) => [...(values ?? []).entries()],
			([objective, value]) => [objective, ...typed(value)],
		),
	);
	insert(
		db,
		'trial_intermediate_values',
		numbered(
			({ intermediate }) => intermediate,
			([step, value]) => [step, ...typed(value)],
		),
	);
	for (const [table, attrs] of [
		['trial_user_attributes', 'userAttrs'],
		['trial_system_attributes', 'systemAttrs'],
	] as const)
		insertAttributes(
			db,
			table,
			rows.map(({ id, trial }) => [id, trial[attrs]]),
		);
}

/** SQLite has no infinities that Optuna would trust, nor NaN: they are named. */
function typed(value: number): [SqlValue, string] {
	if (Number.isNaN(value)) return [null, 'NAN'];
	if (value === Infinity) return [null, 'INF_POS'];
	if (value === -Infinity) return [null, 'INF_NEG'];
	return [value, 'FINITE'];
}

function insertAttributes(
	db: Database,
	table: string,
	owners: readonly (readonly [owner: number, attributes: Attributes])[],
): void {
	let next = 0;
	insert(
		db,
		table,
		owners.flatMap(([owner, attributes]) =>
			Object.entries(attributes).map(([key, value]) => [++next, owner, key, printPython(value)]),
		),
	);
}

function insert(db: Database, table: string, rows: readonly SqlValue[][]): void {
	const [first] = rows;
	if (!first) return;
	const statement = db.prepare(`INSERT INTO ${table} VALUES (${first.map(() => '?').join()})`);
	try {
		for (const row of rows) statement.run(row);
	} finally {
		statement.free();
	}
}
