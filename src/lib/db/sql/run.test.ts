import { describe, expect, it } from 'vitest';
import { plainDialect } from './dialect';
import { readingStatement } from './gate';
import { openForSql } from './open';
import { parameterNames, runReading } from './run';
import { SqlError } from './sql-error';
import { loadSqlInNode, smallDatabase } from './testing';
import type { SqlParams } from './protocol';

const SQL = await loadSqlInNode();
const db = openForSql(SQL, smallDatabase(SQL), plainDialect);
const run = (sql: string, params: SqlParams = [], limit = 1000) =>
	runReading(db, sql, params, { limit });

function failure(sql: string, params: SqlParams = []): SqlError {
	try {
		run(sql, params);
	} catch (thrown) {
		if (thrown instanceof SqlError) return thrown;
		throw thrown;
	}
	throw new Error('It ran.');
}

describe('runReading', () => {
	it('gives columns by kind, and keeps integers that doubles would round', () => {
		const { columns, rows } = run('SELECT id, value, typeof(value) AS t FROM odd ORDER BY id');
		expect(rows).toBe(5);
		expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
			['id', 'number'],
			['value', 'mixed'],
			['t', 'text'],
		]);
		expect(columns[0]?.values).toEqual(Float64Array.of(1, 2, 3, 4, 5));
		expect(columns[1]?.values).toEqual(['9007199254740993', '00ff', null, 'a;b', 1.5]);
	});

	it('tells NULL from numbers by NaN, and keeps large reals numbers', () => {
		const { columns } = run('SELECT column1 FROM (VALUES (1), (NULL), (1e300), (9e999))');
		expect(columns[0]).toEqual({
			name: 'column1',
			kind: 'number',
			values: Float64Array.of(1, NaN, 1e300, Infinity),
		});
		expect(run("SELECT x'0102' AS b, NULL AS n").columns).toEqual([
			{ name: 'b', kind: 'blob', values: ['0102'] },
			{ name: 'n', kind: 'text', values: [null] },
		]);
	});

	it('keeps names that repeat or are hostile, and the header of no rows', () => {
		const { columns, rows } = run('SELECT 1 AS __proto__, 2 AS a, 3 AS a WHERE 0');
		expect(columns.map(({ name }) => name)).toEqual(['__proto__', 'a', 'a']);
		expect(rows).toBe(0);
	});

	it('stops at the row cap only when there is more', () => {
		expect(run('SELECT * FROM trial', [], 999)).toMatchObject({ rows: 999, truncated: 'rows' });
		expect(run('SELECT * FROM trial', [], 1000)).toMatchObject({ rows: 1000, truncated: null });
	});

	it('stops at the byte cap', () => {
		const caps = { limit: 1000, bytes: 1_000_000 };
		const result = runReading(db, 'SELECT hex(zeroblob(50000)) FROM trial', [], caps);
		expect(result).toMatchObject({ rows: 5, truncated: 'bytes' }); // 200 kB each, in UTF-16
	});

	it('counts its time on the clock it is given', () => {
		let now = 0;
		const result = runReading(db, 'SELECT 1', [], { limit: 1, now: () => (now += 5) });
		expect(result.ms).toBe(5);
	});

	it('binds parameters by place and by name, with or without their mark', () => {
		const first = (sql: string, params: SqlParams) => run(sql, params).columns[0]?.values[0];
		expect(first('SELECT ? || ?2', ['a', 'b'])).toBe('ab');
		expect(first('SELECT :a || @b || $c', { a: 'x', '@b': 'y', c: 'z', unused: 1 })).toBe('xyz');
		expect(first('SELECT :a IS NULL', { a: null })).toBe(1);
		expect(first("SELECT ':a'", {})).toBe(':a');
		expect(parameterNames(readingStatement("SELECT :a, '?', :a, ?2 -- :c"))).toEqual([':a', '?2']);
	});

	it('says which parameter has no value, and takes none from the prototype', () => {
		expect(failure('SELECT :a', {})).toMatchObject({
			code: 'SQL_ERROR',
			message: 'The parameter :a has no value.',
			position: { start: 7, end: 9 },
		});
		expect(failure('SELECT :toString', {}).message).toContain(':toString');
		expect(failure('SELECT :a').message).toContain(':a');
	});

	it.each([
		['SELECT * FORM trial', 'FORM', 'near "FORM": syntax error'],
		["SELECT 'FORM', FORM FORM FORM FROM trial", 'FORM', 'near "FORM": syntax error'],
		['SELECT 1 +', '+', 'incomplete input'],
		['SELECT nope FROM trial', 'nope', 'no such column: nope'],
		['SELECT t.nope, nope FROM trial t', 'nope', 'no such column: t.nope'],
		['SELECT * FROM nowhere', 'nowhere', 'no such table: nowhere'],
		['SELECT replicate(epoch, 9) FROM trial', 'replicate', 'no such function: replicate'],
		['SELECT length(1, 2)', 'length', 'wrong number of arguments to function length()'],
		['SELECT run FROM trial a, trial b', 'run', 'ambiguous column name: run'],
	])('marks the cause in %j', (sql, marked, message) => {
		const { code, position, message: text } = failure(sql);
		expect(code).toBe('SQL_ERROR');
		expect(text).toBe(message);
		expect(position && sql.slice(position.start, position.end)).toBe(marked);
	});

	it('marks the token that breaks, not an earlier equal one', () => {
		const sql = '/* FROM */ SELECT run FROM trial FROM trial';
		expect(failure(sql).position).toEqual({ start: 33, end: 37 });
	});
});
