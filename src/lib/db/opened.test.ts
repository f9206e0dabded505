import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSnapshot, type OpenSnapshot } from './opened';
import { testDatabase } from './testing';

describe('openSnapshot()', () => {
	let open: OpenSnapshot;
	beforeAll(async () => {
		open = openSnapshot(await initSqlJs(), await testDatabase(), '1.0', () => undefined);
	});

	it('keeps the order of a query that is asked for again, however its keys are ordered', () => {
		const sort = [{ column: 'accuracy', descending: true }] as const;
		const first = open.order({ filter: { task: ['img-classification'], nn: ['ResNet'] }, sort });
		const again = open.order({ filter: { nn: ['ResNet'], task: ['img-classification'] }, sort });
		expect(again).toBe(first);
		expect([...first]).toEqual([5, 4, 2, 3]);
		expect(open.order({ filter: { nn: ['ResNet'] }, sort: [] })).not.toBe(first);
	});

	it('knows the memory that must not be given away', () => {
		expect(open.keeps(open.columns.epoch.buffer as ArrayBuffer)).toBe(true);
		const batch = open.columns.runs.prm.get('batch');
		expect(batch?.kind === 'number' && open.keeps(batch.values.buffer as ArrayBuffer)).toBe(true);
		expect(open.keeps(new ArrayBuffer(8))).toBe(false);
	});
});
