/**
 * Oracle runner of transforms.json: every transform of LEMUR on four made pictures, with Pillow's
 * resize. Flips are forced on, as in the file. Tolerances are far below one step of a byte (0.004
 * before normalisation), so a single wrong byte at a sampled position fails.
 */
import * as v from 'valibot';
import { expectClose, expectEqual, expectError, Mismatch } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { findTransform, REFUSED, transformNamed } from './registry';
import { applySteps, outputSize, type TransformSpec } from './transform';
import type { Picture } from './resample';

const resultSchema = v.union([
	v.object({ error: v.string() }),
	v.object({
		shape: v.array(v.number()),
		values: v.array(v.number()),
		mean: v.number(),
		std: v.number(),
		min: v.number(),
		max: v.number(),
		dtype: v.optional(v.string()),
		imag_all_zero: v.optional(v.boolean()),
	}),
]);
const imageSchema = v.object({
	width: v.number(),
	height: v.number(),
	channels: v.number(),
	sum_of_all_values: v.number(),
});
type Image = v.InferOutput<typeof imageSchema>;
const format = v.object({
	seed: v.number(),
	images: v.record(v.string(), imageSchema),
	transforms: v.record(v.string(), v.record(v.string(), v.unknown())),
});

const CONSTANTS = {
	1: { mean: [0.1307], std: [0.3081] },
	3: { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
} as const;

/** The picture of the file's formula, H,W,C. */
function pictureOf({ width, height, channels }: Image, seed: number): Picture {
	const pixels = new Uint8Array(height * width * channels);
	let at = 0;
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++)
			for (let c = 0; c < channels; c++) {
				const block = 31 * ((Math.floor(x / 4) + Math.floor(y / 3) + c + seed) % 4);
				const wave = 3 * x + 5 * y + 70 * c + Math.floor((x * y) / 7);
				pixels[at++] = (wave + block + 17 * seed) % 256;
			}
	return { pixels, height, width, channels };
}

/** C,H,W as PyTorch has it, in single precision. */
function tensorOf({ pixels, height, width, channels }: Picture, normalise: boolean): Float32Array {
	const { mean, std } = channels === 1 ? CONSTANTS[1] : CONSTANTS[3];
	const values = new Float32Array(pixels.length);
	for (let i = 0; i < pixels.length; i++) {
		const channel = i % channels;
		const unit = Math.fround((pixels[i] ?? 0) / 255);
		const normal = (unit - (mean[channel] ?? 0)) / (std[channel] ?? 1);
		values[channel * height * width + Math.floor(i / channels)] = normalise ? normal : unit;
	}
	return values;
}

function checkNumbers(values: Float32Array, expected: v.InferOutput<typeof resultSchema>): void {
	if ('error' in expected) throw new Mismatch('an error was expected');
	const { length } = values;
	expected.values.forEach((one, k) => {
		const at = length <= 200 ? k : (7919 * k + 13) % length;
		expectClose(values[at] ?? NaN, one, { relative: 2e-6, absolute: 2e-6 }, `value ${at}`);
	});
	const mean = values.reduce((sum, one) => sum + one, 0) / length;
	const std = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / length);
	const near = { relative: 1e-6, absolute: 1e-6 };
	expectClose(mean, expected.mean, near, 'mean');
	expectClose(std, expected.std, near, 'std');
	const [low, high] = values.reduce(
		([a, b], one) => [Math.min(a, one), Math.max(b, one)] as const,
		[Infinity, -Infinity] as const,
	);
	expectClose(low, expected.min, near, 'min');
	expectClose(high, expected.max, near, 'max');
}

function check(spec: TransformSpec, picture: Picture, expected: unknown): void {
	const wanted = v.parse(resultSchema, expected);
	if ('error' in wanted) throw new Mismatch(`LEMUR fails here: ${wanted.error}`);
	const out = applySteps(spec, picture, () => true);
	expectEqual([out.channels, out.height, out.width], wanted.shape, 'shape');
	const size = outputSize(spec, [picture.height, picture.width]);
	expectEqual(size && [...size], wanted.shape.slice(1), 'foretold size');
	checkNumbers(tensorOf(out, spec.normalise), wanted);
	expectEqual(spec.complex, wanted.dtype === 'complex64', 'complex');
	if (spec.complex) expectEqual(wanted.imag_all_zero, true, 'imaginary part');
}

function* cases(json: unknown): Generator<OracleCase | SkippedCase> {
	const { seed, images, transforms } = v.parse(format, json);
	for (const [size, image] of Object.entries(images)) {
		const picture = pictureOf(image, seed);
		const run = () =>
			expectEqual(
				picture.pixels.reduce((sum, one) => sum + one, 0),
				image.sum_of_all_values,
			);
		yield { name: `picture ${size}`, run };
	}
	for (const [id, results] of Object.entries(transforms)) {
		const spec = findTransform(id);
		for (const [size, image] of Object.entries(images)) {
			const name = `${id} ${size}`;
			const expected = results[size];
			if (spec) {
				yield { name, run: () => check(spec, pictureOf(image, seed), expected) };
			} else if ('error' in Object(expected)) {
				yield { name, run: () => void expectError(() => transformNamed(id), 'a refusal') };
			} else {
				yield { name, skip: REFUSED.get(id) ?? 'There is no transform of this name here.' };
			}
		}
	}
}

const transforms: OracleFile = { area: 'nets', file: 'transforms.json', cases };
export const oracles = [transforms];
