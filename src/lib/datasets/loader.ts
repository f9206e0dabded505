/**
 * The one way to a dataset's batches: seeded order, transform, batches of bytes. It knows shards and
 * transforms, but no tensors and no device; `lib/train` uploads what it yields. It runs in the thread
 * that opens it; `loader-client.ts` has the same in a worker of its own.
 */
import { planForDevice, type DevicePlan } from '../transforms/on-device';
import { applySteps, drawsOf, outputSize, type Size } from '../transforms/transform';
import type { TransformSpec } from '../transforms/transform';
import { transformNamed } from '../transforms/registry';
import type { DatasetSpec, Split } from './dataset';
import { datasetError } from './errors';
import type { Library } from './library';
import { epochOrder, type EpochOrder } from './order';
import type { SplitRecord } from './record';
import { datasetNamed } from './registry';
import { ShardCache } from './shard-cache';
import { dataHash } from './shard-store';

/** One batch as it is uploaded: bytes, in the memory order of `channels_last`. */
export interface RawBatch {
	/** N,H,W,C after the geometric part of the transform, 0..255; see `resize` */
	readonly pixels: Uint8Array;
	readonly shape: readonly [n: number, h: number, w: number, c: number];
	/** labels, N */
	readonly targets: Int32Array;
	/** numbers of the samples in the dataset, N */
	readonly indices: Uint32Array;
	/** per channel: (pixel / 255 - mean) / std; null: pixel / 255 only */
	readonly normalise: {
		readonly mean: readonly number[];
		readonly std: readonly number[];
	} | null;
	/** true for LEMUR's `complex` transforms: the imaginary part is 0 */
	readonly complex: boolean;
	/** height and width to which the device must enlarge the pixels first; only with `resizeOnDevice` */
	readonly resize?: readonly [height: number, width: number];
}

/** Batches of one split of a dataset under one transform. */
export interface Loader {
	/** after `limit` */
	readonly samples: number;
	readonly batchSize: number;
	/** per epoch; the last one may be smaller (PyTorch's drop_last=False) */
	readonly batches: number;
	/** of every picture after the transform */
	readonly shape: readonly [h: number, w: number, c: number];
	/** names of the classes; `targets` are positions in it */
	readonly classes: readonly string[];
	/** hash of the samples' bytes and labels, for records and checkpoints */
	readonly dataHash: string;
	/**
	 * The batches of an epoch, in the order that (seed, epoch) gives; with `from` the same sequence
	 * without its first `from` batches, so that training goes on in the middle of an epoch.
	 * @param epoch from 1; also what flips are drawn for
	 */
	epoch(epoch: number, from?: number): AsyncIterable<RawBatch>;
	/** Frees shards and ends the worker, where there is one. */
	close(): void;
}

export interface LoaderOptions {
	/** a dataset's id */
	readonly dataset: string;
	readonly split: Split;
	/** a transform's name, `norm_32` … */
	readonly transform: string;
	readonly batchSize: number;
	readonly shuffle: boolean;
	readonly seed: number;
	/** only the first N samples of the split */
	readonly limit?: number;
	/** leaves a resize that enlarges to the device (`enlargedImageTensor`): less to send, less to wait */
	readonly resizeOnDevice?: boolean;
}

/** What a loader takes from outside. */
export interface LoaderEffects {
	/** `openLibrary(siteRoot)` in a browser, `testLibrary()` in tests */
	readonly library: Library;
	readonly signal?: AbortSignal;
	/** bytes of shards that may be held; above it an epoch is shuffled in parts. Default 256 MiB */
	readonly memory?: number;
}

const MEMORY = 256 * 2 ** 20;

/**
 * Opens a split. What the site ships is loaded first when it is not on the device.
 * @throws RpcError DATASET_UNKNOWN, DATASET_ABSENT (not on this device), DATASET_DAMAGED,
 * TRANSFORM_UNKNOWN, TRANSFORM_UNFIT (pictures of different sizes need one that resizes);
 * RangeError for a batch size or limit that is no positive whole number
 */
export async function openLoader(options: LoaderOptions, effects: LoaderEffects): Promise<Loader> {
	for (const value of [options.batchSize, options.limit ?? 1])
		if (!Number.isSafeInteger(value) || value < 1)
			throw new RangeError(`${value} is no number of samples: it must be a whole number from 1.`);
	const spec = datasetNamed(options.dataset);
	const transform = transformNamed(options.transform);
	const signal = effects.signal ?? new AbortController().signal;
	const record = await effects.library.split(spec.id, options.split, signal);
	const size = outputSize(transform, record.size);
	if (!size) throw unfit(spec, transform);
	const plan = options.resizeOnDevice ? planForDevice(transform, record.size) : null;
	const hash = await dataHash(record);
	return new ShardLoader(options, effects, { spec, transform, record, size, plan, hash });
}

/** What a loader is made of. */
interface Opened {
	readonly spec: DatasetSpec;
	readonly transform: TransformSpec;
	readonly record: SplitRecord;
	/** after the whole transform */
	readonly size: Size;
	/** what is left to the device */
	readonly plan: DevicePlan | null;
	readonly hash: string;
}

class ShardLoader implements Loader {
	readonly samples: number;
	readonly batchSize: number;
	readonly batches: number;
	readonly shape: readonly [number, number, number];
	readonly classes: readonly string[];
	readonly dataHash: string;
	readonly #opened: Opened;
	readonly #options: LoaderOptions;
	readonly #cache: ShardCache;
	/** number of the first sample of each shard, and the number of all */
	readonly #starts: readonly number[];
	readonly #counts: readonly number[];
	readonly #window: number;

	constructor(options: LoaderOptions, effects: LoaderEffects, opened: Opened) {
		const { spec, record, size } = opened;
		this.#options = options;
		this.#opened = opened;
		this.#cache = new ShardCache((index) => effects.library.read(record, index));
		this.#counts = limited(record, options.limit ?? Infinity);
		this.#starts = this.#counts.reduce<number[]>((all, n) => [...all, (all.at(-1) ?? 0) + n], [0]);
		const largest = Math.max(...record.shards.map(({ bytes }) => bytes));
		this.#window = Math.max(1, Math.floor((effects.memory ?? MEMORY) / largest));
		this.samples = this.#starts.at(-1) ?? 0;
		this.batchSize = options.batchSize;
		this.batches = Math.ceil(this.samples / options.batchSize);
		this.shape = [...size, record.channels];
		this.classes = spec.classes;
		this.dataHash = opened.hash;
	}

	async *epoch(epoch: number, from = 0): AsyncGenerator<RawBatch> {
		const { shuffle, seed } = this.#options;
		const order = epochOrder({
			counts: this.#counts,
			window: this.#window,
			shuffle,
			seed,
			epoch,
		});
		for (let batch = from; batch < this.batches; batch++) {
			const begin = batch * this.batchSize;
			const indices = order.samples.slice(begin, begin + this.batchSize);
			yield await this.#assemble(order, begin, indices, epoch);
		}
	}

	close(): void {
		this.#cache.clear();
	}

	async #assemble(
		order: EpochOrder,
		begin: number,
		indices: Uint32Array,
		epoch: number,
	): Promise<RawBatch> {
		const group = order.groups.findIndex(({ end }) => begin < end);
		this.#cache.enter(order, group);
		const { spec, transform, plan, record } = this.#opened;
		const [h, w] = (plan && record.size) ?? this.#opened.size;
		const c = record.channels;
		const steps = plan?.host ?? transform;
		const pixels = new Uint8Array(indices.length * h * w * c);
		const targets = new Int32Array(indices.length);
		for (let i = 0; i < indices.length; i++) {
			const sample = indices[i] ?? 0;
			const at = this.#shardOf(sample);
			// Awaiting what is there would cost a turn of the event loop per sample.
			const shard = this.#cache.ready(at) ?? (await this.#cache.get(at));
			const own = sample - (this.#starts[at] ?? 0);
			const draw = drawsOf(this.#options.seed, epoch, sample);
			const picture = applySteps(steps, { ...shard.picture(own), channels: c }, draw);
			pixels.set(picture.pixels, i * h * w * c);
			targets[i] = shard.labels[own] ?? 0;
		}
		const normalise = transform.normalise ? { mean: spec.mean, std: spec.std } : null;
		const shape = [indices.length, h, w, c] as const;
		const { complex } = transform;
		const resize = plan ? { resize: plan.resize } : {};
		return { pixels, shape, targets, indices, normalise, complex, ...resize };
	}

	#shardOf(sample: number): number {
		let low = 0;
		let high = this.#counts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#starts[middle] ?? 0) <= sample) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}

/** Samples of each shard when only the first `limit` count; shards beyond it are left out. */
function limited({ shards }: SplitRecord, limit: number): number[] {
	const counts: number[] = [];
	let left = limit;
	for (const { samples } of shards) {
		if (left <= 0) break;
		counts.push(Math.min(samples, left));
		left -= samples;
	}
	return counts;
}

function unfit(spec: DatasetSpec, transform: TransformSpec) {
	return datasetError(
		'TRANSFORM_UNFIT',
		`The pictures of ${spec.title} differ in size, and ${transform.id} does not resize them: choose one with a size, such as norm_128.`,
		{ dataset: spec.id, transform: transform.id },
	);
}
