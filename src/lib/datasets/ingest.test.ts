import { describe, expect, it } from 'vitest';
import { createFaultStore } from '../store/fault-store';
import { createMemoryStore, type MemoryRecords } from '../store/memory';
import type { SampleStream } from './decode/stream';
import { imagenette } from './imagenette';
import { ingest, type IngestOptions } from './ingest';
import { mnist } from './mnist';
import { samplesIn } from './record';
import { SHARD_BYTES } from './shard';
import { dataHash, DATASET_COLLECTIONS, ShardStore } from './shard-store';
import { madeStream } from './testing';

const SAMPLES = 25_000; // three shards of 28 × 28
const stream = madeStream({ samples: SAMPLES, piece: 997 });

function place() {
	const records: MemoryRecords = new Map();
	return () => createMemoryStore({ name: 't', collections: DATASET_COLLECTIONS, records });
}

let generations = 0;
function options(change: Partial<IngestOptions> = {}): IngestOptions {
	return {
		source: { kind: 'files', names: ['made'], identity: 'made:1' },
		newGeneration: () => `g${generations++}`,
		signal: new AbortController().signal,
		onSamples: () => undefined,
		...change,
	};
}

describe('ingest()', () => {
	it('stores all samples in order, in shards of the right size, with progress', async () => {
		const store = new ShardStore(place()());
		const seen: number[] = [];
		const record = await ingest(store, mnist, stream, options({ onSamples: (n) => seen.push(n) }));
		expect(record.shards).toHaveLength(3);
		expect(record.classes).toStrictEqual(new Array(10).fill(SAMPLES / 10));
		for (const { bytes } of record.shards.slice(0, -1)) {
			expect(bytes).toBeLessThanOrEqual(SHARD_BYTES);
			expect(bytes).toBeGreaterThan(SHARD_BYTES - 800);
		}
		expect(seen).toStrictEqual([...seen].sort((a, b) => a - b));
		expect(seen.at(-1)).toBe(SAMPLES);
		const first = record.shards[0]?.samples ?? 0;
		const second = await store.read(record, 1);
		expect(second.picture(0).pixels[0]).toBe(first % 251);
		expect(second.labels[0]).toBe(first % 10);
	});

	it('goes on where it was stopped, to the same bytes', async () => {
		const whole = await ingest(new ShardStore(place()()), mnist, stream, options());
		const open = place();
		const controller = new AbortController();
		const stopped = ingest(
			new ShardStore(open()),
			mnist,
			stream,
			options({
				signal: controller.signal,
				onSamples: (done) => done > 0 && controller.abort(),
			}),
		);
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		const store = new ShardStore(open());
		const begun = await store.find('mnist', 'train', false);
		expect(begun?.shards).toHaveLength(1);
		const asked: number[] = [];
		const spied: SampleStream = {
			...stream,
			samples: (from) => (asked.push(from), stream.samples(from)),
		};
		const record = await ingest(store, mnist, spied, options());
		expect(asked).toStrictEqual([begun ? samplesIn(begun) : -1]);
		expect(record.generation).toBe(begun?.generation);
		expect(await dataHash(record)).toBe(await dataHash(whole));
	});

	it('begins anew when the files are others', async () => {
		const open = place();
		const controller = new AbortController();
		const first = options({
			signal: controller.signal,
			onSamples: (n) => n > 0 && controller.abort(),
		});
		await ingest(new ShardStore(open()), mnist, stream, first).catch(() => undefined);
		const source = { kind: 'files' as const, names: ['other'], identity: 'other:2' };
		const other = madeStream({ samples: 50 });
		const record = await ingest(new ShardStore(open()), mnist, other, options({ source }));
		expect(samplesIn(record)).toBe(50);
	});

	it('says that there is no room, keeps what it has, and goes on when there is', async () => {
		const small = madeStream({ samples: 100, size: [4, 4], piece: 7 });
		const shardBytes = 500; // 26 samples
		for (let at = 1; ; at++) {
			const open = place();
			const faulty = createFaultStore(open(), { kind: 'quota', at, sticky: true });
			const work = ingest(new ShardStore(faulty), mnist, small, options({ shardBytes }));
			const error: unknown = await work.then(
				() => undefined,
				(thrown: unknown) => thrown,
			);
			const store = new ShardStore(open());
			const begun = await store.find('mnist', 'train', false);
			if (begun) expect(await store.verify(begun, () => undefined)).toStrictEqual([]);
			if (begun && begun.shards.length > 0) {
				expect(error).toMatchObject({ code: 'DATASET_QUOTA' });
				expect(String(error)).toContain('of 100 train samples are stored and stay');
			}
			const record = await ingest(store, mnist, small, options({ shardBytes }));
			expect(samplesIn(record)).toBe(100);
			if (!error) {
				expect(at).toBeGreaterThan(20);
				break;
			}
		}
	});

	it('refuses a label that is none, and a stream that ends early', async () => {
		const store = () => new ShardStore(place()());
		const labels = madeStream({ samples: 30, classes: 11 });
		await expect(ingest(store(), mnist, labels, options())).rejects.toThrow(
			'made: sample 10 has the label 10, outside of 0 to 9',
		);
		const short = { ...madeStream({ samples: 30 }), expected: 31 };
		await expect(ingest(store(), mnist, short, options())).rejects.toThrow(
			'it gave 30 samples where it promised 31',
		);
	});

	it('keeps pictures of different sizes together in order', async () => {
		const sizes = [
			[160, 200],
			[213, 160],
			[90, 40],
		] as const;
		const mixed: SampleStream = {
			split: 'train',
			names: ['mixed'],
			expected: 300,
			size: null,
			async *samples(from) {
				for (let i = from; i < 300; i++) {
					const [height, width] = sizes[i % 3] ?? [1, 1];
					const pixels = new Uint8Array(height * width * 3).fill(i % 256);
					yield { pixels, labels: [i % 10], height, width, channels: 3 };
				}
			},
		};
		const store = new ShardStore(place()());
		const record = await ingest(store, imagenette, mixed, options());
		expect(record.shards.length).toBeGreaterThan(1);
		let i = 0;
		for (const index of record.shards.keys()) {
			const shard = await store.read(record, index);
			for (let own = 0; own < shard.samples; own++, i++) {
				const { pixels, height, width } = shard.picture(own);
				expect([height, width, pixels[0], pixels.at(-1)]).toStrictEqual([
					...(sizes[i % 3] ?? []),
					i % 256,
					i % 256,
				]);
			}
		}
		expect(i).toBe(300);
	});
});
