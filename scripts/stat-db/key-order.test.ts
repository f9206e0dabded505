import { describe, expect, it } from 'vitest';
import { uidOf } from '../../src/lib/db/records/identity';
import type { PyDict, PyValue } from '../../src/lib/db/records/python-text';
import { KeyOrderSearch } from './key-order';

const prm: PyDict = new Map<string, PyValue>([
	['batch', 4n],
	['dropout', 0.25],
	['lr', 0.04044532591645781],
	['momentum', 0.599052840298076],
	['transform', 'norm_32'],
]);

const find = (uid: string, epoch?: PyValue) => new KeyOrderSearch().find(uid, prm, epoch);

describe('KeyOrderSearch', () => {
	it("knows LEMUR's example", () => {
		const example: PyDict = new Map([...prm].filter(([name]) => name !== 'dropout'));
		const search = new KeyOrderSearch();
		expect(search.find('d6e616ab5893ad366e3936d804f63e7a', example, undefined)).toEqual([]);
	});

	it.each([
		['momentum', 'dropout', 'lr', 'batch', 'transform'],
		['transform', 'batch', 'lr', 'momentum', 'dropout'],
	])('finds the order %s, …', (...order) => {
		expect(find(uidOf(prm, order))).toEqual(order);
	});

	it('finds an order that names the planned epoch', () => {
		const order = ['lr', 'epoch', 'momentum', 'dropout', 'batch', 'transform'];
		const uid = uidOf(new Map(prm).set('epoch', 5n), order);
		expect(find(uid, 5n)).toEqual(order);
		expect(find(uid, 5)).toBeNull();
		expect(find(uid)).toBeNull();
	});

	it('gives the same answer after other searches', () => {
		const search = new KeyOrderSearch();
		const order = ['dropout', 'momentum', 'lr', 'batch', 'transform'];
		const uid = uidOf(prm, order);
		expect(search.find('0'.repeat(32), prm, undefined)).toBeNull();
		expect(search.find(uid, prm, undefined)).toEqual(order);
		expect(search.find(uid, prm, undefined)).toEqual(order);
		expect(search.find('0'.repeat(32), prm, undefined)).toBeNull();
	});

	it('does not search for what is no md5', () => {
		expect(find('85e46dec-3a8d-4082-8471-59b482ba23d3')).toBeNull();
	});
});
