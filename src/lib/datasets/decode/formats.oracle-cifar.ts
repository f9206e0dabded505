/** Cases of formats.json about CIFAR's binary files. */
import { gunzipSync } from 'fflate';
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, SkippedCase } from '../../../../scripts/oracles/types';
import { RpcError } from '../../worker/rpc-error';
import { cifar10 } from '../cifar-10';
import { cifar100 } from '../cifar-100';
import {
	checkFigures,
	expectSha,
	fileIn,
	integers,
	named,
	planesOf,
	samplesOf,
	streamsOf,
	type Sample,
} from './formats.oracle-figures';

const picture = v.looseObject({ sha256_planes: v.string(), sha256_interleaved: v.string() });
const batch = v.looseObject({
	bytes: v.number(),
	records: v.number(),
	sha256_unpacked: v.string(),
	label_histogram: integers,
	mean: integers,
	std_population: integers,
	samples: v.array(
		v.looseObject({
			...picture.entries,
			index: v.number(),
			label: v.number(),
			pixel_0_0_rgb: integers,
			pixel_row5_column7_rgb: integers,
			pixel_31_31_rgb: integers,
		}),
	),
});
export const binaryFormat = v.looseObject({ shared: v.record(v.string(), batch) });

const madeUpFile = { bytes: v.number(), sha256: v.string(), first_16_hex: v.string() };
export const madeUpFormat = v.looseObject({
	records: v.number(),
	cifar10: v.looseObject({
		...madeUpFile,
		label_values: integers,
		images: v.array(
			v.looseObject({
				...picture.entries,
				pixel_row1_column2_rgb: integers,
				pixel_31_31_rgb: integers,
			}),
		),
	}),
	cifar100: v.looseObject({ ...madeUpFile, coarse: integers, fine: integers }),
	truncated: v.array(v.looseObject({ what: v.string(), records: v.number(), rest: v.number() })),
});

const PIXELS = 3072;
const SIDE = 32;

/** Batches of the data folder, as they come: gzipped. */
export async function* binaryCases(
	{ shared }: v.InferOutput<typeof binaryFormat>,
	dataDir: string | null,
): AsyncIterable<OracleCase | SkippedCase> {
	for (const [file, expected] of Object.entries(shared)) {
		const name = `CIFAR-10 ${file}`;
		const bytes = dataDir && (await fileIn(dataDir, 'cifar-10', `${file}.bin.gz`));
		if (bytes) yield { name, run: () => checkBatch(`${file}.bin.gz`, bytes, expected) };
		else yield { name, skip: 'needs CIFAR-10 in the folder of data sets (DATA_DIR)' };
	}
}

async function checkBatch(
	file: string,
	packed: Uint8Array,
	expected: v.InferOutput<typeof batch>,
): Promise<void> {
	const bytes = gunzipSync(packed);
	expectEqual(bytes.length, expected.bytes, 'bytes');
	expectSha(bytes, expected.sha256_unpacked, file);
	const [stream] = await streamsOf([named(file, packed)], cifar10);
	if (!stream) throw new Mismatch('the file was not read');
	expectEqual(stream.expected, expected.records, 'records');
	const samples = await samplesOf(stream);
	for (const sample of expected.samples) {
		const own = samples[sample.index]!;
		expectEqual(own.label, sample.label, `label ${sample.index}`);
		checkPicture(own, sample);
		expectEqual(pixelAt(own, 0, 0), sample.pixel_0_0_rgb, 'pixel 0, 0');
		expectEqual(pixelAt(own, 5, 7), sample.pixel_row5_column7_rgb, 'pixel 5, 7');
		expectEqual(pixelAt(own, 31, 31), sample.pixel_31_31_rgb, 'pixel 31, 31');
	}
	checkFigures(samples, 3, expected);
}

function checkPicture(own: Sample, expected: v.InferOutput<typeof picture>): void {
	expectSha(own.pixels, expected.sha256_interleaved, 'the pixels');
	expectSha(planesOf(own, 3), expected.sha256_planes, 'the planes');
}

function pixelAt({ pixels }: Sample, row: number, column: number): number[] {
	const at = (row * SIDE + column) * 3;
	return [...pixels.subarray(at, at + 3)];
}

/** Bytes of the file that the oracle describes by formula. */
function madeUp(records: number, labels: (record: number) => readonly number[]): Uint8Array {
	const parts = Array.from({ length: records }, (_, r) => [
		...labels(r),
		...Array.from({ length: PIXELS }, (_, p) => (7 * p + 13 * r + Math.floor(p / 32)) % 256),
	]);
	return Uint8Array.from(parts.flat());
}

export function* madeUpCases({
	records,
	cifar10: ten,
	cifar100: hundred,
	truncated,
}: v.InferOutput<typeof madeUpFormat>): Iterable<OracleCase> {
	const bytes = madeUp(records, (r) => [(3 * r + 1) % 10]);
	yield {
		name: 'made-up CIFAR-10',
		async run() {
			checkFile(bytes, ten);
			const [stream] = await streamsOf([named('test_batch.bin', bytes)], cifar10);
			const samples = await samplesOf(stream!);
			expectEqual(labelsOf(samples), ten.label_values, 'labels');
			for (const [i, expected] of ten.images.entries()) {
				checkPicture(samples[i]!, expected);
				expectEqual(pixelAt(samples[i]!, 1, 2), expected.pixel_row1_column2_rgb, 'pixel 1, 2');
				expectEqual(pixelAt(samples[i]!, 31, 31), expected.pixel_31_31_rgb, 'pixel 31, 31');
			}
		},
	};
	yield {
		name: 'made-up CIFAR-100',
		async run() {
			const file = madeUp(records, (r) => [(5 * r + 2) % 20, (17 * r + 41) % 100]);
			checkFile(file, hundred);
			const coarse = hundred.coarse.map((_, r) => file[r * (PIXELS + 2)]);
			expectEqual(coarse, hundred.coarse, 'coarse labels');
			const [stream] = await streamsOf([named('test.bin', file)], cifar100);
			expectEqual(labelsOf(await samplesOf(stream!)), hundred.fine, 'fine labels');
		},
	};
	for (const { what, records: whole, rest } of truncated)
		yield {
			name: what,
			run: () => checkCut(bytes.subarray(0, whole * (PIXELS + 1) + rest), whole, rest),
		};
}

function checkFile(
	bytes: Uint8Array,
	expected: { bytes: number; sha256: string; first_16_hex: string },
): void {
	expectEqual(bytes.length, expected.bytes, 'bytes');
	expectSha(bytes, expected.sha256, 'the file');
	expectEqual(Buffer.from(bytes.subarray(0, 16)).toString('hex'), expected.first_16_hex, 'head');
}

function labelsOf(samples: readonly Sample[]): number[] {
	return samples.map(({ label }) => label);
}

/** A file that ends between records is read, any other is refused. */
async function checkCut(bytes: Uint8Array, records: number, rest: number): Promise<void> {
	const read = await streamsOf([named('test_batch.bin', bytes)], cifar10).then(
		([stream]) => stream!.expected,
		(error: unknown) => error,
	);
	if (rest === 0) expectEqual(read, records, 'records');
	else if (!(read instanceof RpcError)) throw new Mismatch('it was not refused in words');
}
