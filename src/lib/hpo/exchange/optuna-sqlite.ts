/**
 * Reads Optuna's SQLite storage (RDBStorage, schema of version 4.5): a foreign file, so every value is
 * checked. sqlite itself is handed in, as it is big and loaded only for this.
 */
import type { Database, SqlJsStatic } from 'sql.js';
import * as v from 'valibot';
import type { TrialState } from '../trial';
import { ExchangeError, readDistribution } from './optuna-distribution';
import { SCHEMA_VERSION } from './optuna-sqlite-schema';
import type { Attributes, OptunaParam, OptunaStudy, OptunaTrial } from './optuna-study';
import { timeOf } from './optuna-time';
import { parsePython, type Plain } from './python-values';

const SQLITE_HEADER = 'SQLite format 3\0';

/** @returns whether bytes are a SQLite database */
export function isSqlite(bytes: Uint8Array): boolean {
	return new TextDecoder('latin1').decode(bytes.subarray(0, 16)) === SQLITE_HEADER;
}

const integer = v.pipe(v.number(), v.safeInteger());
const time = v.nullable(v.string());
const nameRow = v.tuple([integer, v.string()]);
const attributeRow = v.tuple([integer, v.string(), v.string()]);
const STATES = ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'] as const satisfies TrialState[];

/**
 * @returns the studies of a storage, by id
 * @throws ExchangeError when it is none of Optuna's, or of a version whose tables are others
 */
export function readOptunaDatabase(sqlite: SqlJsStatic, bytes: Uint8Array): OptunaStudy[] {
	const db = new sqlite.Database(bytes);
	try {
		checkVersion(db);
		const studies = rowsOf(
			db,
			'SELECT study_id, study_name FROM studies ORDER BY study_id',
			nameRow,
		);
		return studies.map(([id, name]) => readStudy(db, id, name));
	} finally {
		db.close();
	}
}

function checkVersion(db: Database): void {
	const tables = rowsOf(
		db,
		"SELECT name FROM sqlite_master WHERE type = 'table'",
		v.tuple([v.string()]),
	);
	if (!tables.some(([name]) => name === 'version_info'))
		throw new ExchangeError(
			'This database is not a storage of Optuna: it has no table version_info.',
		);
	const versions = rowsOf(db, 'SELECT schema_version, library_version FROM version_info', nameRow);
	const [version, library] = versions[0] ?? [0, '?'];
	if (version === SCHEMA_VERSION) return;
	const known = `This page reads schema ${SCHEMA_VERSION} (Optuna 3 and 4); the file has schema ${version}, written by Optuna ${library}.`;
	throw new ExchangeError(
		version < SCHEMA_VERSION
			? `${known} Run "optuna storage upgrade --storage sqlite:///FILE" once, then open it again.`
			: `${known} Export the study as a journal file, or take a newer version of this page.`,
	);
}

function readStudy(db: Database, id: number, name: string): OptunaStudy {
	const directions = rowsOf(
		db,
		`SELECT direction FROM study_directions WHERE study_id = ${id} ORDER BY objective`,
		v.tuple([v.picklist(['MINIMIZE', 'MAXIMIZE', 'NOT_SET'])]),
	);
	return {
		name,
		directions: directions.map(([one]) => (one === 'MAXIMIZE' ? 'maximize' : 'minimize')),
		userAttrs:
			attributesOf(
				rowsOf(
					db,
					`SELECT study_id, "key", value_json FROM study_user_attributes WHERE study_id = ${id}`,
					attributeRow,
				),
			).get(id) ?? {},
		trials: readTrials(db, id),
	};
}

function readTrials(db: Database, study: number): OptunaTrial[] {
	const mine = `trial_id IN (SELECT trial_id FROM trials WHERE study_id = ${study})`;
	const attributes = (table: string) =>
		attributesOf(
			rowsOf(db, `SELECT trial_id, "key", value_json FROM ${table} WHERE ${mine}`, attributeRow),
		);
	const userAttrs = attributes('trial_user_attributes');
	const systemAttrs = attributes('trial_system_attributes');
	const params = readParams(db, mine);
	const values = readReals(db, `trial_values WHERE ${mine}`, 'objective', 'value');
	const intermediate = readReals(
		db,
		`trial_intermediate_values WHERE ${mine}`,
		'step',
		'intermediate_value',
	);
	const trials = rowsOf(
		db,
		`SELECT trial_id, state, datetime_start, datetime_complete FROM trials WHERE study_id = ${study} ORDER BY number`,
		v.tuple([integer, v.picklist(STATES), time, time]),
	);
	return trials.map(([id, state, start, end]) => ({
		state,
		values: values.get(id)?.map(([, value]) => value) ?? null,
		params: params.get(id) ?? [],
		intermediate: intermediate.get(id) ?? [],
		userAttrs: userAttrs.get(id) ?? {},
		systemAttrs: systemAttrs.get(id) ?? {},
		start: timeOf(start),
		end: timeOf(end),
	}));
}

function readParams(db: Database, mine: string): Map<number, OptunaParam[]> {
	const known = new Map<string, OptunaParam['distribution']>();
	const rows = rowsOf(
		db,
		`SELECT trial_id, param_name, param_value, distribution_json FROM trial_params WHERE ${mine} ORDER BY param_id`,
		v.tuple([integer, v.string(), v.number(), v.string()]),
	);
	return grouped(
		rows.map(([trial, name, input, text]) => {
			const distribution = known.get(text) ?? readDistribution(name, text);
			known.set(text, distribution);
			return [trial, { name, distribution, input }];
		}),
	);
}

const REALS = { NAN: NaN, INF_POS: Infinity, INF_NEG: -Infinity } as const;

function readReals(
	db: Database,
	from: string,
	key: string,
	value: string,
): Map<number, [number, number][]> {
	const rows = rowsOf(
		db,
		`SELECT trial_id, ${key}, ${value}, ${value}_type FROM ${from} ORDER BY trial_id, ${key}`,
		v.tuple([
			integer,
			integer,
			v.nullable(v.number()),
			v.picklist(['FINITE', 'NAN', 'INF_POS', 'INF_NEG']),
		]),
	);
	return grouped(
		rows.map(([trial, at, finite, type]) => [
			trial,
			[at, type === 'FINITE' ? (finite ?? NaN) : REALS[type]] as [number, number],
		]),
	);
}

function attributesOf(
	rows: readonly (readonly [number, string, string])[],
): Map<number, Attributes> {
	const byOwner = grouped(
		rows.map(([owner, key, text]): [number, [string, Plain]] => [owner, [key, parsedOr(text)]]),
	);
	return new Map(Array.from(byOwner, ([owner, entries]) => [owner, Object.fromEntries(entries)]));
}

/** An attribute that is no JSON is kept as its text. */
function parsedOr(text: string): Plain {
	try {
		return parsePython(text);
	} catch {
		return text;
	}
}

function grouped<T>(pairs: readonly (readonly [number, T])[]): Map<number, T[]> {
	const groups = new Map<number, T[]>();
	for (const [key, value] of pairs) {
		const group = groups.get(key);
		if (group) group.push(value);
		else groups.set(key, [value]);
	}
	return groups;
}

/** @returns the rows of a query, each value checked */
function rowsOf<Row>(db: Database, sql: string, row: v.GenericSchema<unknown, Row>): Row[] {
	const [result] = attempt(() => db.exec(sql), `This storage cannot be read: ${sql}`);
	const parsed = v.safeParse(v.array(row), result?.values ?? []);
	if (parsed.success) return parsed.output;
	throw new ExchangeError(
		`This storage holds a value of an unknown kind: ${v.summarize(parsed.issues).slice(0, 200)}`,
	);
}

function attempt<T>(work: () => T, message: string): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof ExchangeError) throw error;
		const cause = error instanceof Error ? error.message : String(error);
		throw new ExchangeError(`${message} (${cause})`);
	}
}
