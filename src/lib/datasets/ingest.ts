/**
 * Reads a stream of samples into shards of the store: once, whole or to be gone on with. Stopping at
 * any moment, by the visitor or by a failure, loses at most the shard that was being filled; what was
 * there before stays until the new reading is complete.
 */
import { abortError } from '../worker/rpc-error';
import type { DatasetSpec } from './dataset';
import type { SampleStream } from './decode/stream';
import { badFile, datasetError } from './errors';
import { samplesIn, type SourceRecord, type SplitRecord } from './record';
import { encodeShard, SHARD_BYTES, samplesPerShard, type Samples } from './shard';
import { isQuota, type ShardStore } from './shard-store';

/** Settings of `ingest`. */
export interface IngestOptions {
	readonly source: SourceRecord;
	/** of the reading, unique on this device */
	readonly newGeneration: () => string;
	readonly signal: AbortSignal;
	/** samples stored so far, of how many */
	readonly onSamples: (done: number, total: number) => void;
	/** bytes of a shard; default SHARD_BYTES */
	readonly shardBytes?: number;
}

/** Collects samples until a shard is full. */
class Filler {
	readonly #spec: DatasetSpec;
	readonly #size: readonly [number, number] | null;
	readonly #limit: number;
	#parts: Samples[] = [];
	#samples = 0;
	#bytes = 0;

	constructor(spec: DatasetSpec, size: readonly [number, number] | null, limit = SHARD_BYTES) {
		this.#spec = spec;
		this.#size = size;
		this.#limit = limit;
	}

	/** @returns how many samples of this size still fit; at least one into an empty shard */
	room({ height, width, channels }: Samples): number {
		const each = height * width * channels;
		if (this.#size) return samplesPerShard(height, width, channels, this.#limit) - this.#samples;
		return Math.max(
			this.#samples === 0 ? 1 : 0,
			Math.floor((this.#limit - this.#bytes) / (each + 6)),
		);
	}

	add(samples: Samples): void {
		this.#parts.push(samples);
		this.#samples += samples.labels.length;
		this.#bytes += samples.pixels.length;
	}

	/** @returns the shard so far, and starts the next; undefined when there is nothing */
	take() {
		if (this.#samples === 0) return undefined;
		const classes = new Array<number>(this.#spec.classes.length).fill(0);
		for (const { labels } of this.#parts)
			for (let i = 0; i < labels.length; i++) {
				const label = labels[i] ?? 0;
				classes[label] = (classes[label] ?? 0) + 1;
			}
		const shard = { bytes: encodeShard(this.#parts, this.#size), samples: this.#samples, classes };
		this.#parts = [];
		this.#samples = 0;
		this.#bytes = 0;
		return shard;
	}
}

/** Samples [from, to) of a piece. */
function sliceOf(samples: Samples, from: number, to: number): Samples {
	const { labels, pixels, height, width, channels } = samples;
	const each = height * width * channels;
	return {
		...samples,
		labels: Array.from({ length: to - from }, (_, i) => labels[from + i] ?? 0),
		pixels: pixels.subarray(from * each, to * each),
	};
}

function check(samples: Samples, spec: DatasetSpec, name: string, before: number): void {
	const { labels } = samples;
	for (let i = 0; i < labels.length; i++) {
		const label = labels[i] ?? -1;
		if (label >= 0 && label < spec.classes.length) continue;
		const range = `0 to ${spec.classes.length - 1}`;
		throw badFile(name, `sample ${before + i} has the label ${label}, outside of ${range}`);
	}
}

/** The reading that was begun from the same source, or a new one. */
async function begin(
	store: ShardStore,
	spec: DatasetSpec,
	stream: Pick<SampleStream, 'split' | 'expected' | 'size'>,
	{ source, newGeneration }: IngestOptions,
): Promise<SplitRecord> {
	const begun = await store.find(spec.id, stream.split, false);
	const same =
		begun?.source.identity === source.identity &&
		begun.source.kind === source.kind &&
		begun.expected === stream.expected;
	if (begun && same) return begun;
	return store.begin({
		dataset: spec.id,
		split: stream.split,
		generation: newGeneration(),
		source,
		size: stream.size ? [...stream.size] : null,
		channels: spec.channels,
		expected: stream.expected,
		shards: [],
		classes: spec.classes.map(() => 0),
		complete: false,
	});
}

/** Says what no room means: how far it came, and that it can go on. */
export function outOfRoom(spec: DatasetSpec, record: SplitRecord, cause: unknown): Error {
	return datasetError(
		'DATASET_QUOTA',
		`The browser has no room for more of ${spec.title}: ${samplesIn(record).toLocaleString('en')} of ${record.expected.toLocaleString('en')} ${record.split} samples are stored and stay. Remove another dataset or free space on the disk, then go on.`,
		{ dataset: spec.id, split: record.split, samples: samplesIn(record) },
		cause,
	);
}

/**
 * @returns the record of the whole split
 * @throws RpcError DATASET_FILE, DATASET_QUOTA, DATASET_BUSY; an AbortError. What was stored stays and
 * the next call with the same source goes on from there.
 */
export async function ingest(
	store: ShardStore,
	spec: DatasetSpec,
	stream: SampleStream,
	options: IngestOptions,
): Promise<SplitRecord> {
	const { signal, onSamples } = options;
	const name = stream.names[0] ?? spec.title;
	let record = await begin(store, spec, stream, options);
	const filler = new Filler(spec, stream.size, options.shardBytes);
	let read = samplesIn(record);
	onSamples(read, stream.expected);

	async function flush(): Promise<void> {
		const shard = filler.take();
		if (!shard) return;
		if (signal.aborted) throw abortError();
		record = await store.append(record, shard);
		onSamples(samplesIn(record), stream.expected);
	}

	try {
		for await (const samples of stream.samples(read)) {
			if (signal.aborted) throw abortError();
			check(samples, spec, name, read);
			for (let at = 0; at < samples.labels.length;) {
				if (filler.room(samples) < 1) await flush();
				const to = Math.min(samples.labels.length, at + filler.room(samples));
				filler.add(sliceOf(samples, at, to));
				at = to;
			}
			read += samples.labels.length;
		}
		await flush();
		if (read !== stream.expected)
			throw badFile(name, `it gave ${read} samples where it promised ${stream.expected}`);
		return await store.finish(record);
	} catch (error) {
		throw isQuota(error) ? outOfRoom(spec, record, error) : error;
	}
}
