/**
 * Reads single files of a Python wheel (a zip archive) for oracles that name wheel files by hash.
 *
 * Holds the compressed archive in memory; entries are inflated one at a time.
 */
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'fflate';
import type { Wheel } from './types';

interface Entry {
	/** Offset of the local header. */
	header: number;
	compressedSize: number;
	isDeflated: boolean;
}

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;

/** Open a wheel; `null` when there is no such file. @throws RangeError when it is no zip archive. */
export async function openWheel(path: string): Promise<Wheel | null> {
	const bytes = await readFile(path).catch(() => null);
	if (!bytes) return null;
	const entries = readDirectory(bytes);
	return {
		names: [...entries.keys()],
		read(name) {
			const entry = entries.get(name);
			if (!entry) return Promise.reject(new RangeError(`The wheel has no file ${name}.`));
			return Promise.resolve(extract(bytes, entry));
		},
	};
}

function readDirectory(zip: Buffer): Map<string, Entry> {
	let end = zip.length - END_SIZE;
	while (end >= 0 && zip.readUInt32LE(end) !== END_SIGNATURE) end--;
	if (end < 0) throw new RangeError('The wheel is not a zip archive.');
	const entries = new Map<string, Entry>();
	let at = endOffset(zip, end);
	const stop = end;
	while (at < stop && zip.readUInt32LE(at) === 0x02014b50) {
		const nameLength = zip.readUInt16LE(at + 28);
		const name = zip.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
		entries.set(name, {
			header: zip.readUInt32LE(at + 42),
			compressedSize: zip.readUInt32LE(at + 20),
			isDeflated: zip.readUInt16LE(at + 10) === 8,
		});
		at += CENTRAL_SIZE + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	return entries;
}

/** Start of the central directory; archives of over 65,535 files keep it in a zip64 record. */
function endOffset(zip: Buffer, end: number): number {
	const offset = zip.readUInt32LE(end + 16);
	if (offset !== 0xffffffff && zip.readUInt16LE(end + 10) !== 0xffff) return offset;
	const locator = end - 20;
	if (locator < 0 || zip.readUInt32LE(locator) !== 0x07064b50) return offset;
	const record = Number(zip.readBigUInt64LE(locator + 8));
	return Number(zip.readBigUInt64LE(record + 48));
}

function extract(zip: Buffer, { header, compressedSize, isDeflated }: Entry): Uint8Array {
	const start = header + LOCAL_SIZE + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
	const stored = zip.subarray(start, start + compressedSize);
	return isDeflated ? inflateSync(stored) : stored;
}
