/**
 * Weights as a safetensors file: a length, a JSON header, and the values one after another. Names and
 * shapes are PyTorch's, so that `load_state_dict(load_file(path))` takes what is written here. It knows
 * no net: whether a state fits is `Module.loadStateDict`'s matter.
 */
import * as v from 'valibot';
import type { StateDict } from '../nn/module';

/** Of the header, bytes; the format's own limit. */
const LONGEST_HEADER = 100_000_000;
const LENGTH_BYTES = 8;
const METADATA = '__metadata__';
/** PyTorch counts batches in whole numbers; everything else of a net is single precision. */
const COUNTER = /(^|\.)num_batches_tracked$/;
const BYTES = { F32: 4, I64: 8 } as const;
type DType = keyof typeof BYTES;

/** Texts beside the tensors. `format: 'pt'` is what PyTorch's readers look for. */
export type Metadata = Readonly<Record<string, string>>;

/** What a safetensors file holds. */
export interface SafetensorsFile {
	/** whole numbers become single precision: exact up to 2^24 */
	readonly tensors: StateDict;
	readonly metadata: ReadonlyMap<string, string>;
}

/** A file or a state that is not what the format allows; says what and where. */
export class SafetensorsError extends Error {
	override readonly name = 'SafetensorsError';
}

/**
 * The file in pieces, for a Blob: header and values, without a copy of those that are in memory.
 * @throws SafetensorsError when a tensor's shape and values do not agree
 */
export function safetensorsParts(
	state: StateDict,
	metadata: Metadata = {},
): Uint8Array<ArrayBuffer>[] {
	const header = new Map<string, unknown>([[METADATA, { format: 'pt', ...metadata }]]);
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let offset = 0;
	for (const [name, { shape, values }] of widestFirst(state)) {
		if (name === METADATA) throw new SafetensorsError(`No tensor can have the name ${METADATA}.`);
		if (sizeOf(shape) !== values.length)
			throw new SafetensorsError(
				`The tensor '${name}' of shape (${shape.join(', ')}) has ${values.length} values.`,
			);
		const dtype = dtypeOf(name);
		const bytes = bytesOf(values, dtype);
		header.set(name, { dtype, shape, data_offsets: [offset, offset + bytes.length] });
		parts.push(bytes);
		offset += bytes.length;
	}
	return [headerBytes(header), ...parts];
}

/** The file as one piece. @throws SafetensorsError as {@link safetensorsParts} */
export function writeSafetensors(state: StateDict, metadata?: Metadata): Uint8Array<ArrayBuffer> {
	const parts = safetensorsParts(state, metadata);
	const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		file.set(part, at);
		at += part.length;
	}
	return file;
}

/** Counters in front, so that every tensor lies at a multiple of its element's size. */
function widestFirst(
	state: StateDict,
): [string, { shape: readonly number[]; values: Float32Array }][] {
	return [...state].sort(([a], [b]) => BYTES[dtypeOf(b)] - BYTES[dtypeOf(a)]);
}

function dtypeOf(name: string): DType {
	return COUNTER.test(name) ? 'I64' : 'F32';
}

/** Little-endian, as every browser's typed arrays are. */
function bytesOf(values: Float32Array, dtype: DType): Uint8Array<ArrayBuffer> {
	if (dtype === 'I64')
		return new Uint8Array(BigInt64Array.from(values, (value) => BigInt(Math.round(value))).buffer);
	const { buffer, byteOffset, byteLength } = values;
	return buffer instanceof ArrayBuffer
		? new Uint8Array(buffer, byteOffset, byteLength)
		: new Uint8Array(Float32Array.from(values).buffer);
}

/** Length and JSON, padded with spaces so that the values begin at a multiple of 8. */
function headerBytes(header: ReadonlyMap<string, unknown>): Uint8Array<ArrayBuffer> {
	const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
	const length = Math.ceil(json.length / LENGTH_BYTES) * LENGTH_BYTES;
	const bytes = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
	bytes.set(json, LENGTH_BYTES);
	return bytes;
}

/**
 * Reads a file whole. Every byte must belong to exactly one tensor.
 * @throws SafetensorsError for what is no such file, is cut off, or holds other types than F32 and I64
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
	const length = headerLength(bytes);
	const header = parseHeader(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
	const data = bytes.subarray(LENGTH_BYTES + length);
	const entries = [...header.tensors].sort(([, { data_offsets: a }], [, { data_offsets: b }]) => {
		return a[0] - b[0] || a[1] - b[1];
	});
	let end = 0;
	for (const [name, { data_offsets }] of entries) {
		if (data_offsets[0] !== end)
			throw new SafetensorsError(`Before the tensor '${name}' there is a gap or an overlap.`);
		end = data_offsets[1];
	}
	if (end > data.length)
		throw new SafetensorsError(
			`The file is cut off: its tensors need ${end} bytes, and ${data.length} are there. Download it again.`,
		);
	if (end < data.length)
		throw new SafetensorsError(`Behind the last tensor there are ${data.length - end} more bytes.`);
	const tensors: StateDict = new Map(
		[...header.tensors].map(([name, entry]) => [name, tensorOf(entry, data)]),
	);
	return { tensors, metadata: header.metadata };
}

function headerLength(bytes: Uint8Array): number {
	if (bytes.length < LENGTH_BYTES) throw notOne('it is shorter than 8 bytes');
	const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
	const length = view.getBigUint64(0, true);
	if (length > LONGEST_HEADER) throw notOne('its header would be longer than 100 MB');
	if (Number(length) > bytes.length - LENGTH_BYTES)
		throw notOne('its header would be longer than the file, or the file is cut off');
	if (bytes[LENGTH_BYTES] !== '{'.charCodeAt(0)) throw notOne('its header is not JSON');
	return Number(length);
}

function notOne(reason: string): SafetensorsError {
	return new SafetensorsError(
		`This is not a safetensors file: ${reason}. PyTorch's .pt and .pth files must be saved with safetensors.torch.save_file first.`,
	);
}

const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.object({
	dtype: v.string(),
	shape: v.array(offset),
	data_offsets: v.tuple([offset, offset]),
});
type Entry = v.InferOutput<typeof entrySchema>;

interface Header {
	readonly tensors: Map<string, Entry>;
	readonly metadata: ReadonlyMap<string, string>;
}

function parseHeader(bytes: Uint8Array): Header {
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw notOne('its header is not JSON');
	}
	const entries = Object.entries(Object(json));
	const described = entries.filter(([name]) => name !== METADATA);
	return {
		tensors: new Map(described.map(([name, value]) => [name, entryOf(name, value)])),
		metadata: metadataOf(entries.find(([name]) => name === METADATA)?.[1]),
	};
}

function metadataOf(value: unknown): ReadonlyMap<string, string> {
	const metadata = new Map<string, string>();
	for (const [name, text] of Object.entries(Object(value))) {
		if (typeof text !== 'string')
			throw new SafetensorsError('The header’s metadata must be texts.');
		metadata.set(name, text);
	}
	return metadata;
}

function entryOf(name: string, value: unknown): Entry {
	const parsed = v.safeParse(entrySchema, value);
	if (!parsed.success)
		throw new SafetensorsError(
			`The header's entry of '${name}' is wrong: it needs dtype, shape and data_offsets.`,
		);
	const { dtype, shape, data_offsets } = parsed.output;
	if (!isDType(dtype))
		throw new SafetensorsError(
			`The tensor '${name}' holds ${dtype} values; this page reads F32 and I64. In PyTorch, .float() makes F32 of them.`,
		);
	const [start, end] = data_offsets;
	if (end - start !== sizeOf(shape) * BYTES[dtype])
		throw new SafetensorsError(
			`The tensor '${name}' of shape (${shape.join(', ')}) cannot have ${end - start} bytes of ${dtype}.`,
		);
	return parsed.output;
}

function isDType(dtype: string): dtype is DType {
	return Object.hasOwn(BYTES, dtype);
}

function tensorOf(
	{ dtype, shape, data_offsets: [start, end] }: Entry,
	data: Uint8Array,
): { shape: readonly number[]; values: Float32Array } {
	// A copy, since a header of any length leaves the values at any address.
	const { buffer } = Uint8Array.from(data.subarray(start, end));
	const values =
		dtype === 'I64'
			? Float32Array.from(new BigInt64Array(buffer), Number)
			: new Float32Array(buffer);
	return { shape, values };
}

function sizeOf(shape: readonly number[]): number {
	return shape.reduce((product, n) => product * n, 1);
}
