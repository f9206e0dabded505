import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory';
import { openStore } from './open-store';
import { StoreError } from './store-error';

describe('openStore', () => {
	const memory = (name: string, collections: readonly string[]) =>
		createMemoryStore({ name, collections });

	it('goes on in memory where storage is forbidden, and says why', async () => {
		const effects = {
			memory,
			persistent: () => {
				throw new StoreError('STORE_BLOCKED');
			},
		};
		const opened = await openStore({ base: '/sub', effects });
		expect(opened).toMatchObject({ persistent: false, reason: { code: 'STORE_BLOCKED' } });
		expect(opened.store.name).toBe('lemur:/sub:v1');
		await opened.store.put('settings', 'a', 1);
		expect(await opened.store.get('settings', 'a')).toBe(1);
	});

	it('is blocked in Node, where there is no IndexedDB', async () => {
		expect((await openStore({ base: '' })).reason?.code).toBe('STORE_BLOCKED');
	});
});
