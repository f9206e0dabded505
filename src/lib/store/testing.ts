/** Helpers of the store's tests over IndexedDB, real or fake. Only for tests. */
import { deleteDB } from 'idb';
import { CONTRACT_COLLECTIONS } from './contract';
import { createIndexedDbStore } from './indexed-db';
import type { StorePlace } from './contract';
import type { Store } from './store';

let places = 0;

/** A fresh database name; `destroy` closes what was opened and deletes it. */
export function indexedDbPlace(): StorePlace {
	const name = `lemur:/test-${places++}:v1`;
	const opened: Store[] = [];
	return {
		open: () => {
			const store = createIndexedDbStore({ name, collections: CONTRACT_COLLECTIONS });
			opened.push(store);
			return store;
		},
		destroy: async () => {
			await Promise.all(opened.map((store) => store.close()));
			await deleteDB(name);
		},
	};
}
