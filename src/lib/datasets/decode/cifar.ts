/**
 * CIFAR's files: the binary version (records of labels and three planes) and the Python version
 * (pickles), single or unpacked from their archives. Batches are read in the order of their names, so
 * every version gives the same samples in the same order.
 */
import type { DatasetSpec, Split } from '../dataset';
import { badFile, plainName } from '../errors';
import type { Samples } from '../shard';
import { readCifarPickle } from './cifar-pickle';
import { interleave } from './planes';
import { baseName, bytesOf, type Decoder, type NamedBlob, type SampleStream } from './stream';

const SIDE = 32;
const PIXELS = SIDE * SIDE * 3;
/** records per piece */
const PIECE = 500;

/** One file of a split. */
interface Batch {
	readonly file: NamedBlob;
	readonly count: number;
	read(from: number): AsyncIterable<Samples>;
}

/** `data_batch_3.bin` and `train.bin` are training data, `test_batch` and `test` are for testing. */
function splitOf(name: string): Split | undefined {
	const match = /^(data_batch_\d+|train|test_batch|test)(\.bin)?$/i.exec(baseName(name));
	if (!match) return undefined;
	return /^test/i.test(match[1] ?? '') ? 'test' : 'train';
}

/** CIFAR-100 has a coarse label before the fine one. */
const labelBytes = ({ classes }: DatasetSpec) => (classes.length > 10 ? 2 : 1);

function binaryBatch(file: NamedBlob, spec: DatasetSpec): Batch {
	const head = labelBytes(spec);
	const record = head + PIXELS;
	const count = Math.floor(file.blob.size / record);
	if (count === 0 || count * record !== file.blob.size)
		throw badFile(
			file.name,
			`it is cut or not of ${spec.title}: ${file.blob.size} bytes are no whole number of records of ${record} bytes`,
		);
	async function* read(from: number): AsyncGenerator<Samples> {
		for (let at = from; at < count; at += PIECE) {
			const n = Math.min(PIECE, count - at);
			const bytes = await bytesOf(file.blob, at * record, (at + n) * record);
			const labels = Array.from({ length: n }, (_, i) => bytes[i * record + head - 1] ?? 0);
			const pixels = interleave(bytes, n, SIDE * SIDE, 3, head);
			yield { pixels, labels, height: SIDE, width: SIDE, channels: 3 };
		}
	}
	return { file, count, read };
}

/** The largest batch is CIFAR-100's training file of 155 MB. */
const LARGEST_PICKLE = 200 * 2 ** 20;

async function pickleBatch(file: NamedBlob, spec: DatasetSpec): Promise<Batch> {
	if (file.blob.size > LARGEST_PICKLE)
		throw badFile(file.name, `it is larger than any file of ${spec.title}`);
	const load = async () => {
		const labels = labelBytes(spec) === 2 ? 'fine_labels' : 'labels';
		return readCifarPickle(file.name, await bytesOf(file.blob), labels);
	};
	const { labels } = await load();
	async function* read(from: number): AsyncGenerator<Samples> {
		const batch = await load();
		for (let at = from; at < batch.labels.length; at += PIECE) {
			const end = Math.min(batch.labels.length, at + PIECE);
			const planes = batch.data.subarray(at * PIXELS, end * PIXELS);
			const pixels = interleave(planes, end - at, SIDE * SIDE, 3);
			yield { pixels, labels: batch.labels.slice(at, end), height: SIDE, width: SIDE, channels: 3 };
		}
	}
	return { file, count: labels.length, read };
}

function streamOf(split: Split, batches: readonly Batch[]): SampleStream {
	async function* samples(from: number): AsyncGenerator<Samples> {
		let before = 0;
		for (const { count, read } of batches) {
			if (from < before + count) yield* read(Math.max(0, from - before));
			before += count;
		}
	}
	const expected = batches.reduce((sum, { count }) => sum + count, 0);
	const names = batches.map(({ file }) => plainName(baseName(file.name)));
	return { split, names, expected, size: [SIDE, SIDE], samples };
}

/** See the module's comment. */
export const cifar: Decoder = async (files, spec) => {
	const found = new Map<Split, Batch[]>();
	const ordered = files
		.filter(({ name }) => splitOf(name))
		.sort((a, b) => (baseName(a.name) < baseName(b.name) ? -1 : 1));
	for (const file of ordered) {
		const split = splitOf(file.name);
		if (!split) continue;
		const binary = /\.bin$/i.test(baseName(file.name));
		const batch = binary ? binaryBatch(file, spec) : await pickleBatch(file, spec);
		found.set(split, [...(found.get(split) ?? []), batch]);
	}
	return [...found].map(([split, batches]) => streamOf(split, batches));
};
