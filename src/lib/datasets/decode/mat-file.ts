/**
 * The container of MATLAB 5: a head of 128 bytes, then variables, mostly deflated. Reads arrays of
 * numbers by name; structures, cells and the like are passed over. What the arrays mean is the
 * caller's matter. Source: MathWorks, "MAT-File Format", version 5.
 */
import { RpcError } from '../../worker/rpc-error';
import { badFile } from '../errors';
import { ByteReader } from './byte-reader';
import { bytesOf, type NamedBlob } from './stream';

/** An array of numbers in a file. */
export interface MatVariable {
	readonly dims: readonly number[];
	/** the format's number of how values are stored; 2: unsigned bytes */
	readonly dataType: number;
	/** The values' bytes from their beginning, the first index fastest. */
	open(): Promise<ByteReader>;
	/** All of them. */
	numbers(): Promise<number[]>;
}

const HEAD = 128;
const MATRIX = 14;
const COMPRESSED = 15;
/** double to uint64: the classes of plain arrays */
const [FIRST_NUMERIC, LAST_NUMERIC] = [6, 15];
/** of names and dimensions */
const MOST_HEAD = 4_096;
/** elements of an array that is read as numbers */
const MOST_NUMBERS = 10_000_000;

type Reader = (view: DataView, at: number, little: boolean) => number;
/** by the format's number: bytes of a value, and how it is read */
const TYPES: ReadonlyMap<number, readonly [bytes: number, read: Reader]> = new Map([
	[1, [1, (view, at) => view.getInt8(at)]],
	[2, [1, (view, at) => view.getUint8(at)]],
	[3, [2, (view, at, little) => view.getInt16(at, little)]],
	[4, [2, (view, at, little) => view.getUint16(at, little)]],
	[5, [4, (view, at, little) => view.getInt32(at, little)]],
	[6, [4, (view, at, little) => view.getUint32(at, little)]],
	[7, [4, (view, at, little) => view.getFloat32(at, little)]],
	[9, [8, (view, at, little) => view.getFloat64(at, little)]],
]);

interface Tag {
	readonly type: number;
	readonly bytes: number;
	/** the values, where they are so few that they lie in the tag */
	readonly small?: Uint8Array;
}

/** An element of the file: where it lies. */
interface Element {
	readonly type: number;
	readonly from: number;
	readonly to: number;
}

/** @returns the arrays of numbers in a file @throws RpcError DATASET_FILE for one that is cut or damaged */
export async function matVariables(file: NamedBlob): Promise<ReadonlyMap<string, MatVariable>> {
	try {
		const little = await isLittle(file);
		const found = new Map<string, MatVariable>();
		for (const element of await elementsOf(file, little)) {
			const variable = await variableOf(file, element, little);
			if (variable) found.set(...variable);
		}
		return found;
	} catch (error) {
		throw error instanceof RpcError ? error : badFile(file.name, 'it is cut or damaged', error);
	}
}

async function isLittle(file: NamedBlob): Promise<boolean> {
	const mark = new TextDecoder('latin1').decode(await bytesOf(file.blob, HEAD - 2, HEAD));
	if (mark === 'IM') return true;
	if (mark === 'MI') return false;
	throw badFile(file.name, 'its head is damaged: the order of bytes is not told');
}

async function elementsOf(file: NamedBlob, little: boolean): Promise<Element[]> {
	const elements: Element[] = [];
	for (let at = HEAD; at < file.blob.size;) {
		const { type, bytes } = tagIn(await bytesOf(file.blob, at, at + 8), little);
		const to = at + 8 + bytes;
		if (to > file.blob.size) throw badFile(file.name, 'it ends too early');
		if (type === MATRIX || type === COMPRESSED) elements.push({ type, from: at, to });
		at = to;
	}
	return elements;
}

function tagIn(bytes: Uint8Array, little: boolean): Tag {
	const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
	const first = view.getUint32(0, little);
	const count = first >>> 16;
	if (count === 0) return { type: first, bytes: view.getUint32(4, little) };
	return { type: first & 0xffff, bytes: count, small: bytes.subarray(4, 4 + count) };
}

/** A variable's bytes, inflated: from its own tag on. */
function contentOf({ blob }: NamedBlob, { type, from, to }: Element): ByteReader {
	if (type === MATRIX) return new ByteReader(blob.slice(from, to).stream());
	const packed = blob.slice(from + 8, to).stream();
	return new ByteReader(packed.pipeThrough(new DecompressionStream('deflate')));
}

interface Opened {
	readonly name: string;
	readonly dims: readonly number[];
	readonly data: Tag;
	/** stands at the values */
	readonly reader: ByteReader;
}

/** @returns undefined for what is no array of numbers */
async function openVariable(
	file: NamedBlob,
	element: Element,
	little: boolean,
): Promise<Opened | undefined> {
	const reader = contentOf(file, element);
	try {
		await reader.skip(8);
		const flags = await part(reader, little);
		const kind = new DataView(flags.buffer, flags.byteOffset).getUint32(0, little) & 0xff;
		if (kind < FIRST_NUMERIC || kind > LAST_NUMERIC) return void reader.close();
		const sizes = await part(reader, little);
		const view = new DataView(sizes.buffer, sizes.byteOffset, sizes.length);
		const dims = Array.from({ length: sizes.length >> 2 }, (_, i) => view.getInt32(4 * i, little));
		const name = new TextDecoder('latin1').decode(await part(reader, little));
		const data = tagIn(await reader.read(8), little);
		const values = dims.reduce((product, one) => product * one, 1);
		if (values * (TYPES.get(data.type)?.[0] ?? NaN) !== data.bytes || dims.some((one) => one < 0))
			throw badFile(file.name, `the head of ${name} does not fit its values`);
		return { name, dims, data, reader };
	} catch (error) {
		reader.close();
		throw error;
	}
}

/** A short part of a variable's head; parts end at multiples of 8 bytes. */
async function part(reader: ByteReader, little: boolean): Promise<Uint8Array> {
	const { bytes, small } = tagIn(await reader.read(8), little);
	if (small) return small.slice();
	if (bytes > MOST_HEAD) throw new RangeError('a head is longer than any');
	const values = await reader.read(bytes);
	await reader.skip((8 - (bytes % 8)) % 8);
	return values;
}

async function variableOf(
	file: NamedBlob,
	element: Element,
	little: boolean,
): Promise<[string, MatVariable] | undefined> {
	const first = await openVariable(file, element, little);
	if (!first) return undefined;
	first.reader.close();
	const { name, dims, data } = first;
	const open = async () => {
		if (data.small) return new ByteReader(new Blob([data.small.slice()]).stream());
		const again = await openVariable(file, element, little);
		if (!again) throw badFile(file.name, 'it has changed while it was read');
		return again.reader;
	};
	const numbers = async () => {
		const [size, read] = TYPES.get(data.type)!;
		const count = data.bytes / size;
		if (count > MOST_NUMBERS) throw badFile(file.name, `${name} has more values than any labels`);
		const reader = await open();
		const bytes = await reader.read(data.bytes).finally(() => reader.close());
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		return Array.from({ length: count }, (_, i) => read(view, i * size, little));
	};
	return [name, { dims, dataType: data.type, open, numbers }];
}
