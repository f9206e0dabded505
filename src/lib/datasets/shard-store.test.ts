import { describe, expect, it } from 'vitest';
import { createFaultStore, type FaultKind } from '../store/fault-store';
import { createMemoryStore, type MemoryRecords } from '../store/memory';
import { samplesIn, type SplitRecord } from './record';
import { encodeShard } from './shard';
import { dataHash, DATASET_COLLECTIONS, ShardStore } from './shard-store';

const RECORD: SplitRecord = {
	dataset: 'mnist',
	split: 'train',
	generation: 'a',
	source: { kind: 'files', names: ['x'], identity: 'x:1' },
	size: [2, 2],
	channels: 1,
	expected: 6,
	shards: [],
	classes: [0, 0],
	complete: false,
};

const shardOf = (value: number) => ({
	bytes: encodeShard(
		[{ pixels: new Uint8Array(8).fill(value), labels: [0, 1], height: 2, width: 2, channels: 1 }],
		[2, 2],
	),
	samples: 2,
	classes: [1, 1],
});

const place = () => {
	const records: MemoryRecords = new Map();
	const open = () => createMemoryStore({ name: 't', collections: DATASET_COLLECTIONS, records });
	return { records, open };
};

/** A whole reading with shards of these values. */
async function fill(store: ShardStore, generation: string, values: readonly number[]) {
	let record = await store.begin({ ...RECORD, generation });
	for (const value of values) record = await store.append(record, shardOf(value));
	return store.finish(record);
}

const keysOf = (records: MemoryRecords) => [...(records.get('shards')?.keys() ?? [])];

describe('ShardStore', () => {
	it('gives back what was written, and counts it', async () => {
		const store = new ShardStore(place().open());
		const record = await fill(store, 'a', [7, 8]);
		expect(samplesIn(record)).toBe(4);
		expect(record.classes).toStrictEqual([2, 2]);
		expect((await store.read(record, 1)).picture(1).pixels).toStrictEqual(
			new Uint8Array(4).fill(8),
		);
		expect(await store.find('mnist', 'train')).toStrictEqual(record);
		expect(await store.find('mnist', 'test')).toBeUndefined();
		expect(await store.verify(record, () => undefined)).toStrictEqual([]);
	});

	it('replaces a split only when the new reading is whole, and frees the old one', async () => {
		const { records, open } = place();
		const store = new ShardStore(open());
		await fill(store, 'a', [1, 2, 3]);
		let next = await store.begin({ ...RECORD, generation: 'b' });
		next = await store.append(next, shardOf(9));
		expect((await store.find('mnist', 'train'))?.generation).toBe('a');
		expect(keysOf(records)).toHaveLength(4);
		const whole = await store.finish(next);
		expect(await store.find('mnist', 'train')).toStrictEqual(whole);
		expect(await store.find('mnist', 'train', false)).toBeUndefined();
		expect(keysOf(records)).toStrictEqual(['mnist/train/b/00000']);
		await store.remove('mnist', 'train', true);
		expect(keysOf(records)).toStrictEqual([]);
	});

	it('refuses to go on with a reading that another tab has taken over', async () => {
		const store = new ShardStore(place().open());
		const mine = await store.begin(RECORD);
		await store.begin({ ...RECORD, generation: 'theirs' });
		await expect(store.append(mine, shardOf(1))).rejects.toMatchObject({ code: 'DATASET_BUSY' });
		await expect(store.finish(mine)).rejects.toMatchObject({ code: 'DATASET_BUSY' });
	});

	it('notices every flipped bit, a cut and a missing shard', async () => {
		const { records, open } = place();
		const record = await fill(new ShardStore(open()), 'a', [5]);
		const good = shardOf(5).bytes;
		const shards = records.get('shards');
		const readBack = () => new ShardStore(open()).read(record, 0);
		for (let bit = 0; bit < good.length * 8; bit += 3) {
			const bad = good.slice();
			bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			shards?.set('mnist/train/a/00000', new Blob([bad]));
			await expect(readBack()).rejects.toMatchObject({ code: 'DATASET_DAMAGED' });
		}
		shards?.set('mnist/train/a/00000', new Blob([good.slice(1)]));
		await expect(readBack()).rejects.toMatchObject({ code: 'DATASET_DAMAGED' });
		shards?.delete('mnist/train/a/00000');
		await expect(readBack()).rejects.toThrow('Part 1 of 1');
		expect(await new ShardStore(open()).verify(record, () => undefined)).toStrictEqual([0]);
		shards?.set('mnist/train/a/00000', new Blob([good]));
		await expect(readBack()).resolves.toBeDefined();
	});

	it('checks a shard once per session, and again when asked to verify', async () => {
		const { records, open } = place();
		const store = new ShardStore(open());
		const record = await fill(store, 'a', [5]);
		await store.read(record, 0);
		const bad = shardOf(5).bytes;
		bad[bad.length - 1] = 6;
		records.get('shards')?.set('mnist/train/a/00000', new Blob([bad]));
		await expect(store.read(record, 0)).resolves.toBeDefined();
		expect(await store.verify(record, () => undefined)).toStrictEqual([0]);
	});

	it('has a whole split at every moment, whatever storage call fails', async () => {
		const kinds: readonly FaultKind[] = ['fail', 'abort', 'quota', 'crash'];
		for (const kind of kinds) {
			for (let at = 1; ; at++) {
				const { records, open } = place();
				await fill(new ShardStore(open()), 'old', [1, 2]);
				const faulty = createFaultStore(open(), { kind, at });
				const work = fill(new ShardStore(faulty), 'new', [3, 4]);
				const failed = await work.then(
					() => false,
					() => true,
				);
				const store = new ShardStore(open());
				const whole = await store.find('mnist', 'train');
				expect(['old', 'new']).toContain(whole?.generation);
				if (whole) expect(await store.verify(whole, () => undefined)).toStrictEqual([]);
				const begun = await store.find('mnist', 'train', false);
				if (begun) expect(await store.verify(begun, () => undefined)).toStrictEqual([]);
				const known = [whole, begun].flatMap((one) => one?.shards ?? []).length;
				expect(keysOf(records)).toHaveLength(known);
				if (faulty.points < at) {
					expect(failed).toBe(false);
					expect(at).toBeGreaterThan(15);
					break;
				}
				expect(failed).toBe(true);
			}
		}
	});
});

describe('dataHash()', () => {
	it('depends on the bytes and not on the reading', async () => {
		const hash = async (generation: string, values: readonly number[]) =>
			dataHash(await fill(new ShardStore(place().open()), generation, values));
		expect(await hash('a', [1, 2])).toBe(await hash('b', [1, 2]));
		expect(await hash('a', [1, 2])).not.toBe(await hash('a', [2, 1]));
	});
});
