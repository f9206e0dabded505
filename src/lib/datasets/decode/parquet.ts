/**
 * Parquet with pictures as bytes, as the Hugging Face hub keeps datasets: a column of structures
 * {bytes, path} and a column of labels. Read one row group at a time; the reader is loaded when needed.
 */
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { RpcError } from '../../worker/rpc-error';
import type { DatasetSpec, ParquetColumns, Split } from '../dataset';
import { badFile, plainName } from '../errors';
import type { Samples } from '../shard';
import { pictureFrom } from './picture';
import {
	baseName,
	bytesOf,
	type DecodeEffects,
	type Decoder,
	type NamedBlob,
	type SampleStream,
} from './stream';

/** rows that are decoded before they are handed on */
const PIECE = 250;
/** bytes of one row group, packed and unpacked */
const LARGEST_GROUP = 512 * 2 ** 20;
const MAX_ROWS = 5_000_000;

/** `train-00000-of-00001.parquet`, `validation…`, `test…`. */
function splitOf(name: string): Split {
	const base = baseName(name).toLowerCase();
	if (base.includes('train')) return 'train';
	if (/test|valid/.test(base)) return 'test';
	throw badFile(
		name,
		'its name must contain “train”, “test” or “validation”, to tell what it holds',
	);
}

const bufferOf = (blob: Blob): AsyncBuffer => ({
	byteLength: blob.size,
	slice: (start, end) => blob.slice(start, end).arrayBuffer(),
});

/** Whatever the reader throws means that the file is none, or damaged. */
async function reading<T>(name: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof RpcError) throw error;
		throw badFile(name, 'it is no Parquet file, cut or damaged: get it again', error);
	}
}

interface Part {
	readonly file: NamedBlob;
	readonly metadata: FileMetaData;
	/** rows of each row group */
	readonly groups: readonly number[];
	readonly count: number;
}

async function open(file: NamedBlob, columns: ParquetColumns): Promise<Part> {
	const { parquetMetadataAsync } = await import('hyparquet');
	const metadata = await reading(file.name, () => parquetMetadataAsync(bufferOf(file.blob)));
	const groups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
	const count = groups.reduce((sum, one) => sum + one, 0);
	const largest = Math.max(
		0,
		...metadata.row_groups.map(({ total_byte_size }) => Number(total_byte_size)),
	);
	const names = metadata.schema.map(({ name }) => name);
	for (const name of [columns.image, columns.label])
		if (!names.includes(name))
			throw badFile(file.name, `it has no column “${name}”: it is of another dataset`);
	if (count > MAX_ROWS || !(largest <= LARGEST_GROUP))
		throw badFile(file.name, 'it is larger than this dataset can be');
	return { file, metadata, groups, count };
}

interface Row {
	readonly bytes: Uint8Array;
	readonly label: number;
}

/** Rows [start, end) of one row group. */
async function rowsOf(
	{ file, metadata }: Part,
	columns: ParquetColumns,
	rowStart: number,
	rowEnd: number,
): Promise<Row[]> {
	const { parquetReadObjects } = await import('hyparquet');
	const rows = await reading(file.name, () =>
		parquetReadObjects({
			file: bufferOf(file.blob),
			metadata,
			columns: [columns.image, columns.label],
			rowStart,
			rowEnd,
			utf8: false,
		}),
	);
	return rows.map((row) => {
		const image: unknown = row[columns.image];
		const bytes =
			image instanceof Uint8Array
				? image
				: typeof image === 'object' && image && 'bytes' in image
					? image.bytes
					: undefined;
		const label = Number(row[columns.label]);
		if (!(bytes instanceof Uint8Array) || !Number.isSafeInteger(label))
			throw badFile(file.name, 'a row has no picture or no label');
		return { bytes, label };
	});
}

/** Pictures of one size travel together, others one by one. */
async function* decoded(
	name: string,
	rows: readonly Row[],
	spec: DatasetSpec,
	effects: DecodeEffects,
): AsyncGenerator<Samples> {
	for (let at = 0; at < rows.length; at += PIECE) {
		const part = rows.slice(at, at + PIECE);
		const pictures = await Promise.all(
			part.map(({ bytes }) => pictureFrom(name, bytes, spec, effects)),
		);
		const { channels } = spec;
		if (spec.size) {
			const [height, width] = spec.size;
			const each = height * width * channels;
			const pixels = new Uint8Array(each * pictures.length);
			pictures.forEach((picture, i) => pixels.set(picture.pixels, i * each));
			yield { pixels, labels: part.map(({ label }) => label), height, width, channels };
		} else {
			for (const [i, picture] of pictures.entries())
				yield { ...picture, labels: [part[i]?.label ?? 0] };
		}
	}
}

function streamOf(
	split: Split,
	parts: readonly Part[],
	spec: DatasetSpec,
	columns: ParquetColumns,
	effects: DecodeEffects,
): SampleStream {
	async function* samples(from: number): AsyncGenerator<Samples> {
		let before = 0;
		for (const part of parts) {
			let start = 0;
			for (const rows of part.groups) {
				const skip = Math.max(0, from - before);
				if (skip < rows) {
					const group = await rowsOf(part, columns, start + skip, start + rows);
					yield* decoded(part.file.name, group, spec, effects);
				}
				before += rows;
				start += rows;
			}
		}
	}
	const expected = parts.reduce((sum, { count }) => sum + count, 0);
	const names = parts.map(({ file }) => plainName(baseName(file.name)));
	return { split, names, expected, size: spec.size, samples };
}

async function isParquet({ blob }: NamedBlob): Promise<boolean> {
	return new TextDecoder('latin1').decode(await bytesOf(blob, 0, 4)) === 'PAR1';
}

/** See the module's comment. */
export const parquet: Decoder = async (files, spec, effects) => {
	const columns = spec.parquet;
	if (!columns) return [];
	const found = new Map<Split, Part[]>();
	for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
		if (!(await isParquet(file))) continue;
		const split = splitOf(file.name);
		found.set(split, [...(found.get(split) ?? []), await open(file, columns)]);
	}
	return [...found].map(([split, parts]) => streamOf(split, parts, spec, columns, effects));
};
