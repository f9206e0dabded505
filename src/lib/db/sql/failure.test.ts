import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from 'sql.js';
import { failureOf } from './failure';
import { readingStatement } from './gate';
import { SqlError } from './sql-error';
import { loadSqlInNode } from './testing';

describe('failureOf()', () => {
	let db: Database;
	beforeAll(async () => {
		const { Database } = await loadSqlInNode();
		db = new Database();
	});
	const failure = (thrown: unknown, sql: string) =>
		failureOf(thrown, db, sql, readingStatement(sql));

	it('leaves its own errors as they are', () => {
		const own = new SqlError('SQL_REFUSED', 'no', 'SELECT 1');
		expect(failure(own, 'SELECT 1')).toBe(own);
	});

	it.each([
		new RangeError('Array buffer allocation failed'),
		new WebAssembly.RuntimeError('unreachable'),
		new Error('out of memory'),
		new Error('database or disk is full'),
	])('calls %s a lack of memory', (thrown) => {
		expect(failure(thrown, 'SELECT 1')).toMatchObject({ code: 'SQL_MEMORY', position: null });
	});

	it.each([
		['no such column: b.y', 'SELECT a.y, b.y FROM a', 'y', 'SELECT a.y, b.'],
		['no such table: nope', 'SELECT nope FROM "nope"', 'nope', 'SELECT '],
		['ambiguous column name: ID', 'SELECT id', 'id', 'SELECT '],
		['wrong number of arguments to function abs()', 'SELECT abs()', 'abs', 'SELECT '],
		['incomplete input', 'SELECT (1', '1', 'SELECT ('],
	])('marks the place of: %s', (message, sql, text, before) => {
		const { code, position } = failure(new Error(message), sql);
		expect(code).toBe('SQL_ERROR');
		expect(position).toEqual({ start: before.length, end: before.length + text.length });
	});

	it('marks nothing where SQLite names nothing', () => {
		expect(failure(new Error('datatype mismatch'), 'SELECT 1').position).toBeNull();
		expect(failure('odd', 'SELECT 1').message).toBe('odd');
	});
});
