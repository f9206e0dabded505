/** Finds out what files hold: unpacks them and asks the dataset's readers in turn. */
import type { DatasetSpec, FileFormat } from '../dataset';
import { datasetError, plainName } from '../errors';
import { cifar } from './cifar';
import { idx } from './idx';
import { imageFolder } from './image-folder';
import { mat } from './mat';
import { parquet } from './parquet';
import {
	baseName,
	type DecodeEffects,
	type Decoder,
	type NamedBlob,
	type SampleStream,
} from './stream';
import { unpack } from './unpack';

const DECODERS = {
	idx,
	cifar,
	mat,
	parquet,
	'image-folder': imageFolder,
} satisfies Record<FileFormat, Decoder>;

/** Settings of `openFiles`. */
export interface OpenOptions {
	readonly effects: DecodeEffects;
	readonly signal: AbortSignal;
	/** bytes of the files read so far, while they are unpacked */
	readonly onBytes: (read: number) => void;
}

/** As bytes, whole, with room for what archives hold beside the samples. */
function limitsOf(spec: DatasetSpec): { entries: number; bytes: number } {
	if (!spec.size) return { entries: 100_000, bytes: 4 * 2 ** 30 };
	const [height, width] = spec.size;
	const samples = spec.counts.train + spec.counts.test;
	return {
		entries: 1000,
		bytes: 2 * samples * (height * width * spec.channels + 2) + 64 * 2 ** 20,
	};
}

/** What is dropped by name: notes and checksums that lie beside the data. */
const isNote = ({ name }: NamedBlob) =>
	/^(readme.*|.*\.(txt|html|meta|md|csv))$/i.test(baseName(name));

/**
 * @returns at least one stream, at most one per split
 * @throws RpcError DATASET_FILE when none of the files is of the dataset, or one is damaged
 */
export async function openFiles(
	files: readonly NamedBlob[],
	spec: DatasetSpec,
	{ effects, signal, onBytes }: OpenOptions,
): Promise<readonly SampleStream[]> {
	const limits = limitsOf(spec);
	const plain = await unpack(files, { limits, signal, onBytes });
	for (const format of spec.decoders) {
		const streams = await DECODERS[format](plain, spec, effects);
		if (streams.length > 0) return streams;
	}
	const named = plain.filter((file) => !isNote(file)).map(({ name }) => plainName(baseName(name)));
	const shown = named.slice(0, 3).join(', ');
	const wanted = spec.sources.flatMap((source) => (source.kind === 'files' ? source.names : []));
	throw datasetError(
		'DATASET_FILE',
		`Nothing of ${spec.title} was found in ${shown || 'these files'}${named.length > 3 ? ` and ${named.length - 3} more` : ''}. It is read from ${wanted.join(', ')}.`,
		{ dataset: spec.id, files: files.length },
	);
}
