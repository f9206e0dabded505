import initSqlJs, { type Database, type SqlJsStatic } from 'sql.js';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildColumns, MirrorError } from './mirror';
import { uidOf } from './records/identity';
import { TABLES } from './schema';

const ROWS = `
INSERT INTO dim_task VALUES (1, 'img-classification', 'mnist', 'acc', 10000), (5, 'img-captioning', 'coco', 'bleu', NULL);
INSERT INTO dim_nn VALUES (1, 'unused', NULL), (2, 'Zed', NULL), (3, 'ResNet', NULL);
INSERT INTO dim_transform VALUES (1, 'norm_32', NULL), (2, 'echo_64', NULL), (3, 'unused', NULL);
INSERT INTO config VALUES (10, 5, 2), (11, 1, 3), (12, 1, 2);
INSERT INTO extra VALUES (1, '{"alpha": 1.0, "version": 2}'), (2, '{"batch": 0.5, "save": true, "mode": "x"}');
INSERT INTO key_order VALUES (0, ''), (1, 'transform,lr,batch'), (2, 'epoch,batch,transform');
INSERT INTO trial_run VALUES
 (20, 10, 0, NULL, 1, 4, 0.04044532591645781, 0.599052840298076, NULL, NULL),
 (21, 11, 1, NULL, 2, 128, 0.5, NULL, NULL, NULL),
 (23, 11, x'00112233445566778899AABBCCDDEEFF', 2, NULL, NULL, 1.0, NULL, 0.0, 1),
 (24, 12, 0, NULL, 1, 4, 0.04044532591645781, 0.599052840298076, NULL, NULL),
 (25, 12, '37753158-1be3-4dd2-974f-77493eb4712f', NULL, 2, NULL, 1, NULL, NULL, 2);
INSERT INTO trial VALUES (20, 1, 0.1, 123456789012345), (20, 3, 1.0, NULL), (21, 0, 1, 5), (21, 50, 9917, 7),
 (23, 2, 0.30000000000000004, 9), (24, 1, 3333, 1), (25, 1, 10000, 2);
INSERT INTO epoch_prm VALUES (21, 50, 5), (23, 2, 0.001);
`;

let sql: SqlJsStatic;
let db: Database;
beforeAll(async () => {
	sql = await initSqlJs();
});
beforeEach(() => {
	db = new sql.Database();
	db.run(TABLES);
	db.run(ROWS);
});

describe('buildColumns(db, version)', () => {
	it('orders names by code point and leaves out what nothing uses', () => {
		const { columns } = buildColumns(db, '2.1.2');
		expect(columns.version).toBe('2.1.2');
		expect(columns.tasks.map(({ task }) => task)).toEqual(['img-captioning', 'img-classification']);
		expect(columns.nns).toEqual(['ResNet', 'Zed']);
		expect(columns.transforms).toEqual(['', 'echo_64', 'norm_32']);
		expect([...columns.configs.task]).toEqual([0, 1, 1]);
		expect([...columns.configs.nn]).toEqual([1, 0, 1]);
		expect([...columns.runs.transform]).toEqual([2, 1, 0, 2, 1]);
	});

	it('keeps trials in run and epoch order with their exact values', () => {
		const { columns } = buildColumns(db, 'x');
		expect([...columns.runs.start]).toEqual([0, 2, 4, 5, 6, 7]);
		expect([...columns.run]).toEqual([0, 0, 1, 1, 2, 3, 4]);
		expect([...columns.runs.config]).toEqual([0, 1, 1, 2, 2]);
		expect([...columns.runs.repeat]).toEqual([0, 0, 2, 0, 0]);
		expect([...columns.epoch]).toEqual([1, 3, 0, 50, 2, 1, 1]);
		expect([...columns.duration]).toEqual([123456789012345, NaN, 5, 7, 9, 1, 2]);
	});

	it('divides an integer accuracy and takes a real one as it is', () => {
		const { columns } = buildColumns(db, 'x');
		const wanted = [0.1, 1, 1 / 10000, 0.9917, 0.30000000000000004, 0.3333, 1];
		expect([...columns.accuracy]).toEqual(wanted);
	});

	it('makes a column of each hyperparameter', () => {
		const { prm } = buildColumns(db, 'x').columns.runs;
		expect([...prm.keys()]).toEqual([
			...['alpha', 'batch', 'dropout', 'lr', 'mode', 'momentum', 'save', 'version'],
		]);
		expect(prm.get('batch')).toEqual({
			kind: 'number',
			values: Float64Array.of(4, 128, NaN, 4, 0.5),
		});
		expect(prm.get('save')).toEqual({
			kind: 'number',
			values: Float64Array.of(NaN, NaN, NaN, NaN, 1),
		});
		expect(prm.get('mode')).toEqual({
			kind: 'text',
			codes: Int32Array.of(-1, -1, -1, -1, 0),
			dictionary: ['x'],
		});
	});

	it('tells ints from floats in a run as Python has it', () => {
		const { prmOfRun, epochPrm } = buildColumns(db, 'x');
		expect([...prmOfRun(2)]).toEqual([
			['alpha', 1],
			['dropout', 0],
			['lr', 1],
			['version', 2n],
		]);
		expect(prmOfRun(4)).toEqual(
			new Map<string, unknown>([
				['batch', 0.5],
				['lr', 1],
				['mode', 'x'],
				['save', true],
				['transform', 'echo_64'],
			]),
		);
		expect([...epochPrm]).toEqual([
			[3, 5n],
			[4, 0.001],
		]);
	});

	it('computes a uid in its key order, or reads it', () => {
		const { uidText, columns } = buildColumns(db, 'x');
		expect(uidText(0)).toBe('d6e616ab5893ad366e3936d804f63e7a');
		expect(uidText(1)).toBe(
			uidOf(
				new Map<string, bigint | number | string>([
					['batch', 128n],
					['lr', 0.5],
					['transform', 'echo_64'],
				]),
				['transform', 'lr', 'batch'],
			),
		);
		expect(uidText(2)).toBe('00112233445566778899aabbccddeeff');
		expect(uidText(4)).toBe('37753158-1be3-4dd2-974f-77493eb4712f');
		expect(columns.runs.uid[0]).toBe(columns.runs.uid[3]);
		expect(new Set(columns.runs.uid).size).toBe(4);
	});

	it('unpacks a UUID and prints the first planned epoch where the key order names it', () => {
		db.run(`UPDATE trial_run SET uid = x'0437753158' || x'1be34dd2974f77493eb4712f' WHERE id = 25`);
		db.run(`UPDATE trial_run SET uid = CAST(uid AS BLOB) WHERE id = 25`);
		db.run(`UPDATE trial_run SET uid = 2 WHERE id = 21`);
		const { uidText } = buildColumns(db, 'x');
		const printed = new Map<string, bigint | string>([
			['batch', 128n],
			['epoch', 5n],
			['transform', 'echo_64'],
		]);
		expect(uidText(4)).toBe('37753158-1be3-4dd2-974f-77493eb4712f');
		expect(uidText(1)).toBe(uidOf(printed, ['epoch', 'batch', 'transform']));
	});

	it('tells uids apart by the planned epoch only where it is printed', () => {
		db.run(`UPDATE trial_run SET uid = 2, transform = 1, batch = 4 WHERE id IN (20, 24)`);
		db.run(`INSERT INTO epoch_prm VALUES (20, 1, 1), (24, 1, 2)`);
		const { columns, uidText } = buildColumns(db, 'x');
		expect(columns.runs.uid[0]).not.toBe(columns.runs.uid[3]);
		expect(uidText(0)).not.toBe(uidText(3));
	});

	it('reports progress up to the last row', () => {
		const seen: [number, number][] = [];
		buildColumns(db, 'x', (rows, total) => seen.push([rows, total]));
		expect(seen.at(-1)).toEqual([7, 7]);
	});

	it('refuses a trial of an unknown run and a run of an unknown configuration', () => {
		db.run('INSERT INTO trial VALUES (22, 1, 0.5, 1)');
		expect(() => buildColumns(db, 'x')).toThrow(MirrorError);
		db.run('DELETE FROM trial WHERE run = 22; UPDATE trial_run SET config = 99 WHERE id = 20');
		expect(() => buildColumns(db, 'x')).toThrow(/configuration 99/);
	});
});
