/** Cases of formats.json about IDX files and MNIST. */
import { gunzipSync } from 'fflate';
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, SkippedCase } from '../../../../scripts/oracles/types';
import { RpcError } from '../../worker/rpc-error';
import { mnist } from '../mnist';
import {
	base64,
	checkFigures,
	expectSha,
	fileIn,
	integers,
	named,
	samplesOf,
	streamsOf,
} from './formats.oracle-figures';
import { idx } from './idx';
import type { NamedBlob } from './stream';

export const idxFormat = v.looseObject({
	made_up: v.array(
		v.looseObject({ type: v.string(), dims: integers, values_row_major: integers, base64 }),
	),
	bad: v.array(v.looseObject({ name: v.string(), base64 })),
});

const header = v.looseObject({
	hex: v.string(),
	dims: integers,
	bytes: v.number(),
	sha256_unpacked: v.string(),
});
const split = v.looseObject({
	images_header: header,
	labels_header: header,
	samples: v.array(
		v.looseObject({
			index: v.number(),
			label: v.number(),
			sha256: v.string(),
			sum: v.number(),
			nonzero: v.number(),
			row_14: integers,
		}),
	),
	mean: integers,
	std_population: integers,
	label_histogram: integers,
});
type Split = v.InferOutput<typeof split>;
export const mnistFormat = v.looseObject({ train: split, t10k: split });

export function* idxCases({
	made_up,
	bad,
}: v.InferOutput<typeof idxFormat>): Iterable<OracleCase | SkippedCase> {
	for (const { type, dims, values_row_major, base64: bytes } of made_up) {
		const name = `IDX of ${type} (${dims.join(', ')})`;
		if (type !== 'uint8' || (dims.length !== 1 && dims.length !== 3))
			yield { name, skip: 'MNIST’s files are bytes with one or three dimensions' };
		else yield { name, run: () => checkMadeUp(bytes, dims, values_row_major) };
	}
	for (const { name, base64: bytes } of bad)
		yield {
			name: `bad IDX: ${name}`,
			run: async () => {
				const refusal: unknown = await streamsOf([named('train-images', bytes)], mnist).then(
					() => null,
					(error: unknown) => error,
				);
				if (!(refusal instanceof RpcError)) throw new Mismatch('it was not refused in words');
			},
		};
}

/** Images get labels of 0, and labels get images of one pixel: the reader takes pairs. */
async function checkMadeUp(
	bytes: Uint8Array,
	dims: readonly number[],
	values: readonly number[],
): Promise<void> {
	const [count = 0, height = 1, width = 1] = dims;
	const isImages = dims.length === 3;
	const other = isImages ? idxOf([count], count) : idxOf([count, 1, 1], count);
	const [images, labels] = isImages ? [bytes, other] : [other, bytes];
	const spec = { ...mnist, size: [height, width] as const };
	const files = [named('train-images', images), named('train-labels', labels)];
	const [stream] = await idx(files, spec, {});
	if (!stream) throw new Mismatch('the file was not read');
	expectEqual([stream.expected, stream.size], [count, [height, width]], 'dimensions');
	const samples = await samplesOf(stream);
	const read = isImages
		? samples.flatMap(({ pixels }) => [...pixels])
		: samples.map(({ label }) => label);
	expectEqual(read, values, 'values');
}

/** Zeros. */
function idxOf(dims: readonly number[], size: number): Uint8Array {
	const bytes = new Uint8Array(4 + 4 * dims.length + size);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, 0x0800 + dims.length);
	for (const [i, dim] of dims.entries()) view.setUint32(4 + 4 * i, dim);
	return bytes;
}

/**
 * Both splits of a copy of MNIST.
 * @param folder where the files lie, gzipped or plain; null = not given
 */
export async function* mnistCases(
	which: string,
	folder: string | null,
	expected: v.InferOutput<typeof mnistFormat>,
): AsyncIterable<OracleCase | SkippedCase> {
	for (const part of ['train', 't10k'] as const) {
		const name = `MNIST ${which} ${part}`;
		const [images, labels] = await Promise.all([
			unpacked(folder, `${part}-images-idx3-ubyte`),
			unpacked(folder, `${part}-labels-idx1-ubyte`),
		]);
		if (images && labels) yield { name, run: () => checkSplit([images, labels], expected[part]) };
		else yield { name, skip: `these files of MNIST are not here (${which})` };
	}
}

async function unpacked(folder: string | null, name: string): Promise<NamedBlob | null> {
	if (folder === null) return null;
	const plain = await fileIn(folder, name);
	if (plain) return named(name, plain);
	const packed = await fileIn(folder, `${name}.gz`);
	return packed && named(name, gunzipSync(packed));
}

async function checkSplit(
	files: readonly [images: NamedBlob, labels: NamedBlob],
	expected: Split,
): Promise<void> {
	for (const [i, { hex, bytes, sha256_unpacked }] of [
		expected.images_header,
		expected.labels_header,
	].entries()) {
		const { name, blob } = files[i]!;
		const content = new Uint8Array(await blob.arrayBuffer());
		expectEqual(content.length, bytes, `size of ${name}`);
		expectSha(content, sha256_unpacked, name);
		expectEqual(Buffer.from(content.subarray(0, hex.length / 2)).toString('hex'), hex, 'head');
	}
	const [stream] = await streamsOf(files, mnist);
	if (!stream) throw new Mismatch('the files were not read');
	const [count, height, width] = expected.images_header.dims;
	expectEqual([stream.expected, stream.size], [count, [height, width]], 'dimensions');
	const samples = await samplesOf(stream);
	for (const { index, label, sha256, ...figures } of expected.samples) {
		const { label: own, pixels } = samples[index]!;
		expectEqual(own, label, `label ${index}`);
		expectSha(pixels, sha256, `image ${index}`);
		expectEqual([...pixels.subarray(14 * 28, 15 * 28)], figures.row_14, `row 14 of ${index}`);
		const sum = pixels.reduce((total, value) => total + value, 0);
		const nonzero = pixels.filter((value) => value > 0).length;
		expectEqual([sum, nonzero], [figures.sum, figures.nonzero], `sums of ${index}`);
	}
	checkFigures(samples, 1, expected);
}
