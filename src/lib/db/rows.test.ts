import initSqlJs from 'sql.js';
import { expect, it } from 'vitest';
import { eachRow } from './rows';

it('eachRow() visits rows in order and frees its statement, also when a visit throws', async () => {
	const { Database } = await initSqlJs();
	const db = new Database();
	db.run('CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)');
	const seen: unknown[] = [];
	eachRow(db, 'SELECT a FROM t ORDER BY a', (row) => seen.push(row));
	expect(seen).toEqual([[1], [2]]);
	const failing = () =>
		eachRow(db, 'SELECT a FROM t', () => {
			throw new RangeError('stop');
		});
	expect(failing).toThrow('stop');
	// A statement that is still open would lock the table.
	expect(() => db.run('DROP TABLE t')).not.toThrow();
});
