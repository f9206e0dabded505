/** The answers of the worker that loads datasets, apart from it so that Node can test them. */
import { epochOrder } from './order';
import type { Handlers } from '../worker/rpc';
import type { Library, LoadProgress, Origin } from './library';
import {
	libraryParams,
	type LibraryRequests,
	type Preview,
	type StoredSplit,
} from './library-protocol';
import { bytesIn, samplesIn, type SplitRecord } from './record';
import type { Split } from './dataset';

/** ms between two messages of progress: more often than anyone can read */
const BETWEEN = 60;

/** Lets the first and then one message per `BETWEEN` ms through, and the last of each step. */
function throttled(send: (event: LoadProgress) => void, now: () => number) {
	let last = -Infinity;
	let step = '';
	return (event: LoadProgress) => {
		const name = `${event.step} ${event.split}`;
		const isLast = event.bytes >= event.totalBytes && event.samples >= event.totalSamples;
		if (name === step && !isLast && now() - last < BETWEEN) return;
		[last, step] = [now(), name];
		send(event);
	};
}

function storedSplit(record: SplitRecord): StoredSplit {
	const { dataset, split, expected, complete, source, shards, classes } = record;
	return {
		dataset,
		split,
		samples: samplesIn(record),
		expected,
		bytes: bytesIn(record),
		shards: shards.length,
		complete,
		source: { kind: source.kind, names: source.names },
		classes,
	};
}

/** Pictures of shards as they lie there, drawn without repetition. */
async function preview(
	library: Library,
	record: SplitRecord,
	count: number,
	seed: number,
): Promise<Preview> {
	const counts = record.shards.map(({ samples }) => samples);
	const order = epochOrder({ counts, window: counts.length, shuffle: true, seed, epoch: 0 });
	const pictures: Preview['pictures'][number][] = [];
	for (const index of order.samples.subarray(0, count)) {
		let own = index;
		let shard = 0;
		while (own >= (counts[shard] ?? Infinity)) own -= counts[shard++] ?? 0;
		const read = await library.read(record, shard);
		const { pixels, height, width } = read.picture(own);
		// A copy: the whole shard would travel with the view.
		pictures.push({ pixels: pixels.slice(), height, width, label: read.labels[own] ?? 0, index });
	}
	return { pictures, channels: record.channels };
}

/** Settings of `libraryHandlers`. */
export interface EngineEffects {
	readonly library: Promise<Library>;
	/** ms */
	readonly now: () => number;
}

/** One answer per kind of request; all wait for the library to be open. */
export function libraryHandlers({ library, now }: EngineEffects): Handlers<LibraryRequests> {
	const wholeSplits = async (dataset: string) =>
		(await (await library).list()).filter((one) => one.dataset === dataset && one.complete);
	return {
		list: {
			params: libraryParams.list,
			run: async () => {
				const open = await library;
				const downloads = [...(await open.downloads())].map(([url, bytes]) => ({ url, bytes }));
				const splits = (await open.list()).map(storedSplit);
				return {
					splits,
					downloads,
					...(await open.estimate()),
					persistent: open.shards.persistent,
				};
			},
		},
		load: {
			params: libraryParams.load,
			run: async ({ dataset, origin, files }, { signal, progress }) => {
				const from: Origin = origin === 'files' ? { kind: 'files', files } : { kind: origin };
				const onProgress = throttled(progress, now);
				await (await library).load(dataset, from, { signal, onProgress });
				return null;
			},
		},
		discard: {
			params: libraryParams.discard,
			run: async ({ dataset }) => (await (await library).discard(dataset), null),
		},
		remove: {
			params: libraryParams.remove,
			run: async ({ dataset }) => (await (await library).remove(dataset), null),
		},
		verify: {
			params: libraryParams.verify,
			run: async ({ dataset }, { progress }) => {
				const records = await wholeSplits(dataset);
				const total = records.reduce((sum, { shards }) => sum + shards.length, 0);
				let [before, broken] = [0, 0];
				for (const record of records) {
					const bad = await (
						await library
					).shards.verify(record, (done) =>
						progress({ step: 'verify', done: before + done, total }),
					);
					before += record.shards.length;
					broken += bad.length;
				}
				return { shards: total, broken };
			},
		},
		preview: {
			params: libraryParams.preview,
			run: async ({ dataset, split, count, seed }) => {
				const record = (await wholeSplits(dataset)).find(isSplit(split));
				if (!record) return { pictures: [], channels: 1 };
				return preview(await library, record, count, seed);
			},
		},
	};
}

const isSplit = (split: Split) => (record: SplitRecord) => record.split === split;
