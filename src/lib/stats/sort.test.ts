import fc from 'fast-check';
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrialColumns } from './columns';
import { BASE_COLUMNS, type ColumnId, type SortKey } from './fields';
import { matchTrials } from './match';
import { readerOf } from './reader';
import { Sorter, sortTrials } from './sort';
import { arbitraryColumns, columnsOf } from './testing';
import { compareText } from './text-order';

const COLUMNS: ColumnId[] = [...BASE_COLUMNS, 'prm.lr', 'prm.momentum', 'prm.mode', 'prm.none'];
const arbitraryKeys: fc.Arbitrary<SortKey[]> = fc.array(
	fc.record({ column: fc.constantFrom(...COLUMNS), descending: fc.boolean() }),
	{ maxLength: 3 },
);
const uidText = (columns: TrialColumns) => (run: number) => `u${(columns.runs.uid[run]! * 7) % 4}`;

let sql: SqlJsStatic;
beforeAll(async () => {
	sql = await initSqlJs();
});

/** The order that SQLite gives the same values. */
function sqlOrder(columns: TrialColumns, keys: readonly SortKey[]): number[] {
	const db = new sql.Database();
	db.run(`CREATE TABLE t(trial INTEGER PRIMARY KEY, ${COLUMNS.map((id) => `"${id}"`).join()})`);
	const readers = COLUMNS.map((id) => readerOf(columns, id, uidText(columns)));
	const insert = db.prepare(`INSERT INTO t VALUES(?${', ?'.repeat(COLUMNS.length)})`);
	for (let t = 0; t < columns.count; t++)
		insert.run([
			t,
			...readers.map(({ at }) => {
				const value = at(t);
				return value === '' || Number.isNaN(value) ? null : value;
			}),
		]);
	insert.free();
	const by = keys.map(({ column, descending }) => {
		return `"${column}" IS NULL, "${column}"${descending ? ' DESC' : ''}, `;
	});
	const [result] = db.exec(`SELECT trial FROM t ORDER BY ${by.join('')}trial`);
	db.close();
	return (result?.values ?? []).map(([trial]) => Number(trial));
}

describe('sortTrials(columns, ids, keys)', () => {
	it("equals SQL's order for any keys", () => {
		fc.assert(
			fc.property(arbitraryColumns, arbitraryKeys, (columns, keys) => {
				const all = matchTrials(columns, {}).ids;
				const order = sortTrials(columns, all, keys, uidText(columns));
				expect([...order]).toEqual(sqlOrder(columns, keys));
			}),
			{ numRuns: 150 },
		);
	});

	it('equals a stable comparison sort of any doubles, some rows left out', () => {
		const anyDouble = fc.double().map((value) => value);
		fc.assert(
			fc.property(fc.array(anyDouble, { maxLength: 60 }), fc.boolean(), (values, descending) => {
				const columns = {
					...columnsOf(values.map(() => ({ trials: [[1, 0]] }))),
					accuracy: Float64Array.from(values),
				};
				const ids = Uint32Array.from(values.keys()).filter((t) => t % 3 !== 0);
				const order = sortTrials(columns, ids, [{ column: 'accuracy', descending }]);
				const wanted = [...ids].sort((a, b) => {
					const [x, y] = [values[a]!, values[b]!];
					if (Number.isNaN(x) || Number.isNaN(y))
						return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
					const order = x < y ? -1 : Number(x > y);
					return descending ? -order : order;
				});
				expect([...order]).toEqual(wanted);
			}),
		);
	});

	it('puts missing values last both ways and orders text by code point', () => {
		const columns = columnsOf([
			{ nn: '\u{1F43E}', trials: [[1, 0.1, null]] },
			{ nn: '\uFF21', trials: [[1, 0.1, 5]] },
			{ nn: 'a', trials: [[1, 0.1, 7]] },
		]);
		const ids = Uint32Array.of(0, 1, 2);
		const by = (column: ColumnId, descending: boolean) => [
			...sortTrials(columns, ids, [{ column, descending }]),
		];
		expect(by('duration', false)).toEqual([1, 0, 2]);
		expect(by('duration', true)).toEqual([0, 1, 2]);
		expect(by('nn', false)).toEqual([0, 1, 2]);
		expect(by('nn', true)).toEqual([2, 1, 0]);
		expect(compareText('\uFF21', '\u{1F43E}')).toBeLessThan(0);
	});
});

describe('Sorter', () => {
	it('leaves the given ids alone and returns them where there are no keys', () => {
		const columns = columnsOf([
			{
				trials: [
					[1, 0.9],
					[2, 0.1],
				],
			},
		]);
		const ids = Uint32Array.of(0, 1);
		const sorter = new Sorter(columns);
		expect(sorter.sort(ids, [])).toBe(ids);
		expect([...sorter.sort(ids, [{ column: 'accuracy', descending: false }])]).toEqual([1, 0]);
		expect([...ids]).toEqual([0, 1]);
	});
});
