/** What the page and the worker that loads datasets say to each other; both sides import only this. */
import * as v from 'valibot';
import type { Split } from './dataset';
import type { LoadProgress } from './library';

/** A split on this device as the page shows it. */
export interface StoredSplit {
	readonly dataset: string;
	readonly split: Split;
	readonly samples: number;
	/** what its source has */
	readonly expected: number;
	readonly bytes: number;
	readonly shards: number;
	/** false: begun, and can be gone on with from the same source */
	readonly complete: boolean;
	readonly source: {
		readonly kind: 'site' | 'mirror' | 'files';
		readonly names: readonly string[];
	};
	/** samples per class */
	readonly classes: readonly number[];
}

/** Everything that is here. */
export interface Stock {
	readonly splits: readonly StoredSplit[];
	/** bytes of mirrors' files that wait to be read */
	readonly downloads: readonly { readonly url: string; readonly bytes: number }[];
	/** of this site as a whole; null where the browser does not tell */
	readonly usage: number | null;
	readonly quota: number | null;
	/** false: nothing outlives the tab */
	readonly persistent: boolean;
}

/** Pictures to look at. */
export interface Preview {
	readonly pictures: readonly {
		/** H,W,C bytes */
		readonly pixels: Uint8Array;
		readonly height: number;
		readonly width: number;
		readonly label: number;
		/** number of the sample */
		readonly index: number;
	}[];
	readonly channels: number;
}

export type LibraryRequests = {
	list: { params: Record<never, never>; result: Stock };
	/** Emits progress. Cancelling keeps what was stored. */
	load: {
		params: {
			dataset: string;
			origin: 'site' | 'mirror' | 'files';
			/** with their names; only for origin `files` */
			files: { name: string; blob: Blob }[];
		};
		result: null;
	};
	/** Frees what was begun and not finished. */
	discard: { params: { dataset: string }; result: null };
	/** Frees all of a dataset. */
	remove: { params: { dataset: string }; result: null };
	/** Looks at every stored byte. Emits progress, in shards. */
	verify: { params: { dataset: string }; result: { shards: number; broken: number } };
	/** `count` samples of a split, drawn by `seed`. */
	preview: {
		params: { dataset: string; split: Split; count: number; seed: number };
		result: Preview;
	};
};

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const splitSchema = v.picklist(['train', 'test']);
const dataset = v.object({ dataset: v.string() });
const blob = v.custom<Blob>((value) => value instanceof Blob);

export const libraryParams = {
	list: v.object({}),
	load: v.object({
		dataset: v.string(),
		origin: v.picklist(['site', 'mirror', 'files']),
		files: v.array(v.object({ name: v.string(), blob })),
	}),
	discard: dataset,
	remove: dataset,
	verify: dataset,
	preview: v.object({
		dataset: v.string(),
		split: splitSchema,
		count: v.pipe(count, v.maxValue(200)),
		seed: count,
	}),
};

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const amount = v.nullable(v.number());

export const libraryResults = {
	list: v.object({
		splits: v.array(
			v.object({
				dataset: v.string(),
				split: splitSchema,
				samples: count,
				expected: count,
				bytes: count,
				shards: count,
				complete: v.boolean(),
				source: v.object({
					kind: v.picklist(['site', 'mirror', 'files']),
					names: v.array(v.string()),
				}),
				classes: v.array(count),
			}),
		),
		downloads: v.array(v.object({ url: v.string(), bytes: count })),
		usage: amount,
		quota: amount,
		persistent: v.boolean(),
	}),
	load: v.null(),
	discard: v.null(),
	remove: v.null(),
	verify: v.object({ shards: count, broken: count }),
	preview: v.object({
		pictures: v.array(
			v.object({ pixels: bytes, height: count, width: count, label: count, index: count }),
		),
		channels: count,
	}),
};

/** Progress of `load`, or shards of `verify`. */
export type LibraryEvent = LoadProgress | { step: 'verify'; done: number; total: number };

export const libraryEvent: v.GenericSchema<unknown, LibraryEvent> = v.variant('step', [
	v.object({
		step: v.picklist(['fetch', 'unpack', 'store']),
		split: v.nullable(splitSchema),
		bytes: v.number(),
		totalBytes: v.number(),
		samples: count,
		totalSamples: count,
	}),
	v.object({ step: v.literal('verify'), done: count, total: count }),
]);
