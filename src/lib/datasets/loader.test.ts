import { describe, expect, it } from 'vitest';
import { resize } from '../transforms/resample';
import { createMemoryStore, type MemoryRecords } from '../store/memory';
import { cifarFile, file } from './decode/testing';
import { ingest } from './ingest';
import { openLoader, type LoaderOptions, type RawBatch } from './loader';
import { mnist } from './mnist';
import { DATASET_COLLECTIONS } from './shard-store';
import { madeStream, testLibrary } from './testing';

const OPTIONS: LoaderOptions = {
	dataset: 'digits',
	split: 'train',
	transform: 'norm',
	batchSize: 64,
	shuffle: true,
	seed: 3,
};

async function all(batches: AsyncIterable<RawBatch>): Promise<RawBatch[]> {
	const list: RawBatch[] = [];
	for await (const batch of batches) list.push(batch);
	return list;
}

const indicesOf = (batches: readonly RawBatch[]) => batches.flatMap(({ indices }) => [...indices]);

/** A library with `samples` made samples of MNIST in shards of about 26. */
async function madeLibrary(samples: number) {
	const library = testLibrary();
	await ingest(library.shards, mnist, madeStream({ samples, size: [4, 4] }), {
		source: { kind: 'files', names: ['made'], identity: 'made' },
		newGeneration: () => 'g',
		signal: new AbortController().signal,
		onSamples: () => undefined,
		shardBytes: 500,
	});
	return library;
}

describe('openLoader()', () => {
	it('gives every sample once per epoch, with its label, and says what comes', async () => {
		const loader = await openLoader(OPTIONS, { library: testLibrary() });
		expect(loader).toMatchObject({ samples: 1437, batchSize: 64, batches: 23, shape: [8, 8, 1] });
		const batches = await all(loader.epoch(1));
		expect(batches).toHaveLength(23);
		expect(batches.at(-1)?.shape).toStrictEqual([29, 8, 8, 1]);
		expect(indicesOf(batches).sort((a, b) => a - b)).toStrictEqual([...Array(1437).keys()]);
		expect(batches[0]?.normalise).toStrictEqual({ mean: [0.3062], std: [0.3764] });
		const plain = await openLoader({ ...OPTIONS, shuffle: false }, { library: testLibrary() });
		const [labels, shown] = [new Map<number, number>(), await all(plain.epoch(1))];
		for (const { indices, targets } of shown)
			indices.forEach((sample, i) => labels.set(sample, targets[i] ?? -1));
		for (const { indices, targets } of batches)
			indices.forEach((sample, i) => expect(targets[i]).toBe(labels.get(sample)));
	});

	it('goes on in the middle of an epoch with the same batches', async () => {
		const library = testLibrary();
		const options = { ...OPTIONS, transform: 'echo_flip', limit: 100, batchSize: 8 };
		const whole = await all((await openLoader(options, { library })).epoch(4));
		for (const from of [1, 7, 12, 13])
			expect(await all((await openLoader(options, { library })).epoch(4, from))).toStrictEqual(
				whole.slice(from),
			);
	});

	it('gives the same for the same seed and epoch, and another order otherwise', async () => {
		const library = testLibrary();
		const order = async (change: object, epoch = 1) =>
			indicesOf(await all((await openLoader({ ...OPTIONS, ...change }, { library })).epoch(epoch)));
		expect(await order({})).toStrictEqual(await order({}));
		expect(await order({})).not.toStrictEqual(await order({ seed: 4 }));
		expect(await order({})).not.toStrictEqual(await order({}, 2));
		expect(await order({ shuffle: false })).toStrictEqual([...Array(1437).keys()]);
	});

	it('takes only the first samples when it is told so', async () => {
		const library = await madeLibrary(200);
		const options = { ...OPTIONS, dataset: 'mnist', limit: 60, batchSize: 16 };
		const loader = await openLoader(options, { library });
		expect([loader.samples, loader.batches]).toStrictEqual([60, 4]);
		const batches = await all(loader.epoch(1));
		expect(indicesOf(batches).sort((a, b) => a - b)).toStrictEqual([...Array(60).keys()]);
		for (const { indices, pixels } of batches)
			indices.forEach((sample, i) => expect(pixels[i * 16]).toBe(sample % 251));
	});

	it('holds no more shards than memory allows, and shuffles among those', async () => {
		const library = await madeLibrary(600);
		let reads = 0;
		const read = library.read.bind(library);
		library.read = (record, index) => (reads++, read(record, index));
		const options = { ...OPTIONS, dataset: 'mnist', batchSize: 10 };
		const loader = await openLoader(options, { library, memory: 2_000 });
		const batches = await all(loader.epoch(1));
		expect(indicesOf(batches).sort((a, b) => a - b)).toStrictEqual([...Array(600).keys()]);
		expect(reads).toBe(24); // each shard once
		for (const { indices, pixels, targets } of batches)
			indices.forEach((sample, i) =>
				expect([pixels[i * 16], targets[i]]).toStrictEqual([sample % 251, sample % 10]),
			);
		expect(await all(loader.epoch(1, 20))).toStrictEqual(batches.slice(20));
	});

	it('flips by sample and epoch, whatever the batch', async () => {
		const library = testLibrary();
		const options = { ...OPTIONS, transform: 'norm_flip', shuffle: false };
		const pixels = async (batchSize: number, epoch: number) => {
			const loader = await openLoader({ ...options, batchSize }, { library });
			return (await all(loader.epoch(epoch))).flatMap((batch) => [...batch.pixels]);
		};
		expect(await pixels(100, 2)).toStrictEqual(await pixels(7, 2));
		expect(await pixels(100, 2)).not.toStrictEqual(await pixels(100, 3));
	});

	it('has one hash for the same data, and refuses what does not fit', async () => {
		const library = testLibrary();
		const loader = await openLoader(OPTIONS, { library });
		expect(loader.dataHash).toMatch(/^[0-9a-f]{64}$/);
		expect((await openLoader(OPTIONS, { library: testLibrary() })).dataHash).toBe(loader.dataHash);
		const bad = (change: object) => openLoader({ ...OPTIONS, ...change }, { library });
		await expect(bad({ transform: 'norm_33' })).rejects.toMatchObject({
			code: 'TRANSFORM_UNKNOWN',
		});
		await expect(bad({ dataset: 'cifar-10' })).rejects.toMatchObject({ code: 'DATASET_ABSENT' });
		await expect(bad({ batchSize: 0 })).rejects.toBeInstanceOf(RangeError);
		await expect(bad({ limit: 1.5 })).rejects.toBeInstanceOf(RangeError);
		const larger = await bad({ batchSize: 4096 });
		expect(larger.batches).toBe(1);
	});

	it('leaves what enlarges to the device, when it is told so', async () => {
		const library = testLibrary();
		const options = { ...OPTIONS, transform: 'norm_64_flip', batchSize: 20, limit: 20 };
		const [whole] = await all((await openLoader(options, { library })).epoch(3));
		const small = await openLoader({ ...options, resizeOnDevice: true }, { library });
		expect(small.shape).toStrictEqual([64, 64, 1]);
		const [batch] = await all(small.epoch(3));
		if (!whole || !batch) throw new Error('no batch');
		expect([batch.shape, batch.resize]).toStrictEqual([
			[20, 8, 8, 1],
			[64, 64],
		]);
		expect(whole.resize).toBeUndefined();
		const enlarged = Array.from({ length: 20 }, (_, i) => {
			const pixels = batch.pixels.subarray(i * 64, (i + 1) * 64);
			return [...resize({ pixels, height: 8, width: 8, channels: 1 }, 64, 64).pixels];
		});
		expect(Buffer.compare(Uint8Array.from(enlarged.flat()), whole.pixels)).toBe(0);
		const kept = await openLoader(
			{ ...options, transform: 'norm', resizeOnDevice: true },
			{ library },
		);
		expect((await all(kept.epoch(1)))[0]?.resize).toBeUndefined();
	});

	it('gives no batch of a damaged shard', async () => {
		const records: MemoryRecords = new Map();
		const open = () => createMemoryStore({ name: 't', collections: DATASET_COLLECTIONS, records });
		await testLibrary({ store: open() }).split('digits', 'test', new AbortController().signal);
		const shards = records.get('shards');
		const [key = '', blob] = [...(shards ?? [])].find(([name]) => name.includes('/test/')) ?? [];
		const bytes = new Uint8Array(blob instanceof Blob ? await blob.arrayBuffer() : []);
		for (let bit = 3; bit < bytes.length * 8; bit += 1999) {
			const flipped = bytes.slice();
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			shards?.set(key, new Blob([flipped]));
			const library = testLibrary({ store: open() });
			const loader = await openLoader({ ...OPTIONS, split: 'test' }, { library });
			await expect(all(loader.epoch(1))).rejects.toMatchObject({ code: 'DATASET_DAMAGED' });
		}
	});

	it('yields colour as H,W,C', async () => {
		const library = testLibrary();
		const files = [file('data_batch_1.bin', cifarFile([0, 5]))];
		const signal = new AbortController().signal;
		await library.load('cifar-10', { kind: 'files', files }, { signal });
		const options = { ...OPTIONS, dataset: 'cifar-10', shuffle: false, transform: 'complex' };
		const [batch] = await all((await openLoader(options, { library })).epoch(1));
		expect(batch).toMatchObject({ shape: [2, 32, 32, 3], complex: true, normalise: null });
		expect([...(batch?.pixels.subarray(3072, 3075) ?? [])]).toStrictEqual([5, 5, 5]);
		expect([...(batch?.pixels.subarray(3, 6) ?? [])]).toStrictEqual([7, 7, 7]);
	});
});
