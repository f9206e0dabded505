/**
 * Runs one checked statement and returns its rows as columns, within caps of rows and bytes. It
 * cannot be interrupted: the time limit is the client's, which ends the worker.
 */
import type { Database, SqlValue, Statement } from 'sql.js';
import { ColumnBuilder } from './columns';
import { failureOf } from './failure';
import { prepareReading } from './gate';
import { SqlError } from './sql-error';
import type { Cell } from './columns';
import type { ReadingStatement } from './reading-statement';
import type { SqlParams, SqlResult } from './protocol';

/** What a result may grow to. */
export interface RunCaps {
	/** rows */
	readonly limit: number;
	/** bytes of the result, roughly; default 64 MiB */
	readonly bytes?: number;
	/** ms on a clock that never goes back; default `performance.now` */
	readonly now?: () => number;
}

const DEFAULT_BYTES = 64 * 1024 * 1024;

/**
 * @throws SqlError SQL_REFUSED, SQL_ERROR or SQL_MEMORY, with the text and where it fails
 */
export function runReading(
	db: Database,
	sql: string,
	params: SqlParams,
	{ limit, bytes = DEFAULT_BYTES, now = () => performance.now() }: RunCaps,
): SqlResult {
	const start = now();
	const { statement, reading } = prepareReading(db, sql);
	try {
		statement.bind(boundParams(sql, reading, params));
		return { ...collect(statement, limit, bytes), ms: now() - start };
	} catch (thrown) {
		throw failureOf(thrown, db, sql, reading);
	} finally {
		statement.free();
	}
}

function collect(statement: Statement, limit: number, maxBytes: number): Omit<SqlResult, 'ms'> {
	const columns = statement.getColumnNames().map((name) => new ColumnBuilder(name));
	let rows = 0;
	let bytes = 0;
	let truncated: SqlResult['truncated'] = null;
	while (statement.step()) {
		if (rows >= limit) truncated = 'rows';
		else if (bytes >= maxBytes) truncated = 'bytes';
		if (truncated !== null) break;
		const cells = cellsOf(statement);
		columns.forEach((column, at) => (bytes += column.add(cells[at] ?? null)));
		rows++;
	}
	return { columns: columns.map((column) => column.finish()), rows, truncated };
}

/** The current row; exact integers only where doubles would round, as they cost a text each. */
function cellsOf(statement: Statement): readonly Cell[] {
	const row: readonly SqlValue[] = statement.get();
	if (!row.some((cell) => typeof cell === 'number' && Math.abs(cell) >= 2 ** 53)) return row;
	// The option is sql.js's own, but its types do not list it.
	const exact: unknown = Reflect.apply(statement.get, statement, [null, { useBigInt: true }]);
	if (!Array.isArray(exact)) return row;
	return row.map((cell, at): Cell => {
		const integer: unknown = exact[at];
		const rounded =
			typeof integer === 'bigint' && typeof cell === 'number' && Math.abs(cell) >= 2 ** 53;
		return rounded ? integer : cell;
	});
}

/** Names of a text's parameters, each once, as written: `:a`, `@b`, `$c`, `?` or `?2`. */
export function parameterNames(reading: ReadingStatement): readonly string[] {
	const names = reading.tokens.filter(({ kind }) => kind === 'parameter').map(({ text }) => text);
	return [...new Set(names)];
}

function boundParams(
	sql: string,
	reading: ReadingStatement,
	params: SqlParams,
): SqlValue[] | Record<string, SqlValue> {
	const names = parameterNames(reading);
	if (isPositional(params)) {
		const missing = names.find((name) => !name.startsWith('?'));
		if (missing === undefined || params.length > 0) return [...params];
		throw missingValue(sql, reading, missing);
	}
	const given = new Map(Object.entries(params));
	const bound: Record<string, SqlValue> = Object.create(null);
	for (const name of names) {
		const key = [name, name.slice(1)].find((candidate) => given.has(candidate));
		if (key === undefined) throw missingValue(sql, reading, name);
		bound[name] = given.get(key) ?? null;
	}
	return bound;
}

function isPositional(params: SqlParams): params is readonly (string | number | null)[] {
	return Array.isArray(params);
}

function missingValue(sql: string, reading: ReadingStatement, name: string): SqlError {
	const token = reading.tokens.find(({ kind, text }) => kind === 'parameter' && text === name);
	const position = token ? { start: token.start, end: token.end } : null;
	return new SqlError('SQL_ERROR', `The parameter ${name} has no value.`, sql, position);
}
