import fc from 'fast-check';
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyFilter } from '../../url/testing';
import type { TrialColumns } from '../columns';
import type { Conditions, Filter } from '../filter';
import { familyOf } from '../family';
import { matchTrials } from '../match';
import { arbitraryColumns, arbitraryFilter, plainTrial } from '../testing';
import { canonical } from './canonical';
import { readSql, toSql } from './sql';

let sqlite: SqlJsStatic;
beforeAll(async () => {
	sqlite = await initSqlJs();
});

/** LEMUR's two tables (`value` has numeric affinity there) filled from a snapshot; `id` is the trial's index, `prm` one uid per run. */
function databaseOf(columns: TrialColumns) {
	const db = new sqlite.Database();
	db.run(`CREATE TABLE stat(id, accuracy REAL, epoch INT, duration INT, task TEXT, dataset TEXT,
		nn TEXT, transform TEXT, metric TEXT, prm TEXT); CREATE TABLE prm(uid TEXT, name TEXT, value NUMERIC)`);
	for (let trial = 0; trial < columns.count; trial++) {
		const row = plainTrial(columns, trial);
		const run = columns.run[trial] ?? 0;
		const duration = Number.isNaN(row.duration) ? null : row.duration;
		db.run('INSERT INTO stat VALUES (?,?,?,?,?,?,?,?,?,?)', [
			...[trial, row.accuracy, row.epoch, duration, row.task, row.dataset],
			...[row.nn, row.transform, row.metric, `run-${run}`],
		]);
		if (columns.runs.start[run] !== trial) continue;
		for (const [name, value] of row.prm) {
			db.run('INSERT INTO prm VALUES (?,?,?)', [`run-${run}`, name, value]);
		}
	}
	db.create_function('regexp', (pattern: string, text: string) =>
		Number(new RegExp(pattern, 'u').test(text)),
	);
	db.create_function('lemur_family', (nn: string) => familyOf(nn));
	db.create_function('lemur_source', (id: number) => plainTrial(columns, id).source);
	return db;
}

/** Random filters match next to nothing: this keeps one or two of the conditions at each level. */
const thinFilter = fc.tuple(arbitraryFilter, fc.infiniteStream(fc.nat())).map(([filter, dice]) => {
	const thin = (conditions: Conditions): Conditions => {
		const entries = Object.entries(conditions).filter(([key]) => key !== 'best');
		const start = dice.next().value;
		const kept = entries.filter((_, i) => (i + start) % entries.length < 1 + (start % 2));
		const inner = (value: unknown) => (Array.isArray(value) ? value.map(thinMember) : value);
		const thinMember = (member: unknown) => thin(member as Conditions);
		return Object.fromEntries(
			kept.map(([key, value]) => [key, key === 'any' || key === 'not' ? inner(value) : value]),
		);
	};
	return { ...thin(filter), ...(filter.best ? { best: filter.best } : {}) } as Filter;
});

function idsOf(db: ReturnType<typeof databaseOf>, sql: string): number[] {
	const rows = db.exec(sql)[0]?.values ?? [];
	return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}

describe('toSql(filter)', () => {
	it('prints what a person would write', () => {
		expect(toSql({})).toBe(
			'SELECT id, accuracy, epoch, duration, task, dataset, nn, transform, metric, prm\nFROM stat AS s',
		);
		const sql = toSql({ nn: ["O'Neil"], epoch: { min: 1, max: 5 }, best: 'net' });
		expect(sql).toContain("WHERE s.nn IN ('O''Neil')\n  AND s.epoch BETWEEN 1 AND 5");
		expect(sql).toContain('max(s.accuracy) OVER (PARTITION BY s.metric, s.nn) AS best_accuracy');
	});

	it('gives exactly the rows of the filter in a real SQLite', () => {
		let kept = 0;
		fc.assert(
			fc.property(
				arbitraryColumns,
				fc.oneof(arbitraryFilter, thinFilter, thinFilter),
				(columns, filter) => {
					const db = databaseOf(columns);
					const expected = [...matchTrials(columns, filter).ids].sort((a, b) => a - b);
					kept += expected.length;
					expect(idsOf(db, toSql(filter))).toEqual(expected);
					db.close();
				},
			),
			{ numRuns: 500 },
		);
		expect(kept).toBeGreaterThan(100); // negative control: not all filters are empty
	});

	it('is valid SQL for any filter', () => {
		const db = databaseOf({ ...fc.sample(arbitraryColumns, { numRuns: 1, seed: 1 })[0]! });
		fc.assert(
			fc.property(anyFilter, (filter) => {
				expect(() => db.exec(toSql(filter))).not.toThrow();
			}),
			{ numRuns: 300 },
		);
	});
});

describe('readSql(sql)', () => {
	it('reads back to the same filter', () => {
		fc.assert(
			fc.property(anyFilter, (filter) => {
				expect(readSql(toSql(filter))).toEqual(canonical(filter));
			}),
			{ numRuns: 1000 },
		);
	});

	it('ignores how blanks are laid out', () => {
		const filter = { nn: ['a  b'], prm: { lr: { min: 0.1 } }, best: 'run' } as const;
		const sql = toSql(filter).replaceAll('\n', '\n\t ');
		expect(readSql(sql)).toEqual(filter);
	});

	it('refuses everything else', () => {
		const sql = toSql({ nn: ['A'] });
		for (const other of [
			'',
			'SELECT 1',
			`${sql} LIMIT 5`,
			`${sql}; DROP TABLE stat`,
			sql.slice(0, -1),
		]) {
			expect(readSql(other)).toBeUndefined();
		}
		expect(readSql(`${sql} AND s.nn IN ('B')`)).toBeUndefined();
	});
});
