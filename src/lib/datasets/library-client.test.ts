import { describe, expect, it } from 'vitest';
import { serve } from '../worker/rpc';
import { FakeWorker } from '../worker/testing';
import { cifarFile, file } from './decode/testing';
import { createLibraryClient } from './library-client';
import { libraryHandlers } from './library-engine';
import type { LibraryEvent, LibraryRequests } from './library-protocol';
import { testLibrary } from './testing';

function setUp() {
	const library = testLibrary();
	const workers: FakeWorker[] = [];
	const client = createLibraryClient(() => {
		const worker = new FakeWorker((scope) => {
			const effects = { library: Promise.resolve(library), now: () => performance.now() };
			serve<LibraryRequests>(scope, libraryHandlers(effects));
		});
		workers.push(worker);
		return worker;
	});
	return { client, library, workers };
}

const cifar = (...labels: number[]) => ({
	dataset: 'cifar-10',
	origin: 'files' as const,
	files: [file('data_batch_1.bin', cifarFile(labels))],
});

describe('the worker that loads datasets', () => {
	it('loads, lists, shows, verifies and frees', async () => {
		const { client } = setUp();
		const events: LibraryEvent[] = [];
		const onProgress = (event: LibraryEvent) => events.push(event);
		await client.call('load', { dataset: 'digits', origin: 'site', files: [] }, { onProgress });
		expect(events.at(-1)).toMatchObject({ step: 'fetch', split: 'test', samples: 360 });
		await client.call('load', cifar(4, 9), { onProgress });
		const { splits, persistent } = await client.call('list', {});
		expect(persistent).toBe(false);
		expect(splits.map((one) => [one.dataset, one.split, one.samples])).toStrictEqual([
			['cifar-10', 'train', 2],
			['digits', 'test', 360],
			['digits', 'train', 1437],
		]);
		const asked = { dataset: 'digits', split: 'test' as const, count: 12, seed: 1 };
		const { pictures, channels } = await client.call('preview', asked);
		expect([pictures.length, channels]).toStrictEqual([12, 1]);
		expect(new Set(pictures.map(({ index }) => index)).size).toBe(12);
		for (const { pixels, label } of pictures) {
			expect(pixels).toHaveLength(64);
			expect(label).toBeLessThan(10);
		}
		expect(await client.call('verify', { dataset: 'digits' }, { onProgress })).toStrictEqual({
			shards: 2,
			broken: 0,
		});
		expect(events.at(-1)).toStrictEqual({ step: 'verify', done: 2, total: 2 });
		await client.call('remove', { dataset: 'digits' });
		expect((await client.call('list', {})).splits).toHaveLength(1);
		client.close();
	});

	it('passes on failures with their words', async () => {
		const { client } = setUp();
		const bad = { ...cifar(), files: [file('data_batch_1.bin', new Uint8Array(5))] };
		await expect(client.call('load', bad)).rejects.toMatchObject({ code: 'DATASET_FILE' });
		const none = { dataset: 'cifar-10', split: 'train' as const, count: 3, seed: 1 };
		expect((await client.call('preview', none)).pictures).toStrictEqual([]);
		client.close();
	});

	it('starts another worker after one died, with everything stored still there', async () => {
		const { client, workers } = setUp();
		await client.call('load', cifar(1));
		const waiting = client.call('list', {});
		workers[0]?.die();
		await expect(waiting).rejects.toMatchObject({ code: 'WORKER_DIED' });
		expect((await client.call('list', {})).splits).toHaveLength(1);
		expect(workers).toHaveLength(2);
		client.close();
		expect(workers[1]?.terminated).toBe(true);
	});

	it('stops when it is told to, and keeps what it has', async () => {
		const { client } = setUp();
		await client.call('load', cifar(1, 2));
		const controller = new AbortController();
		controller.abort();
		await expect(
			client.call('load', cifar(3), { signal: controller.signal }),
		).rejects.toMatchObject({ name: 'AbortError' });
		const { splits } = await client.call('list', {});
		expect(splits.map(({ samples }) => samples)).toStrictEqual([2]);
		client.close();
	});
});
