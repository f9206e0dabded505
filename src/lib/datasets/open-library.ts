/** The library of a browser: IndexedDB, the network, locks and the browser's own picture decoder. */
import { realNetwork } from '../db/fetch-part';
import { createIndexedDbStore } from '../store/indexed-db';
import { createMemoryStore } from '../store/memory';
import { storeName, type Store } from '../store/store';
import { decodePicture } from './browser-picture';
import { Library } from './library';
import { DATASET_COLLECTIONS } from './shard-store';

/** Version of the records; part of the database's name. */
const SCHEMA = 1;

/**
 * A database of its own: shards are large and can be had again, and Chromium deletes a whole database
 * that it finds damaged. Where storage is forbidden, datasets last as long as their worker.
 */
async function openStore(basePath: string): Promise<Store> {
	const name = storeName(`${basePath}:datasets`, SCHEMA);
	const collections = DATASET_COLLECTIONS;
	const storage = typeof navigator === 'undefined' ? undefined : navigator.storage;
	const estimate = storage?.estimate?.bind(storage);
	const effects = { durability: 'relaxed' as const, ...(estimate ? { estimate } : {}) };
	try {
		const store = createIndexedDbStore({ name, collections, effects });
		await store.open();
		return store;
	} catch {
		return createMemoryStore({ name, collections });
	}
}

/** Held by whoever loads a dataset; a browser without locks has no second tab to fear much. */
async function alone<T>(
	name: string,
	wait: boolean,
	work: () => Promise<T>,
): Promise<T | undefined> {
	const locks = globalThis.navigator?.locks;
	if (!locks) return work();
	const options: LockOptions = wait ? {} : { ifAvailable: true };
	return locks.request(name, options, (lock) => (lock ? work() : Promise.resolve(undefined)));
}

/**
 * @param siteRoot absolute URL of the site's root folder, with its last slash
 * @returns never rejects: without storage the library is kept in memory
 */
export async function openLibrary(siteRoot: string): Promise<Library> {
	const basePath = new URL(siteRoot).pathname.replace(/\/$/, '');
	const store = await openStore(basePath);
	return new Library({
		store,
		siteRoot,
		network: {
			...realNetwork,
			// Nothing of the visitor goes along: no cookies, no address of the page.
			fetch: (url, init) =>
				fetch(url, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' }),
		},
		decode: { decodePicture },
		newGeneration: () => crypto.randomUUID(),
		alone: (name, wait, work) => alone(`lemur:${basePath}:${name}`, wait, work),
	});
}
