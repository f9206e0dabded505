/**
 * Measures the path of the data in a browser, for `npm run bench:pipeline`: shards against one record
 * per picture in the same IndexedDB, batches of a loader in its worker, and how long a consumer waits
 * for them. No page of the site imports it.
 */
import { deleteDB, openDB } from 'idb';
import type { DatasetSpec } from '../datasets/dataset';
import { ingest } from '../datasets/ingest';
import { openLoaderInWorker } from '../datasets/loader-client';
import { startLoaderWorker } from '../datasets/loader-start';
import { openLibrary } from '../datasets/open-library';
import { bytesIn } from '../datasets/record';
import { datasetNamed } from '../datasets/registry';
import type { Samples } from '../datasets/shard';
import { spawn } from '../worker/spawn';
import type { TrialsFigures } from './trials-worker';
import trialsUrl from './trials-worker.ts?worker&url';

const PICTURE = 32 * 32 * 3;
const RECORDS = 'lemur-bench-records';

/** What was measured; MB are 10^6 bytes. */
export interface PipelineFigures {
	/** MB of pictures and labels in shards */
	readonly megabytes: number;
	readonly shards: number;
	readonly writeShards: number;
	/** with every checksum looked at, as in the first epoch of a session */
	readonly readShardsFirst: number;
	/** as in later epochs */
	readonly readShards: number;
	readonly writeRecords: number;
	/** all records of a batch of 64 in one transaction, in random order: the best of that layout */
	readonly readRecords: number;
	/** by transform: pictures per second from the worker, and MB/s of finished batches */
	readonly batches: readonly {
		readonly transform: string;
		readonly pictures: number;
		readonly megabytes: number;
	}[];
	/** share of the time that a consumer waits, for steps of so many ms */
	readonly waits: readonly {
		readonly transform: string;
		readonly step: number;
		readonly share: number;
	}[];
}

/** Made pictures that do not compress to nothing. */
function* made(count: number, from: number): Generator<Samples> {
	const piece = 1000;
	for (let at = from; at < count; at += piece) {
		const n = Math.min(piece, count - at);
		const pixels = new Uint8Array(n * PICTURE);
		for (let i = 0; i < pixels.length; i++) pixels[i] = Math.imul(i + at, 2654435761) >>> 24;
		const labels = Array.from({ length: n }, (_, i) => (at + i) % 10);
		yield { pixels, labels, height: 32, width: 32, channels: 3 };
	}
}

const rate = (bytes: number, since: number) => bytes / 1e3 / (performance.now() - since);

/** Stores pictures under CIFAR-10's name, and reads them twice. */
async function measureShards(siteRoot: string, spec: DatasetSpec, count: number) {
	const library = await openLibrary(siteRoot);
	const stream = {
		split: 'train' as const,
		names: ['made'],
		expected: count,
		size: [32, 32] as const,
		async *samples(from: number) {
			yield* made(count, from);
		},
	};
	let begun = performance.now();
	const record = await ingest(library.shards, spec, stream, {
		source: { kind: 'files', names: ['made'], identity: 'bench' },
		newGeneration: () => crypto.randomUUID(),
		signal: new AbortController().signal,
		onSamples: () => undefined,
	});
	const bytes = bytesIn(record);
	const writeShards = rate(bytes, begun);
	const pass = async () => {
		begun = performance.now();
		for (const index of record.shards.keys()) await again.read(record, index);
		return rate(bytes, begun);
	};
	const again = await openLibrary(siteRoot);
	const [readShardsFirst, readShards] = [await pass(), await pass()];
	const { length: shards } = record.shards;
	return { megabytes: bytes / 1e6, shards, writeShards, readShardsFirst, readShards };
}

/** The layout that is usual elsewhere: one record per picture. */
async function measureRecords(count: number) {
	await deleteDB(RECORDS);
	const database = await openDB(RECORDS, 1, {
		upgrade: (db) => void db.createObjectStore('pictures'),
	});
	let begun = performance.now();
	let written = 0;
	for (const { pixels, labels } of made(count, 0)) {
		const tx = database.transaction('pictures', 'readwrite', { durability: 'relaxed' });
		for (let i = 0; i < labels.length; i++)
			void tx.store.put(pixels.slice(i * PICTURE, (i + 1) * PICTURE), written++);
		await tx.done;
	}
	const writeRecords = rate(count * PICTURE, begun);
	begun = performance.now();
	let read = 0;
	for (let batch = 0; batch < count / 64; batch++) {
		const tx = database.transaction('pictures', 'readonly');
		const keys = Array.from({ length: 64 }, (_, i) => ((batch * 64 + i) * 7919) % count);
		const pictures: unknown[] = await Promise.all(keys.map((key) => tx.store.get(key)));
		for (const one of pictures) if (one instanceof Uint8Array) read += one.length;
	}
	const readRecords = rate(read, begun);
	database.close();
	await deleteDB(RECORDS);
	return { writeRecords, readRecords };
}

const BATCH = 64;
/** batches that a consumer takes while its waiting is measured */
const WAITS = 40;

function openBatches(siteRoot: string, transform: string, resizeOnDevice = false) {
	const options = { dataset: 'cifar-10', split: 'train' as const, transform, resizeOnDevice };
	return openLoaderInWorker(
		{ ...options, batchSize: BATCH, shuffle: true, seed: 1 },
		{ start: startLoaderWorker, siteRoot },
	);
}

/** As fast as the worker gives them, without the first: it waits for the shards. */
async function measureBatches(siteRoot: string, transform: string, batches: number) {
	const loader = await openBatches(siteRoot, transform);
	let [begun, pictures, bytes] = [0, 0, 0];
	for await (const { pixels, indices } of loader.epoch(1)) {
		if (begun === 0) begun = performance.now();
		else [pictures, bytes] = [pictures + indices.length, bytes + pixels.length];
		if (pictures >= batches * BATCH) break;
	}
	const seconds = (performance.now() - begun) / 1000;
	loader.close();
	return { transform, pictures: pictures / seconds, megabytes: bytes / 1e6 / seconds };
}

/** A consumer that is busy for `step` ms with each batch, as a device is. */
async function measureWait(siteRoot: string, transform: string, step: number, onDevice: boolean) {
	const loader = await openBatches(siteRoot, transform, onDevice);
	const iterator = loader.epoch(1)[Symbol.asyncIterator]();
	await iterator.next();
	let [waited, used] = [0, 0];
	for (let i = 0; i < WAITS; i++) {
		const asked = performance.now();
		await iterator.next();
		const got = performance.now();
		await new Promise((resolve) => setTimeout(resolve, step));
		waited += got - asked;
		used += performance.now() - got;
	}
	loader.close();
	const name = onDevice ? `${transform}, enlarged on the device` : transform;
	return { transform: name, step, share: waited / (waited + used) };
}

/**
 * @param siteRoot absolute URL of the site's root, with its last slash
 * @param pictures of 32 × 32 × 3 in shards; a fifth of it as records
 */
export async function measurePipeline(
	siteRoot: string,
	pictures: number,
): Promise<PipelineFigures> {
	const spec = datasetNamed('cifar-10');
	const shards = await measureShards(siteRoot, spec, pictures);
	const records = await measureRecords(Math.floor(pictures / 5));
	const batches: PipelineFigures['batches'][number][] = [];
	for (const [transform, count] of [
		['norm', 400],
		['norm_flip', 400],
		['norm_64', 100],
		['norm_256_flip', 20],
	] as const)
		batches.push(await measureBatches(siteRoot, transform, count));
	const waits: PipelineFigures['waits'][number][] = [];
	for (const [transform, step] of [
		['norm_flip', 5],
		['norm_flip', 20],
		['norm_64_flip', 20],
		['norm_256_flip', 200],
	] as const)
		waits.push(await measureWait(siteRoot, transform, step, false));
	waits.push(await measureWait(siteRoot, 'norm_256_flip', 20, true));
	return { ...shards, ...records, batches, waits };
}

/** Checkpoints and trial after trial, in a worker. @throws Error with the worker's words */
export function measureTrials(siteRoot: string): Promise<TrialsFigures> {
	const worker = spawn(trialsUrl);
	return new Promise<TrialsFigures>((resolve, reject) => {
		worker.onDead(reject);
		worker.addEventListener('message', ({ data }) => {
			// It is of the same build, and answers once.
			if (typeof data === 'string') reject(new Error(data));
			else resolve(data as TrialsFigures);
		});
		worker.postMessage(siteRoot, []);
	}).finally(() => worker.terminate());
}
