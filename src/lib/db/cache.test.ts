import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { set, createStore } from 'idb-keyval';
import {
	browserStores,
	cacheApiStore,
	createContentCache,
	indexedDbStore,
	type FileStore,
} from './cache';

const bytes = Uint8Array.of(1, 2, 3);

/** As much of the Cache API as the store uses. */
function fakeCaches() {
	const kept = new Map<string, Response>();
	const cache = {
		match: async (url: string) => kept.get(url)?.clone(),
		put: async (url: string, response: Response) => void kept.set(url, response),
		delete: async (url: string) => kept.delete(url),
		keys: async () => [...kept.keys()].map((url) => new Request(url)),
	};
	vi.stubGlobal('caches', { open: async () => cache });
	return kept;
}

afterEach(() => vi.unstubAllGlobals());

async function keepsTheContract(store: FileStore): Promise<void> {
	expect(await store.read('a.bin')).toBeUndefined();
	await store.write('a.bin', bytes);
	await store.write('b.bin', new Uint8Array());
	expect(await store.read('a.bin')).toEqual(bytes);
	expect([...(await store.names())].sort()).toEqual(['a.bin', 'b.bin']);
	await store.remove('a.bin');
	await store.remove('a.bin');
	expect(await store.names()).toEqual(['b.bin']);
}

describe('the stores of files', () => {
	it('keep, list and forget by name: Cache API', async () => {
		const kept = fakeCaches();
		await keepsTheContract(cacheApiStore('name', new URL('https://lemur.example/sub/cached/')));
		expect([...kept.keys()]).toEqual(['https://lemur.example/sub/cached/b.bin']);
	});

	it('keep, list and forget by name: IndexedDB', async () => {
		await keepsTheContract(indexedDbStore('contract'));
	});

	it('take nothing for a file that is none', async () => {
		await set('odd', 'text', createStore('odd', 'files'));
		expect(await indexedDbStore('odd').read('odd')).toBeUndefined();
	});

	it('fail at their use, not when they are made, where a browser has neither', async () => {
		vi.stubGlobal('indexedDB', undefined);
		for (const store of browserStores('https://lemur.example/sub/'))
			await expect(store.write('a.bin', bytes)).rejects.toThrow();
	});

	it('of two sites of one origin do not meet', async () => {
		const write = (path: string) =>
			browserStores(`https://lemur.example/${path}/`)[1]!.write('a.bin', bytes);
		const names = (path: string) => browserStores(`https://lemur.example/${path}/`)[1]!.names();
		await write('one');
		expect([await names('one'), await names('two')]).toEqual([['a.bin'], []]);
	});
});

describe('createContentCache(stores)', () => {
	it('keeps the manifest whatever else goes', async () => {
		const store = indexedDbStore('keepOnly');
		const cache = createContentCache([store]);
		await cache.putManifest('{"é":1}');
		await store.write('old', bytes);
		await store.write('new', bytes);
		await cache.keepOnly(['new']);
		expect([...(await store.names())].sort()).toEqual(['manifest.json', 'new']);
		expect(await cache.getManifest()).toBe('{"é":1}');
	});

	it('is empty, and throws nothing, without a store that works', async () => {
		const refuses = () => Promise.reject(new DOMException('no', 'SecurityError'));
		const broken = { read: refuses, write: refuses, remove: refuses, names: refuses };
		const cache = createContentCache([broken]);
		expect(await cache.get('hash')).toBeUndefined();
		expect(await cache.getManifest()).toBeUndefined();
		await expect(cache.keepOnly([])).resolves.toBeUndefined();
	});
});
