import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	readSafetensors,
	SafetensorsError,
	safetensorsParts,
	writeSafetensors,
} from './safetensors';

const tensor = fc.array(fc.nat(3), { maxLength: 4 }).chain((shape) =>
	fc
		.array(fc.float(), {
			minLength: shape.reduce((size, n) => size * n, 1),
			maxLength: shape.reduce((size, n) => size * n, 1),
		})
		.map((values) => ({ shape, values: Float32Array.from(values) })),
);
const counter = fc.nat(2 ** 24).map((n) => ({ shape: [], values: Float32Array.of(n) }));
const state = fc
	.tuple(
		fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), tensor), { maxLength: 8 }),
		fc.array(fc.tuple(fc.constantFrom('bn1', 'layer.0.bn'), counter), { maxLength: 2 }),
	)
	.map(
		([tensors, counters]) =>
			new Map([
				...counters.map(([name, one]) => [`${name}.num_batches_tracked`, one] as const),
				...tensors.filter(([name]) => !name.endsWith('num_batches_tracked')),
			]),
	);

/** A file of this header and so many bytes of values. */
function fileOf(header: unknown, size = 0, length?: number): Uint8Array {
	const json = new TextEncoder().encode(
		typeof header === 'string' ? header : JSON.stringify(header),
	);
	const bytes = new Uint8Array(8 + json.length + size);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? json.length), true);
	bytes.set(json, 8);
	return bytes;
}

const four = (offsets: readonly number[]) => ({ dtype: 'F32', shape: [1], data_offsets: offsets });

describe('safetensors', () => {
	it('reads back bit by bit what it wrote', () => {
		fc.assert(
			fc.property(state, fc.dictionary(fc.string(), fc.string()), (given, metadata) => {
				const read = readSafetensors(writeSafetensors(given, metadata));
				expect(read.tensors).toEqual(given);
				const { format, ...own } = { format: 'pt', ...metadata };
				expect(Object.fromEntries(read.metadata)).toEqual({ format, ...own });
			}),
		);
	});

	it('is the file that the format describes', () => {
		const values = Float32Array.of(1, -2);
		const bytes = writeSafetensors(
			new Map([
				['fc.weight', { shape: [1, 2], values }],
				['bn.num_batches_tracked', { shape: [], values: Float32Array.of(3) }],
			]),
		);
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		expect(length % 8).toBe(0);
		expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
			__metadata__: { format: 'pt' },
			'bn.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] },
			'fc.weight': { dtype: 'F32', shape: [1, 2], data_offsets: [8, 16] },
		});
		expect([...bytes.subarray(8 + length)]).toEqual([
			...[3, 0, 0, 0, 0, 0, 0, 0],
			...[0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0],
		]);
	});

	it('does not copy values into its parts', () => {
		const values = Float32Array.of(1, 2, 3).subarray(1);
		const [, part] = safetensorsParts(new Map([['w', { shape: [2], values }]]));
		expect(part!.buffer).toBe(values.buffer);
		expect(part!.length).toBe(8);
	});

	it('takes a header of any length and order, from the middle of a buffer', () => {
		const file = fileOf({ b: four([4, 8]), a: four([0, 4]) }, 8);
		new DataView(file.buffer).setFloat32(file.length - 4, 7, true);
		const shifted = new Uint8Array(file.length + 3);
		shifted.set(file, 3);
		const { tensors } = readSafetensors(shifted.subarray(3));
		expect([...tensors.keys()]).toEqual(['b', 'a']);
		expect(tensors.get('b')!.values[0]).toBe(7);
	});

	it.each<[string, Uint8Array, string]>([
		['nothing', new Uint8Array(), 'shorter than 8 bytes'],
		['a zip file', new TextEncoder().encode('PK\x03\x04 and so on …'), 'not a safetensors file'],
		['a huge header', fileOf('{}', 0, 100_000_001), 'longer than 100 MB'],
		['a header beyond the file', fileOf('{}', 0, 3), 'longer than the file'],
		['a list', fileOf('[]'), 'header is not JSON'],
		['half a header', fileOf('{"a":'), 'header is not JSON'],
		['no UTF-8', fileOf('{"a": 1}').fill(0xff, 10, 12), 'header is not JSON'],
		['metadata of numbers', fileOf({ __metadata__: { a: 1 } }), 'metadata must be texts'],
		['an entry without shape', fileOf({ a: { dtype: 'F32' } }), "entry of 'a'"],
		['a fraction', fileOf({ a: { ...four([0, 4]), shape: [1.5] } }), "entry of 'a'"],
		['half precision', fileOf({ a: { ...four([0, 2]), dtype: 'F16' } }, 2), 'holds F16 values'],
		[
			'a type from the prototype',
			fileOf({ a: { ...four([0, 4]), dtype: 'toString' } }),
			'reads F32',
		],
		['another size', fileOf({ a: four([0, 8]) }, 8), 'cannot have 8 bytes'],
		['turned offsets', fileOf({ a: four([4, 0]) }, 4), 'cannot have -4 bytes'],
		['a gap', fileOf({ a: four([0, 4]), b: four([8, 12]) }, 12), "Before the tensor 'b'"],
		['an overlap', fileOf({ a: four([0, 4]), b: four([0, 4]) }, 4), 'gap or an overlap'],
		['a cut', fileOf({ a: four([0, 4]) }, 3), 'cut off'],
		['surplus', fileOf({ a: four([0, 4]) }, 5), '1 more bytes'],
	])('refuses %s in words', (_, bytes, words) => {
		expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
		expect(() => readSafetensors(bytes)).toThrow(words);
	});

	it('does not write what could not be read', () => {
		const values = Float32Array.of(1);
		expect(() => writeSafetensors(new Map([['w', { shape: [2], values }]]))).toThrow(
			"'w' of shape (2) has 1 values",
		);
		expect(() => writeSafetensors(new Map([['__metadata__', { shape: [1], values }]]))).toThrow(
			SafetensorsError,
		);
	});
});
