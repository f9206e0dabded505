/** The record of a stored split: what it is, where it came from, and the list of its shards. */
import * as v from 'valibot';
import type { Split } from './dataset';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const shardSchema = v.object({
	samples: v.pipe(count, v.minValue(1)),
	bytes: v.pipe(count, v.minValue(1)),
	/** of the shard's bytes, hex */
	sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** One shard in a record. */
export type ShardEntry = v.InferOutput<typeof shardSchema>;

export const splitRecordSchema = v.object({
	dataset: v.string(),
	split: v.picklist(['train', 'test']),
	/** part of the shards' keys, so that a new reading never mixes with the one it replaces */
	generation: v.string(),
	/** what was read; a reading goes on only with the same */
	source: v.object({
		kind: v.picklist(['site', 'mirror', 'files']),
		/** file names, as people read them */
		names: v.array(v.string()),
		/** tells two sources of the same names apart: revision, sizes, settings */
		identity: v.string(),
	}),
	/** null when pictures differ in size */
	size: v.nullable(v.tuple([count, count])),
	channels: v.picklist([1, 3]),
	/** samples that the source has */
	expected: count,
	shards: v.array(shardSchema),
	/** samples per class so far */
	classes: v.array(count),
	/** false while it is being read */
	complete: v.boolean(),
});

/** See the module's comment. */
export type SplitRecord = v.InferOutput<typeof splitRecordSchema>;
export type SourceRecord = SplitRecord['source'];

/** Samples in the shards of a record. */
export function samplesIn({ shards }: Pick<SplitRecord, 'shards'>): number {
	return shards.reduce((sum, { samples }) => sum + samples, 0);
}

/** Bytes of the shards of a record. */
export function bytesIn({ shards }: Pick<SplitRecord, 'shards'>): number {
	return shards.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Key of a split's record; a reading that is not complete has its own. */
export function recordKey(dataset: string, split: Split, complete: boolean): string {
	return `${dataset}/${split}${complete ? '' : '/next'}`;
}
