/** Opens the best store this browser allows. The page never fails for want of storage. */
import { COLLECTIONS, SCHEMA } from './collections';
import { createIndexedDbStore } from './indexed-db';
import { createMemoryStore } from './memory';
import { storeName } from './store';
import { toStoreError } from './store-error';
import type { Store } from './store';
import type { StoreError } from './store-error';

/** The backends, replaceable by tests. */
export interface OpenStoreEffects {
	readonly persistent: (name: string, collections: readonly string[]) => Store;
	readonly memory: (name: string, collections: readonly string[]) => Store;
}

export interface OpenedStore {
	readonly store: Store;
	/** false: what is saved lasts until the tab is closed; say so and offer the export */
	readonly persistent: boolean;
	/** why it is not persistent */
	readonly reason?: StoreError;
}

const REAL: OpenStoreEffects = {
	persistent: (name, collections) => {
		const storage = typeof navigator === 'undefined' ? undefined : navigator.storage;
		const estimate = storage?.estimate?.bind(storage);
		return createIndexedDbStore({ name, collections, effects: estimate ? { estimate } : {} });
	},
	memory: (name, collections) => createMemoryStore({ name, collections }),
};

/**
 * Never rejects: where IndexedDB cannot be opened the store is kept in memory, with the reason.
 * @param options.base the site's base path, '' or '/sub'
 */
export async function openStore(options: {
	readonly base: string;
	readonly schema?: number;
	readonly collections?: readonly string[];
	readonly effects?: OpenStoreEffects;
}): Promise<OpenedStore> {
	const { base, schema = SCHEMA, collections = COLLECTIONS, effects = REAL } = options;
	const name = storeName(base, schema);
	try {
		const store = effects.persistent(name, collections);
		await store.open();
		return { store, persistent: store.persistent };
	} catch (thrown) {
		const store = effects.memory(name, collections);
		return { store, persistent: false, reason: toStoreError(thrown) };
	}
}
