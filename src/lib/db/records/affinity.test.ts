import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import { bindValue, numericAffinity, realAffinity, sqlType, textAffinity } from './affinity';

describe('numericAffinity()', () => {
	it.each([
		[1, 1n],
		[1e16, 10n ** 16n],
		[1e300, 1e300],
		[0.5, 0.5],
		[-0, 0n],
		[true, 1n],
		['007', 7n],
		['1e3', 1000n],
		[' 2.5 ', 2.5],
		['.5', 0.5],
		['5.', 5n],
		['abc', 'abc'],
		['0x10', '0x10'],
		['Infinity', 'Infinity'],
		['', ''],
		[NaN, null],
		[null, null],
	])('stores %o as %o', (value, stored) => {
		expect(numericAffinity(value)).toStrictEqual(stored);
	});

	it('does what SQLite does', async () => {
		const { Database } = await initSqlJs();
		const database = new Database();
		database.run('CREATE TABLE t(value OBJECT)');
		const text = fc.stringMatching(/^ ?[+-]?[0-9]{0,6}\.?[0-9]{0,4}(e[+-]?[0-9])?[a ]?$/);
		fc.assert(
			fc.property(fc.oneof(text, fc.double({ noNaN: true }), fc.integer()), (value) => {
				database.run('DELETE FROM t');
				database.run('INSERT INTO t VALUES (?)', [value]);
				const [result] = database.exec('SELECT value, typeof(value) FROM t');
				const stored = numericAffinity(value);
				const number = typeof stored === 'bigint' ? Number(stored) : stored;
				expect(result?.values[0]).toEqual([number, sqlType(stored)]);
			}),
			{ numRuns: 500 },
		);
		database.close();
	});
});

describe('other columns', () => {
	it('REAL keeps whole numbers as floats, TEXT prints them', () => {
		expect(realAffinity(1n)).toBe(1);
		expect(textAffinity(1n)).toBe('1');
	});

	it('refuses what no column holds', () => {
		expect(() => bindValue([1n])).toThrow('cannot be stored in a column');
		expect(() => bindValue(2n ** 63n)).toThrow('does not fit into 64 bits');
		expect(bindValue(2n ** 63n - 1n)).toBe(2n ** 63n - 1n);
	});
});
