/**
 * What a dataset is: the facts that LEMUR's loaders hold about it, where it comes from and how its
 * files are read. One file per dataset exports one spec; `registry.ts` lists them. No bytes here.
 */

export type Split = 'train' | 'test';
export const SPLITS = ['train', 'test'] as const satisfies readonly Split[];

/** How a dataset's files may be laid out; each is a reader of `decode/`. */
export type FileFormat = 'idx' | 'cifar' | 'mat' | 'parquet' | 'image-folder';

/** Terms of use, shown before anything is downloaded. */
export interface Licence {
	/** as people call it: 'CC BY 4.0', 'none stated' … */
	readonly name: string;
	/** who made the data, and what they ask for, in one sentence */
	readonly terms: string;
	/** page of the dataset's authors */
	readonly url: string;
}

/** One file on another host. */
export interface MirrorFile {
	readonly split: Split;
	/** absolute URL with the revision in it, so that its bytes never change */
	readonly url: string;
	readonly bytes: number;
	/** hex; absent where it is not known: then `bytes` is about right, and the decoder checks the rest */
	readonly sha256?: string;
}

/** Addresses of one revision of a dataset on the Hugging Face hub. */
export function hub(repository: string, revision: string): (path: string) => string {
	return (path) => `https://huggingface.co/datasets/${repository}/resolve/${revision}/${path}`;
}

/** Where the data can be had; in order of preference. */
export type Source =
	/** shards in `static/datasets/<id>` of this site */
	| { readonly kind: 'site'; readonly bytes: number }
	/** files on a named host, fetched only on the visitor's word */
	| {
			readonly kind: 'mirror';
			readonly title: string;
			readonly format: FileFormat;
			readonly files: readonly MirrorFile[];
	  }
	/** files that the visitor picks or drops */
	| {
			readonly kind: 'files';
			/** the files' usual names, for the page */
			readonly names: readonly string[];
			/** where a person gets them */
			readonly url: string;
	  };

/** Columns of a Parquet file that hold the image and its label. */
export interface ParquetColumns {
	readonly image: string;
	readonly label: string;
}

/** One dataset. */
export interface DatasetSpec {
	/** LEMUR's name: `mnist`, `cifar-10` …; `digits` is ours */
	readonly id: string;
	readonly title: string;
	/** one sentence: what the pictures show */
	readonly about: string;
	readonly task: 'img-classification';
	readonly metric: 'acc';
	/** names of the classes; the position is the label */
	readonly classes: readonly string[];
	readonly channels: 1 | 3;
	/** pixels; null where the pictures differ in size: only transforms that resize then fit */
	readonly size: readonly [height: number, width: number] | null;
	/** samples of the whole dataset; what is on the device may be a part of it */
	readonly counts: Readonly<Record<Split, number>>;
	/** per channel, of pixels in 0..1: what `norm` subtracts and divides by in LEMUR's loader */
	readonly mean: readonly number[];
	readonly std: readonly number[];
	/** LEMUR's MINIMUM_ACCURACY; its gate is 1.2 times this */
	readonly minimumAccuracy: number;
	readonly licence: Licence;
	readonly sources: readonly Source[];
	/** formats of the visitor's own files */
	readonly decoders: readonly FileFormat[];
	readonly parquet?: ParquetColumns;
	/** format image-folder: name of each class's folder */
	readonly folders?: readonly string[];
	/** pictures of different sizes are reduced to this shorter side, in pixels, when they are kept */
	readonly shorterSide?: number;
}

export type Mirror = Extract<Source, { kind: 'mirror' }>;
export type Site = Extract<Source, { kind: 'site' }>;

/** @returns undefined where no host has it in a form that this site reads */
export function mirrorOf({ sources }: DatasetSpec): Mirror | undefined {
	return sources.find((source): source is Mirror => source.kind === 'mirror');
}

/** @returns undefined for a dataset that this site does not ship */
export function siteOf({ sources }: DatasetSpec): Site | undefined {
	return sources.find((source): source is Site => source.kind === 'site');
}

/** Bytes of one stored sample; a guess where pictures differ (4:3). */
export function bytesPerSample({ size, channels, shorterSide = 160 }: DatasetSpec): number {
	const area = size ? size[0] * size[1] : (shorterSide * shorterSide * 4) / 3;
	return Math.round(area * channels) + (size ? 2 : 6);
}

/** Bytes that a whole dataset takes on the device. */
export function bytesOnDevice(spec: DatasetSpec): number {
	return (spec.counts.train + spec.counts.test) * bytesPerSample(spec);
}
