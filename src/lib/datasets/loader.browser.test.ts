/** Loaders in real workers over the browser's IndexedDB, from a page and from another worker. */
import { deleteDB } from 'idb';
import { afterAll, describe, expect, it } from 'vitest';
import { spawn } from '../worker/spawn';
import { openLoader, type LoaderOptions, type RawBatch } from './loader';
import { openLoaderInWorker } from './loader-client';
import { startLoaderWorker } from './loader-start';
import nestedUrl from './nested.worker.ts?worker&url';
import { openLibrary } from './open-library';

const siteRoot = `${location.origin}/`;
const OPTIONS: LoaderOptions = {
	dataset: 'digits',
	split: 'train',
	transform: 'echo_32_flip',
	batchSize: 128,
	shuffle: true,
	seed: 9,
};

afterAll(() => deleteDB('lemur::datasets:v1'));

async function all(batches: AsyncIterable<RawBatch>): Promise<RawBatch[]> {
	const list: RawBatch[] = [];
	for await (const batch of batches) list.push(batch);
	return list;
}

describe('openLoaderInWorker() in a browser', () => {
	it('fills the device from the site and gives what a loader in the page gives', async () => {
		const loader = await openLoaderInWorker(OPTIONS, { start: startLoaderWorker, siteRoot });
		const there = await all(loader.epoch(1));
		loader.close();
		const library = await openLibrary(siteRoot);
		expect(library.shards.persistent).toBe(true);
		expect((await library.list()).map(({ split }) => split)).toStrictEqual(['test', 'train']);
		const here = await all((await openLoader(OPTIONS, { library })).epoch(1));
		expect(there).toHaveLength(12);
		there.forEach((batch, i) => {
			expect(batch.shape).toStrictEqual(here[i]?.shape);
			expect(batch.indices).toStrictEqual(here[i]?.indices);
			expect(batch.pixels.every((one, at) => one === here[i]?.pixels[at])).toBe(true);
		});
	});

	it('can be opened from a worker', async () => {
		const worker = spawn(nestedUrl);
		const answer = new Promise<unknown>((resolve) =>
			worker.addEventListener('message', ({ data }) => resolve(data)),
		);
		worker.postMessage(siteRoot, []);
		expect(await answer).toBe('100×32×32×1 100×32×32×1 100×32×32×1 60×32×32×1');
		worker.terminate();
	});
});
