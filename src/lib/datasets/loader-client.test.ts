import { describe, expect, it } from 'vitest';
import { serve } from '../worker/rpc';
import { FakeWorker } from '../worker/testing';
import { openLoader, type LoaderOptions, type RawBatch } from './loader';
import { openLoaderInWorker } from './loader-client';
import { loaderHandlers } from './loader-engine';
import type { LoaderRequests } from './loader-protocol';
import { SITE, testLibrary } from './testing';

const OPTIONS: LoaderOptions = {
	dataset: 'digits',
	split: 'test',
	transform: 'echo_flip',
	batchSize: 50,
	shuffle: true,
	seed: 3,
};

function fake() {
	const library = testLibrary();
	const worker = new FakeWorker((scope) => {
		serve<LoaderRequests>(
			scope,
			loaderHandlers(async () => library),
		);
	});
	return { worker, effects: { start: () => worker, siteRoot: SITE } };
}

async function all(batches: AsyncIterable<RawBatch>): Promise<RawBatch[]> {
	const list: RawBatch[] = [];
	for await (const batch of batches) list.push(batch);
	return list;
}

describe('openLoaderInWorker()', () => {
	it('gives what the loader itself gives, from any batch', async () => {
		const own = await openLoader(OPTIONS, { library: testLibrary() });
		const { effects, worker } = fake();
		const loader = await openLoaderInWorker(OPTIONS, effects);
		const { samples, batches, shape, dataHash, classes } = own;
		expect(loader).toMatchObject({ samples, batches, shape, dataHash, classes });
		expect(await all(loader.epoch(2))).toStrictEqual(await all(own.epoch(2)));
		expect(await all(loader.epoch(2, 5))).toStrictEqual(await all(own.epoch(2, 5)));
		loader.close();
		expect(worker.terminated).toBe(true);
	});

	it('runs two epochs beside each other, and one that is left early', async () => {
		const { effects } = fake();
		const loader = await openLoaderInWorker(OPTIONS, effects);
		for await (const batch of loader.epoch(1)) {
			expect(batch.shape[0]).toBe(50);
			break;
		}
		const [one, two] = await Promise.all([all(loader.epoch(1)), all(loader.epoch(2))]);
		expect(one.map(({ indices }) => indices.length)).toStrictEqual([
			50, 50, 50, 50, 50, 50, 50, 10,
		]);
		expect(two).not.toStrictEqual(one);
		loader.close();
	});

	it('passes on why it cannot be opened, and ends its worker', async () => {
		const { effects, worker } = fake();
		const work = openLoaderInWorker({ ...OPTIONS, transform: 'soft_pad' }, effects);
		await expect(work).rejects.toMatchObject({ code: 'TRANSFORM_UNKNOWN' });
		expect(worker.terminated).toBe(true);
	});

	it('rejects the batch that is waited for when the worker dies', async () => {
		const { effects, worker } = fake();
		const loader = await openLoaderInWorker(OPTIONS, effects);
		const batches = loader.epoch(1)[Symbol.asyncIterator]();
		await batches.next();
		worker.die();
		const rest = async () => {
			for (;;) if ((await batches.next()).done) return;
		};
		await expect(rest()).rejects.toMatchObject({ code: 'WORKER_DIED' });
	});
});
