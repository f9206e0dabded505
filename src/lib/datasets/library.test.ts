import { describe, expect, it } from 'vitest';
import { createFaultStore } from '../store/fault-store';
import { cifarFile, file, fixtures, bytesFrom } from './decode/testing';
import type { Library, LoadProgress } from './library';
import { samplesIn } from './record';
import { calmNetwork, fetchStatic, memoryStore, testLibrary } from './testing';

const signal = new AbortController().signal;
const files = (labels: readonly number[]) => ({
	kind: 'files' as const,
	files: [file('data_batch_1.bin', cifarFile(labels)), file('test_batch.bin', cifarFile([3]))],
});

describe('Library', () => {
	it('loads what the site ships when it is first asked for, and once', async () => {
		const fetched: string[] = [];
		const fetch = (url: string) => (fetched.push(url), fetchStatic(url));
		const library = testLibrary({ network: { ...calmNetwork, fetch } });
		const record = await library.split('digits', 'test', signal);
		expect(samplesIn(record)).toBe(360);
		const before = fetched.length;
		expect((await library.split('digits', 'train', signal)).complete).toBe(true);
		expect(fetched).toHaveLength(before);
	});

	it('loads nothing of other datasets by itself', async () => {
		const fetch = () => Promise.reject(new Error('nothing may be fetched'));
		const library = testLibrary({ network: { ...calmNetwork, fetch } });
		await expect(library.split('cifar-10', 'train', signal)).rejects.toThrow(
			'CIFAR-10 (train) is not on this device: load it on the page Datasets first.',
		);
		await expect(library.split('nowhere', 'train', signal)).rejects.toMatchObject({
			code: 'DATASET_UNKNOWN',
		});
	});

	it('reads files of the visitor, tells how far it is, replaces and frees', async () => {
		const library = testLibrary();
		const seen: LoadProgress[] = [];
		const onProgress = (one: LoadProgress) => seen.push(one);
		await library.load('cifar-10', files([1, 2]), { signal, onProgress });
		expect(seen.map(({ step }) => step)).toContain('unpack');
		expect(seen.at(-1)).toMatchObject({ step: 'store', split: 'test', samples: 1 });
		expect((await library.list()).map((one) => [one.split, samplesIn(one)])).toStrictEqual([
			['test', 1],
			['train', 2],
		]);
		await library.load('cifar-10', files([4, 5, 6]), { signal });
		expect(samplesIn(await library.split('cifar-10', 'train', signal))).toBe(3);
		await library.remove('cifar-10');
		expect(await library.list()).toStrictEqual([]);
	});

	it('keeps what it has when new files are bad', async () => {
		const library = testLibrary();
		await library.load('cifar-10', files([1, 2]), { signal });
		const bad = { kind: 'files' as const, files: [file('data_batch_1.bin', new Uint8Array(50))] };
		await expect(library.load('cifar-10', bad, { signal })).rejects.toMatchObject({
			code: 'DATASET_FILE',
		});
		await expect(library.load('cifar-10', files([11]), { signal })).rejects.toThrow('label 11');
		expect(samplesIn(await library.split('cifar-10', 'train', signal))).toBe(2);
	});

	it('reads a mirror and forgets the file', async () => {
		const store = memoryStore();
		const parquet = bytesFrom(fixtures.parquet);
		const fetch = async () => new Response(new Uint8Array(parquet));
		const library = testLibrary({ store, network: { ...calmNetwork, fetch } });
		// SVHN has no hashes; its pictures have the size of the made ones, its columns have not.
		const work = library.load('svhn', { kind: 'mirror' }, { signal });
		await expect(work).rejects.toThrow('no column “image”');
		await library.discard('svhn');
		expect(await store.scan('parts')).toStrictEqual([]);
	});

	it('does not begin a download that cannot fit', async () => {
		const store = memoryStore();
		store.estimate = async () => ({ usage: 900e6, quota: 1000e6 });
		const fetch = () => Promise.reject(new Error('nothing may be fetched'));
		const library = testLibrary({ store, network: { ...calmNetwork, fetch } });
		await expect(library.load('cifar-10', { kind: 'mirror' }, { signal })).rejects.toThrow(
			'CIFAR-10 needs 305 MB while it is loaded, and the browser gives this site 100 MB more.',
		);
	});

	it('says at every moment of a download that there is no room, and goes on from there', async () => {
		const image = bytesFrom(fixtures.parquet_image);
		const network = { ...calmNetwork, fetch: async () => new Response(new Uint8Array(image)) };
		for (let at = 1; ; at++) {
			const store = memoryStore();
			const faulty = createFaultStore(store, { kind: 'quota', at, sticky: true });
			const work = testLibrary({ store: faulty, network }).load(
				'svhn',
				{ kind: 'mirror' },
				{ signal },
			);
			const error: unknown = await work.then(
				() => undefined,
				(thrown: unknown) => thrown,
			);
			const library = testLibrary({ store, network });
			for (const record of await library.list())
				expect(await library.shards.verify(record, () => undefined)).toStrictEqual([]);
			await library.load('svhn', { kind: 'mirror' }, { signal });
			expect(await store.scan('parts')).toStrictEqual([]);
			expect(samplesIn(await library.split('svhn', 'train', signal))).toBe(5);
			if (!error) {
				expect(at).toBeGreaterThan(40);
				break;
			}
			expect(error).toMatchObject({ code: 'DATASET_QUOTA' });
		}
	});

	it('says that another tab is at it, unless it may wait', async () => {
		const alone = async () => undefined;
		const library: Library = testLibrary({ alone });
		await expect(library.load('digits', { kind: 'site' }, { signal })).rejects.toMatchObject({
			code: 'DATASET_BUSY',
		});
	});
});
