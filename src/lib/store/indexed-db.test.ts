import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { storeContract } from './contract';
import { createIndexedDbStore } from './indexed-db';
import { indexedDbPlace } from './testing';

storeContract('IndexedDB (fake)', indexedDbPlace);

describe('createIndexedDbStore', () => {
	afterEach(() => vi.restoreAllMocks());

	const open = (name: string, collections: readonly string[]) =>
		createIndexedDbStore({ name, collections, effects: { waitForOtherTabs: 50 } });

	it('adds a collection without touching the others', async () => {
		const old = open('grow', ['a']);
		await old.put('a', 'k', 1);
		await old.close();
		const grown = open('grow', ['a', 'b']);
		await grown.put('b', 'k', 2);
		expect(await grown.get('a', 'k')).toBe(1);
	});

	it('stops for good when a newer layout is opened elsewhere', async () => {
		const old = open('newer', ['a']);
		await old.put('a', 'k', 1);
		await open('newer', ['a', 'b']).open();
		await expect(old.put('a', 'k', 2)).rejects.toMatchObject({ code: 'STORE_OUTDATED' });
		await expect(old.get('a', 'k')).rejects.toMatchObject({ code: 'STORE_OUTDATED' });
	});

	it('refuses to open a layout that is newer than its own', async () => {
		await open('future', ['a', 'b']).open();
		await expect(open('future', ['a']).open()).rejects.toMatchObject({ code: 'STORE_OUTDATED' });
	});

	it('starts anew when its database was deleted elsewhere', async () => {
		const store = open('cleared', ['a']);
		await store.put('a', 'k', 1);
		await deleteDB('cleared');
		expect(await store.get('a', 'k')).toBeUndefined();
		await store.put('a', 'k', 2);
		expect(await store.get('a', 'k')).toBe(2);
	});

	it('says so when another tab does not let go of an older layout', async () => {
		const stubborn = await openDB('held', 1, { upgrade: (db) => void db.createObjectStore('a') });
		await expect(open('held', ['a', 'b']).open()).rejects.toMatchObject({ code: 'STORE_WAITING' });
		stubborn.close();
	});

	it.each(['InvalidStateError', 'UnknownError', 'AbortError'])(
		'reopens once after %s',
		async (exception) => {
			const store = open('lost', ['a']);
			await store.put('a', 'k', 1);
			const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
			begin.mockImplementationOnce(() => {
				throw new DOMException('connection lost', exception);
			});
			const opening = vi.spyOn(indexedDB, 'open');
			expect(await store.get('a', 'k')).toBe(1);
			expect(opening).toHaveBeenCalledTimes(1);
			begin.mockImplementation(() => {
				throw new DOMException('connection lost', exception);
			});
			await expect(store.get('a', 'k')).rejects.toMatchObject({ code: 'STORE_FAILED' });
		},
	);

	it('tells a full disk from a forbidden storage', async () => {
		const store = open('full', ['a']);
		await store.open();
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('full', 'QuotaExceededError');
		});
		await expect(store.put('a', 'k', 1)).rejects.toMatchObject({ code: 'STORE_QUOTA' });
		vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new DOMException('no', 'SecurityError');
		});
		await expect(open('no', ['a']).open()).rejects.toMatchObject({ code: 'STORE_BLOCKED' });
	});

	it('writes nothing when the body awaits something else', async () => {
		const store = open('misuse', ['a']);
		const body = store.tx(['a'], 'write', async (tx) => {
			await tx.put('a', 'k', 1);
			await new Promise((resolve) => setTimeout(resolve, 20));
		});
		await expect(body).rejects.toThrow();
		expect(await store.get('a', 'k')).toBeUndefined();
	});
});
