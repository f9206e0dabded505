/** IDX, MNIST's own format: a big-endian head of magic and dimensions, then bytes. */
import type { DatasetSpec, Split } from '../dataset';
import { badFile } from '../errors';
import type { Samples } from '../shard';
import { baseName, bytesOf, type Decoder, type NamedBlob, type SampleStream } from './stream';

/** unsigned bytes, three dimensions */
const IMAGES = 0x0803;
/** unsigned bytes, one dimension */
const LABELS = 0x0801;
/** samples per piece */
const PIECE = 1000;

interface Idx {
	readonly file: NamedBlob;
	readonly dims: readonly number[];
	/** bytes before the data */
	readonly head: number;
}

/** @returns undefined for a file that is no IDX of bytes */
async function readHead(file: NamedBlob): Promise<Idx | undefined> {
	const head = await bytesOf(file.blob, 0, 16);
	if (head.length < 8) return undefined;
	const view = new DataView(head.buffer);
	const magic = view.getUint32(0);
	if (magic !== IMAGES && magic !== LABELS) return undefined;
	const rank = magic & 0xff;
	if (head.length < 4 + 4 * rank) throw badFile(file.name, 'it ends inside its head');
	const dims = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
	const bytes = dims.reduce((product, one) => product * one, 1);
	const length = 4 + 4 * rank + bytes;
	if (length !== file.blob.size) {
		const kind = file.blob.size < length ? 'ends too early' : 'is longer than its head says';
		throw badFile(file.name, `it ${kind}: ${file.blob.size} of ${length} bytes`);
	}
	return { file, dims, head: 4 + 4 * rank };
}

function splitOf({ file }: Idx): Split {
	const name = baseName(file.name).toLowerCase();
	if (name.includes('train')) return 'train';
	if (name.includes('t10k') || name.includes('test')) return 'test';
	throw badFile(file.name, 'its name must contain “train” or “t10k”, to tell what it holds');
}

function streamOf(images: Idx, labels: Idx, split: Split, spec: DatasetSpec): SampleStream {
	const [count = 0, height = 0, width = 0] = images.dims;
	if (labels.dims[0] !== count)
		throw badFile(
			labels.file.name,
			`it has ${labels.dims[0]} labels for the ${count} pictures of ${baseName(images.file.name)}`,
		);
	const [h, w] = spec.size ?? [height, width];
	if (height !== h || width !== w || spec.channels !== 1)
		throw badFile(
			images.file.name,
			`its pictures are ${height} × ${width}; those of ${spec.title} are ${h} × ${w}`,
		);
	const each = height * width;
	async function* samples(from: number): AsyncGenerator<Samples> {
		for (let at = from; at < count; at += PIECE) {
			const end = Math.min(count, at + PIECE);
			const pixels = await bytesOf(
				images.file.blob,
				images.head + at * each,
				images.head + end * each,
			);
			const names = await bytesOf(labels.file.blob, labels.head + at, labels.head + end);
			yield { pixels, labels: names, height, width, channels: 1 };
		}
	}
	const names = [images, labels].map(({ file }) => baseName(file.name));
	return { split, names, expected: count, size: [height, width], samples };
}

/** See the module's comment. */
export const idx: Decoder = async (files, spec) => {
	const heads = (await Promise.all(files.map(readHead))).filter((one) => one !== undefined);
	const streams: SampleStream[] = [];
	for (const images of heads.filter(({ dims }) => dims.length === 3)) {
		const split = splitOf(images);
		const labels = heads.find((one) => one.dims.length === 1 && splitOf(one) === split);
		if (!labels)
			throw badFile(images.file.name, 'the file with its labels is missing: choose both');
		streams.push(streamOf(images, labels, split, spec));
	}
	const lonely = heads.find(
		(one) => one.dims.length === 1 && !streams.some(({ split }) => split === splitOf(one)),
	);
	if (lonely) throw badFile(lonely.file.name, 'the file with its pictures is missing: choose both');
	return streams;
};
