import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory';
import { RECENTS, Recents } from './recents';

describe('Recents', () => {
	it('keeps the last 20, each link once, newest first', async () => {
		const store = createMemoryStore({ name: 'lemur::v1', collections: ['recents'] });
		let now = 0;
		const recents = new Recents(store, () => now++);
		for (let n = 0; n < 25; n++) await recents.note(`#${n}`, `state ${n}`);
		await recents.note('#10', 'again');
		const { recents: list } = await recents.list();
		expect(list).toHaveLength(RECENTS);
		expect(list[0]).toMatchObject({ link: '#10', title: 'again' });
		expect(list[1]?.link).toBe('#24');
		expect(await store.scan('recents')).toHaveLength(RECENTS);
		await recents.clear();
		expect((await recents.list()).recents).toEqual([]);
	});
});
