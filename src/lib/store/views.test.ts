import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory';
import { SavedViews, TOMBSTONE_MS } from './views';

function setup() {
	const store = createMemoryStore({ name: 'lemur::v1', collections: ['views'] });
	const clock = { now: 1000 };
	let ids = 0;
	const effects = { now: () => clock.now++, newId: () => `id${ids++}` };
	return { store, clock, views: new SavedViews(store, effects) };
}

const names = async (views: SavedViews) => (await views.list()).views.map(({ name }) => name);

describe('SavedViews', () => {
	it('saves under a free name and lists the newest change first', async () => {
		const { views } = setup();
		const first = await views.save(' a\u202e\nb ', '#v=1');
		await views.save('a b', '#v=1&task=x');
		expect(await names(views)).toEqual(['a b (2)', 'a b']);
		await views.rename(first.id, 'c');
		expect(await names(views)).toEqual(['c', 'a b (2)']);
		expect(await views.rename('nobody', 'd')).toBeUndefined();
	});

	it('removes with undo, for seven days', async () => {
		const { views, clock, store } = setup();
		const one = await views.save('one', '#1');
		await views.remove(one.id);
		expect(await names(views)).toEqual([]);
		const two = await views.save('one', '#2');
		await views.undo(one.id);
		expect(await names(views)).toEqual(['one', 'one (2)']);
		await views.remove(one.id);
		clock.now += TOMBSTONE_MS + 10;
		await views.remove(two.id);
		expect((await store.scan('views')).map(({ key }) => key)).toEqual([two.id]);
	});

	it('refuses links that are no fragment of this site', async () => {
		const { views } = setup();
		for (const link of ['javascript:alert(1)', 'https://elsewhere.example/#a', '', '#a b', '#\n']) {
			await expect(views.save('x', link)).rejects.toThrow();
		}
		expect(await names(views)).toEqual([]);
	});

	it('reports a damaged record and leaves it where it is', async () => {
		const { views, store } = setup();
		await views.save('good', '#1');
		await store.put('views', 'bad', { id: 'bad', name: 7, link: '#1' });
		await store.put('views', 'worse', null);
		const { views: good, damaged } = await views.list();
		expect(good).toHaveLength(1);
		expect(damaged.map(({ key }) => key)).toEqual(['bad', 'worse']);
		expect(await views.rename('bad', 'x')).toBeUndefined();
		expect(await store.get('views', 'bad')).toEqual({ id: 'bad', name: 7, link: '#1' });
	});

	it('imports what it exported, once', async () => {
		const { views } = setup();
		await views.save('one', '#1');
		await views.save('two', '#2');
		const other = setup().views;
		await other.save('two', '#other');
		const text = await views.exportJson();
		expect(await other.importJson(text)).toEqual({ added: 2, known: 0, refused: [] });
		expect((await names(other)).sort()).toEqual(['one', 'two', 'two (2)']);
		expect(await views.importJson(text)).toEqual({ added: 0, known: 2, refused: [] });
	});
});
