/**
 * What every reader of files gives: the samples of one split, in a fixed order, in pieces. Readers
 * check what they read and name the file; they store nothing.
 */
import type { DatasetSpec, Split } from '../dataset';
import type { Samples } from '../shard';

/** A file, or an entry of an archive. */
export interface NamedBlob {
	/** with its path inside an archive */
	readonly name: string;
	readonly blob: Blob;
}

/** One split as it lies in files. */
export interface SampleStream {
	readonly split: Split;
	/** names of the files, as people read them */
	readonly names: readonly string[];
	/** samples that will come */
	readonly expected: number;
	/** height and width; null when pictures differ */
	readonly size: readonly [height: number, width: number] | null;
	/**
	 * @param from number of the first sample: a reading goes on where it was stopped
	 * @throws RpcError DATASET_FILE naming file and fault
	 */
	samples(from: number): AsyncIterable<Samples>;
}

/** What readers take from outside. */
export interface DecodeEffects {
	/** decodes JPEG and what else the browser knows: RGB bytes, H,W,C; undefined: it cannot */
	readonly decodePicture?: (bytes: Uint8Array) => Promise<RgbPicture | undefined>;
}

/** A decoded picture. */
export interface RgbPicture {
	/** H,W,3 */
	readonly pixels: Uint8Array;
	readonly height: number;
	readonly width: number;
}

/** A reader of one format: the streams it finds among the files; none when they are not its own. */
export type Decoder = (
	files: readonly NamedBlob[],
	spec: DatasetSpec,
	effects: DecodeEffects,
) => Promise<readonly SampleStream[]>;

/** Last part of a path, without `.gz`. */
export function baseName(path: string): string {
	return (path.split(/[\\/]/).pop() ?? path).replace(/\.gz$/i, '');
}

/** @returns the bytes [from, to) of a file */
export async function bytesOf(blob: Blob, from = 0, to = blob.size): Promise<Uint8Array> {
	return new Uint8Array(await blob.slice(from, to).arrayBuffer());
}
