/** What every store must do, as one suite; each backend's test file runs it. Only for tests. */
import { describe, expect, it } from 'vitest';
import { createFaultStore } from './fault-store';
import { SavedViews } from './views';
import type { FaultKind } from './fault-store';
import type { Store } from './store';

/** A place that stores can be opened on, again and again: the second sees the first's records. */
export interface StorePlace {
	readonly open: () => Store;
	readonly destroy: () => Promise<void>;
}

export const CONTRACT_COLLECTIONS = ['views', 'other'] as const;

/** Runs `body` on a fresh place. */
async function on(makePlace: () => StorePlace, body: (place: StorePlace) => Promise<void>) {
	const place = makePlace();
	try {
		await body(place);
	} finally {
		await place.destroy();
	}
}

async function contents(store: Store): Promise<unknown> {
	return Object.fromEntries(
		await Promise.all(
			CONTRACT_COLLECTIONS.map(async (name) => [name, await store.scan(name)] as const),
		),
	);
}

function operations(makePlace: () => StorePlace): void {
	it('gives back what was put, as a copy', () =>
		on(makePlace, async ({ open }) => {
			const store = open();
			const value = { list: [1, 2], bytes: new Uint8Array([1, 255]), none: null };
			await store.put('views', 'a', value);
			value.list.push(3);
			expect(await store.get('views', 'a')).toEqual({ ...value, list: [1, 2] });
			expect(await store.get('views', 'b')).toBeUndefined();
			expect(await store.get('other', 'a')).toBeUndefined();
			await store.delete('views', 'a');
			await store.delete('views', 'a');
			expect(await store.get('views', 'a')).toBeUndefined();
		}));

	it('scans by prefix in code unit order, with a limit', () =>
		on(makePlace, async ({ open }) => {
			const store = open();
			const keys = ['b', 'a\uffff\uffff', 'a', 'a/2', 'a/10', 'A', 'a\u{1f984}', 'ä', ''];
			for (const key of keys) await store.put('views', key, key);
			const sorted = [...keys].sort((x, y) => (x < y ? -1 : 1));
			const scanned = async (prefix?: string, limit?: number) =>
				(
					await store.scan('views', {
						...(prefix === undefined ? {} : { prefix }),
						...(limit === undefined ? {} : { limit }),
					})
				).map(({ key, value }) => {
					expect(value).toBe(key);
					return key;
				});
			expect(await scanned()).toEqual(sorted);
			expect(await scanned('a')).toEqual(sorted.filter((key) => key.startsWith('a')));
			expect(await scanned('a\uffff')).toEqual(['a\uffff\uffff']);
			expect(await scanned('\uffff')).toEqual([]);
			expect(await scanned('a', 2)).toEqual(['a', 'a/10']);
			expect(await scanned('a', 0)).toEqual([]);
		}));

	it('is read again by a second store after closing, and refuses after closing', () =>
		on(makePlace, async ({ open }) => {
			const first = open();
			await first.put('views', 'a', 1);
			await first.flush();
			await first.close();
			await expect(first.get('views', 'a')).rejects.toMatchObject({ code: 'STORE_CLOSED' });
			expect(await open().get('views', 'a')).toBe(1);
		}));

	it('says how much is used, or null', () =>
		on(makePlace, async ({ open }) => {
			const { usage, quota } = await open().estimate();
			expect(usage === null || usage >= 0).toBe(true);
			expect(quota === null || quota > 0).toBe(true);
		}));
}

function transactions(makePlace: () => StorePlace): void {
	it('commits several collections at once and sees its own writes', () =>
		on(makePlace, async ({ open }) => {
			const store = open();
			await store.put('views', 'old', 0);
			const seen = await store.tx(CONTRACT_COLLECTIONS, 'write', async (tx) => {
				await tx.put('views', 'a', 1);
				await tx.put('other', 'a', 2);
				await tx.delete('views', 'old');
				return [await tx.get('views', 'a'), await tx.scan('views'), await tx.get('views', 'old')];
			});
			expect(seen).toEqual([1, [{ key: 'a', value: 1 }], undefined]);
			expect(await contents(store)).toEqual({
				views: [{ key: 'a', value: 1 }],
				other: [{ key: 'a', value: 2 }],
			});
		}));

	it('leaves nothing of a body that throws, and passes its error through', () =>
		on(makePlace, async ({ open }) => {
			const store = open();
			await store.put('views', 'a', 1);
			const own = new Error('mine');
			const failing = store.tx(CONTRACT_COLLECTIONS, 'write', async (tx) => {
				await tx.put('views', 'a', 2);
				await tx.get('other', 'a');
				await tx.put('other', 'a', 2);
				throw own;
			});
			await expect(failing).rejects.toBe(own);
			expect(await contents(store)).toEqual({ views: [{ key: 'a', value: 1 }], other: [] });
		}));

	it('refuses what cannot be cloned, writes of a reader, and undeclared collections', () =>
		on(makePlace, async ({ open }) => {
			const store = open();
			const uncloneable = store.put('views', 'f', () => 0);
			await expect(uncloneable).rejects.toMatchObject({ code: 'STORE_VALUE' });
			const writing = store.tx(['views'], 'read', (tx) => tx.put('views', 'a', 1));
			await expect(writing).rejects.toBeInstanceOf(TypeError);
			const stray = store.tx(['views'], 'write', (tx) => tx.put('other', 'a', 1));
			await expect(stray).rejects.toBeInstanceOf(TypeError);
			await expect(store.put('nowhere', 'a', 1)).rejects.toBeInstanceOf(TypeError);
			expect(await contents(store)).toEqual({ views: [], other: [] });
		}));

	it('keeps concurrent read-modify-write transactions apart', () =>
		on(makePlace, async ({ open }) => {
			const stores = [open(), open()];
			await stores[0]?.put('views', 'n', 0);
			const add = (store: Store) =>
				store.tx(['views'], 'write', async (tx) => {
					await tx.put('views', 'n', Number(await tx.get('views', 'n')) + 1);
				});
			// Two stores on one place are two tabs; the memory backend has only one.
			const tabs = stores[0]?.persistent ? stores : stores.slice(0, 1);
			await Promise.all(tabs.flatMap((store) => Array.from({ length: 20 }, () => add(store))));
			expect(await stores[0]?.get('views', 'n')).toBe(20 * tabs.length);
		}));
}

type Step = (views: SavedViews, id: string) => Promise<unknown>;

const SCENARIO: Readonly<Record<string, Step>> = {
	save: (views) => views.save('two', '#b=2'),
	rename: (views, id) => views.rename(id, 'renamed'),
	remove: (views, id) => views.remove(id),
	undo: (views, id) => views.undo(id),
	import: (views) =>
		views.importJson(
			JSON.stringify({
				format: 'lemur-views',
				version: 1,
				views: [
					{ name: 'x', link: '#x' },
					{ name: 'y', link: '#y' },
				],
			}),
		),
};

function deterministic(store: Store, prefix: string): SavedViews {
	let ids = 0;
	return new SavedViews(store, { now: () => 1000, newId: () => `${prefix}${ids++}` });
}

/** Fails point `at` of one step; the points passed and the states before, allowed after, found. */
async function strike(makePlace: () => StorePlace, step: Step, kind: FaultKind, at: number) {
	const result = { points: 0, rejected: false, before: {}, after: {}, found: {} } as {
		points: number;
		rejected: boolean;
		before: unknown;
		after: unknown;
		found: unknown;
	};
	for (const faultless of [true, false]) {
		await on(makePlace, async ({ open }) => {
			const views = deterministic(open(), 'v');
			const { id } = await views.save('one', '#a=1');
			if (step === SCENARIO.undo) await views.remove(id);
			result.before = await contents(open());
			const faulty = createFaultStore(open(), { kind, at: faultless ? 0 : at });
			const run = step(deterministic(faulty, 'w'), id).then(
				() => false,
				() => true,
			);
			result.rejected = await run;
			result.points = faulty.points;
			result[faultless ? 'after' : 'found'] = await contents(open()); // as a reopened page sees it
		});
	}
	return result;
}

function sweep(makePlace: () => StorePlace): void {
	const kinds: readonly FaultKind[] = ['fail', 'abort', 'quota', 'crash'];
	it.each(Object.keys(SCENARIO))(
		'%s: failing at every point leaves the old or the new',
		async (name) => {
			const step = SCENARIO[name];
			if (!step) throw new Error('unreachable');
			for (const kind of kinds) {
				let at = 1;
				const states = new Set<string>();
				for (; ; at++) {
					const { rejected, points, before, after, found } = await strike(
						makePlace,
						step,
						kind,
						at,
					);
					expect(before).not.toEqual(after);
					expect([before, after]).toContainEqual(found);
					states.add(JSON.stringify(found));
					if (points < at) {
						expect(rejected).toBe(false);
						break;
					}
					expect(rejected).toBe(true); // never a silent failure
				}
				expect(at).toBeGreaterThan(4); // begin, a step or more, commit, acknowledgement
				expect(states.size).toBe(2); // the sweep met both outcomes
			}
		},
	);
}

/**
 * Declares the suite.
 * @param makePlace a place that no other test uses
 */
export function storeContract(name: string, makePlace: () => StorePlace): void {
	describe(`${name} keeps the store contract`, () => {
		describe('operations', () => operations(makePlace));
		describe('transactions', () => transactions(makePlace));
		describe('faults', () => sweep(makePlace));
	});
}
