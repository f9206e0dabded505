/**
 * The one way to a dataset's batches: seeded order, transform, batches of bytes. It knows shards and
 * transforms, but no tensors and no device; `lib/train` uploads what it yields.
 */
import type { Split } from './dataset';

/** One batch as it is uploaded: bytes, in the memory order of `channels_last`. */
export interface RawBatch {
	/** N,H,W,C after the geometric part of the transform, 0..255 */
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
}

/** What a loader takes from outside. */
export interface LoaderEffects {
	/** where shards come from; default: this device's, filled from the site where it ships them */
	readonly shards?: never;
}

/**
 * @throws DatasetError DATASET_UNKNOWN, DATASET_ABSENT (not on this device), TRANSFORM_UNKNOWN,
 * TRANSFORM_UNFIT (pictures of different sizes need one that resizes), DATASET_DAMAGED
 */
export function openLoader(options: LoaderOptions, effects?: LoaderEffects): Promise<Loader> {
	void effects;
	return Promise.reject(new Error(`The loader of ${options.dataset} is not there yet.`));
}
