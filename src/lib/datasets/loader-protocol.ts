/** What a loader's worker and the thread that trains say to each other; both sides import only this. */
import * as v from 'valibot';
import type { LoaderOptions, RawBatch } from './loader';

/** A loader without its methods. */
export interface LoaderFacts {
	readonly samples: number;
	readonly batchSize: number;
	readonly batches: number;
	readonly shape: readonly [number, number, number];
	readonly classes: readonly string[];
	readonly dataHash: string;
}

export type LoaderRequests = {
	/** first of all */
	open: {
		params: { options: LoaderOptions; siteRoot: string; memory: number | null };
		result: LoaderFacts;
	};
	/** begins an epoch; `run` names this passage in `next` and `end` */
	begin: { params: { run: number; epoch: number; from: number }; result: null };
	/** the next batch, in the order of asking; null after the last */
	next: { params: { run: number }; result: RawBatch | null };
	end: { params: { run: number }; result: null };
};

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const run = v.object({ run: count });

const optionsSchema = v.object({
	dataset: v.string(),
	split: v.picklist(['train', 'test']),
	transform: v.string(),
	batchSize: count,
	shuffle: v.boolean(),
	seed: v.number(),
	limit: v.exactOptional(count),
	resizeOnDevice: v.exactOptional(v.boolean()),
});

export const loaderParams = {
	open: v.object({ options: optionsSchema, siteRoot: v.string(), memory: v.nullable(count) }),
	begin: v.object({ run: count, epoch: count, from: count }),
	next: run,
	end: run,
};

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const numbers = v.array(v.number());

const batchSchema: v.GenericSchema<unknown, RawBatch> = v.object({
	pixels: bytes,
	shape: v.tuple([count, count, count, count]),
	targets: v.custom<Int32Array>((value) => value instanceof Int32Array),
	indices: v.custom<Uint32Array>((value) => value instanceof Uint32Array),
	normalise: v.nullable(v.object({ mean: numbers, std: numbers })),
	complex: v.boolean(),
	resize: v.exactOptional(v.tuple([count, count])),
});

export const loaderResults = {
	open: v.object({
		samples: count,
		batchSize: count,
		batches: count,
		shape: v.tuple([count, count, count]),
		classes: v.array(v.string()),
		dataHash: v.string(),
	}),
	begin: v.null(),
	next: v.nullable(batchSchema),
	end: v.null(),
};
