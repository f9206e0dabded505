import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory';
import { openStore } from './open-store';
import { RECENTS, Recents } from './recents';
import { StoreError } from './store-error';
import { SavedViews, TOMBSTONE_MS } from './views';
import { cleanName, parseViewsFile, printViewsFile } from './views-file';

function setup() {
	const store = createMemoryStore({ name: 'lemur::v1', collections: ['views', 'recents'] });
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

describe('parseViewsFile', () => {
	const file = (views: string) => `{"format":"lemur-views","version":1,"views":${views}}`;

	it('takes hostile keys as data that it does not know', () => {
		const before = Object.keys(Object.prototype).length;
		const entry = '{"__proto__":{"polluted":1},"constructor":{},"name":"n","link":"#1","id":"x"}';
		const { views } = parseViewsFile(file(`[${entry}]`));
		expect(views).toEqual([{ name: 'n', link: '#1' }]);
		expect(Object.keys(views[0] ?? {})).toEqual(['name', 'link']);
		expect(Object.keys(Object.prototype)).toHaveLength(before);
		expect('polluted' in {}).toBe(false);
	});

	it('says which entries it refused and why', () => {
		const text = file('[{"name":"n","link":"javascript:1"},7,{"name":"ok","link":"#1"}]');
		const { views, refused } = parseViewsFile(text);
		expect(views).toHaveLength(1);
		expect(refused.map(({ index }) => index)).toEqual([0, 1]);
		expect(refused[0]?.reason).toContain('must start with #');
	});

	it.each([
		['', 'not JSON'],
		['{', 'not JSON'],
		['[]', 'Not a file of saved views'],
		['{"format":"lemur-views","version":2,"views":[]}', 'Not a file of saved views'],
		[file(`[${'{},'.repeat(2000)}{}]`), 'Not a file of saved views'],
		[' '.repeat(4_000_001), 'larger than 4 MB'],
	])('refuses a foreign file (%#)', (text, message) => {
		expect(() => parseViewsFile(text)).toThrow(message);
	});

	it('reads what it prints, for any names', () => {
		const view = fc.record({
			name: fc.string({ unit: 'grapheme', minLength: 1 }).map(cleanName),
			link: fc.base64String().map((tail) => `#${tail}`),
		});
		fc.assert(
			fc.property(fc.array(view, { maxLength: 20 }), (views) => {
				const printed = printViewsFile(views);
				expect(parseViewsFile(printed)).toEqual({ views, refused: [] });
			}),
		);
	});
});

describe('Recents', () => {
	it('keeps the last 20, each link once, newest first', async () => {
		const { store } = setup();
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
