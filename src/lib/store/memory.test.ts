import { CONTRACT_COLLECTIONS, storeContract } from './contract';
import { createMemoryStore } from './memory';
import type { MemoryRecords } from './memory';

storeContract('The memory store', () => {
	const records: MemoryRecords = new Map();
	return {
		open: () =>
			createMemoryStore({ name: 'lemur::v1', collections: CONTRACT_COLLECTIONS, records }),
		destroy: async () => records.clear(),
	};
});
