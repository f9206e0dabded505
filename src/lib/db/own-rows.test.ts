import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OwnRun } from './own';
import { withOwnRows } from './own-rows';
import { openForSql } from './sql/open';
import { testDatabase } from './testing';

let SQL: SqlJsStatic;
let bytes: Uint8Array;
beforeAll(async () => {
	SQL = await initSqlJs();
	bytes = await testDatabase();
});

const run: OwnRun = {
	...{ task: 'img-classification', dataset: 'digits', metric: 'acc', nn: 'ResNet', uid: 'u9' },
	prm: '{"batch": 8, "gpu_type": "X", "lr": 0.5, "momentum": 1.0, "seed": 3, "transform": "norm"}',
	epochs: [
		{ epoch: 1, accuracy: 1, duration: 5e12 },
		{ epoch: 2, accuracy: 0.25, duration: NaN },
	],
};

function rows(runs: readonly OwnRun[], sql: string): unknown[][] {
	const db = openForSql(SQL, withOwnRows(SQL, bytes.slice(), runs));
	try {
		return db.exec(sql)[0]?.values ?? [];
	} finally {
		db.close();
	}
}

describe('withOwnRows', () => {
	it('puts own records beside LEMUR’s in every view', () => {
		const sql = `SELECT accuracy, epoch, duration, task, dataset, nn, transform, metric, prm FROM stat WHERE dataset = 'digits' ORDER BY epoch`;
		expect(rows([run], sql)).toEqual([
			[1, 1, 5e12, 'img-classification', 'digits', 'ResNet', 'norm', 'acc', 'u9'],
			[0.25, 2, null, 'img-classification', 'digits', 'ResNet', 'norm', 'acc', 'u9'],
		]);
		expect(rows([run], `SELECT name, value FROM prm WHERE uid = 'u9' ORDER BY name`)).toEqual([
			['batch', 8],
			['gpu_type', 'X'],
			['lr', 0.5],
			['momentum', 1],
			['seed', 3],
			['transform', 'norm'],
		]);
		expect(rows([run], 'SELECT count(*) FROM stat')).toEqual([[8]]);
		expect(rows([run], 'SELECT count(DISTINCT id) FROM stat')).toEqual([[8]]);
	});

	it('says whose a record is', () => {
		const sql = 'SELECT lemur_source(id), count(*) FROM stat GROUP BY 1 ORDER BY 1';
		expect(rows([run], sql)).toEqual([
			['lemur', 6],
			['mine', 2],
		]);
		expect(rows([], sql)).toEqual([['lemur', 6]]);
	});

	it('numbers repeats, and reuses the names that are there', () => {
		const known = { ...run, dataset: 'mnist', nn: 'AlexNet' };
		expect(
			rows([run, run, known], 'SELECT repeat FROM trial_run ORDER BY id DESC LIMIT 3'),
		).toEqual([[null], [1], [null]]);
		expect(rows([run, known], 'SELECT count(*) FROM dim_nn')).toEqual([[2]]);
	});

	it('leaves the file as it was', () => {
		const before = bytes.slice();
		rows([run], 'SELECT 1');
		expect(bytes).toEqual(before);
		expect(withOwnRows(SQL, bytes, [])).toBe(bytes);
	});
});
