import { describe, expect, it } from 'vitest';
import { digits } from './digits';
import { samplesIn } from './record';
import { ShardStore } from './shard-store';
import { readSite, type SiteOptions, type SiteProgress } from './site';
import { calmNetwork, fetchStatic, memoryStore, SITE } from './testing';

function options(change: Partial<SiteOptions> = {}): SiteOptions {
	return {
		network: { ...calmNetwork, timer: immediately },
		siteRoot: SITE,
		newGeneration: () => 'g',
		signal: new AbortController().signal,
		onProgress: () => undefined,
		...change,
	};
}

/** Pauses between tries take no time; limits of patience never run out. */
function immediately(ms: number, done: () => void): () => void {
	if (ms < 5_000) done();
	return () => undefined;
}

describe('readSite()', () => {
	it('stores the digits that are shipped', async () => {
		const progress: SiteProgress[] = [];
		const store = new ShardStore(memoryStore());
		const onProgress = (one: SiteProgress) => progress.push(one);
		const train = await readSite(store, digits, 'train', options({ onProgress }));
		const test = await readSite(store, digits, 'test', options());
		expect([samplesIn(train), samplesIn(test)]).toStrictEqual([
			digits.counts.train,
			digits.counts.test,
		]);
		expect(progress.at(-1)).toMatchObject({ samples: 1437, totalSamples: 1437 });
		expect(progress.at(-1)?.bytes).toBe(progress.at(-1)?.totalBytes);
		const shard = await store.read(train, 0);
		const values = Array.from({ length: shard.samples }, (_, i) => [
			...shard.picture(i).pixels,
		]).flat();
		const mean = values.reduce((sum, one) => sum + one / 255, 0) / values.length;
		const std = Math.sqrt(
			values.reduce((sum, one) => sum + (one / 255 - mean) ** 2, 0) / values.length,
		);
		expect(mean).toBeCloseTo(digits.mean[0] ?? 0, 4);
		expect(std).toBeCloseTo(digits.std[0] ?? 0, 4);
	});

	it('says the size of the download that it is', async () => {
		const totals: number[] = [];
		for (const split of ['train', 'test'] as const) {
			const onProgress = ({ totalBytes }: SiteProgress) => totals.push(totalBytes);
			await readSite(new ShardStore(memoryStore()), digits, split, options({ onProgress }));
		}
		const sum = [...new Set(totals)].reduce((a, b) => a + b, 0);
		expect(digits.sources[0]).toStrictEqual({ kind: 'site', bytes: sum });
	});

	it.each([
		['a missing list', 'manifest.json', () => new Response('', { status: 404 })],
		['a page instead of the list', 'manifest.json', () => new Response('<html>')],
		['a missing part', '.bin', () => new Response('', { status: 404 })],
		['a part of other bytes', '.bin', () => new Response(new Uint8Array(35_685))],
		['a cut part', '.bin', () => new Response(new Uint8Array(9))],
	])('%s: says so and stores nothing wrong', async (_, end, answer) => {
		const store = new ShardStore(memoryStore());
		const fetch = async (url: string) => (url.endsWith(end) ? answer() : fetchStatic(url));
		const network = { ...calmNetwork, timer: immediately, fetch };
		const work = readSite(store, digits, 'train', options({ network }));
		await expect(work).rejects.toMatchObject({ code: 'DATASET_NETWORK' });
		await expect(work).rejects.toThrow(/^Digits 8×8 could not be loaded\. .*Try again/);
		expect(await store.find('digits', 'train')).toBeUndefined();
		await expect(readSite(store, digits, 'train', options())).resolves.toBeDefined();
	});

	it('says that the device is offline, and stops when the visitor does', async () => {
		const store = new ShardStore(memoryStore());
		const fetch = async () => Promise.reject(new TypeError('Failed to fetch'));
		const network = { ...calmNetwork, timer: immediately, online: () => false, fetch };
		await expect(readSite(store, digits, 'train', options({ network }))).rejects.toMatchObject({
			code: 'DATASET_OFFLINE',
		});
		const signal = AbortSignal.abort();
		await expect(readSite(store, digits, 'train', options({ signal }))).rejects.toMatchObject({
			name: 'AbortError',
		});
	});
});
