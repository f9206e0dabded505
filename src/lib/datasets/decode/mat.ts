/**
 * SVHN's own files: MATLAB 5 files with the pictures in `X` (rows, columns, channels, samples, the
 * first index fastest) and labels from 1 in `y`, each deflated as a whole. Pictures are read as they
 * are inflated; nothing is held but a piece. What the container allows besides is refused in words.
 */
import { RpcError } from '../../worker/rpc-error';
import type { DatasetSpec, Split } from '../dataset';
import { badFile } from '../errors';
import type { Samples } from '../shard';
import { matVariables, type MatVariable } from './mat-file';
import { baseName, bytesOf, type Decoder, type NamedBlob, type SampleStream } from './stream';

/** samples per piece */
const PIECE = 1000;
const UINT8 = 2;

function splitOf(file: NamedBlob): Split {
	const name = baseName(file.name).toLowerCase();
	if (name.includes('train')) return 'train';
	if (name.includes('test')) return 'test';
	throw badFile(file.name, 'its name must contain “train” or “test”, to tell what it holds');
}

function checkPictures(file: NamedBlob, { dims, dataType }: MatVariable, spec: DatasetSpec): void {
	const [h, w] = spec.size ?? [0, 0];
	const shape = [h, w, spec.channels];
	if (dims.length !== 4 || shape.some((one, i) => one !== dims[i]))
		throw badFile(
			file.name,
			`X is ${dims.join(' × ')}; pictures of ${spec.title} are ${shape.join(' × ')} × samples`,
		);
	if (dataType !== UINT8) throw badFile(file.name, 'the pictures in X are no bytes');
}

/** @returns classes from 0: MATLAB counts from 1, and the digit 0 is the tenth class */
async function labelsOf(file: NamedBlob, y: MatVariable, spec: DatasetSpec): Promise<number[]> {
	const values = await y.numbers();
	const classes = spec.classes.length;
	return values.map((value, n) => {
		if (Number.isInteger(value) && value >= 1 && value <= classes) return value % classes;
		throw badFile(file.name, `sample ${n} has the label ${value}, outside of 1 to ${classes}`);
	});
}

/** Columns first to rows first: (h, w, c) of each sample with h fastest becomes H,W,C with c fastest. */
function turned(source: Uint8Array, h: number, w: number, c: number): Uint8Array {
	const pixels = new Uint8Array(source.length);
	const each = h * w * c;
	for (let base = 0; base < source.length; base += each)
		for (let channel = 0, at = base; channel < c; channel++)
			for (let x = 0; x < w; x++)
				for (let y = 0; y < h; y++) pixels[base + (y * w + x) * c + channel] = source[at++]!;
	return pixels;
}

async function open(file: NamedBlob, spec: DatasetSpec): Promise<SampleStream> {
	const split = splitOf(file);
	const variables = await matVariables(file);
	const [X, y] = [variables.get('X'), variables.get('y')];
	if (!X || !y) throw badFile(file.name, 'it has no variables X and y, as SVHN’s files have');
	checkPictures(file, X, spec);
	const [height = 0, width = 0, , count = 0] = X.dims;
	const labels = await labelsOf(file, y, spec);
	if (labels.length !== count)
		throw badFile(file.name, `it has ${labels.length} labels for ${count} pictures`);
	const { channels } = spec;
	const each = height * width * channels;
	async function* samples(from: number): AsyncGenerator<Samples> {
		const data = await X!.open();
		try {
			await data.skip(from * each);
			for (let at = from; at < count; at += PIECE) {
				const end = Math.min(count, at + PIECE);
				const pixels = turned(await data.read((end - at) * each), height, width, channels);
				yield { pixels, labels: labels.slice(at, end), height, width, channels };
			}
		} catch (error) {
			throw error instanceof RpcError ? error : badFile(file.name, 'it is cut or damaged', error);
		} finally {
			data.close();
		}
	}
	return { split, names: [baseName(file.name)], expected: count, size: [height, width], samples };
}

/** See the module's comment. */
export const mat: Decoder = async (files, spec) => {
	const streams: SampleStream[] = [];
	for (const file of files) {
		const head = new TextDecoder('latin1').decode(await bytesOf(file.blob, 0, 20));
		if (head.startsWith('MATLAB 7.3'))
			throw badFile(file.name, 'it is of MATLAB 7.3: save it as version 5 (-v6 or -v7)');
		if (head.startsWith('MATLAB 5.0 MAT-file')) streams.push(await open(file, spec));
	}
	return streams;
};
