/**
 * Reads a zip file entry by entry: sizes are capped, and every entry's size and CRC32 are checked.
 * It unpacks nothing to disk, so names are only names. Zip64 directories are read (a wheel has more
 * than 65,535 entries); encrypted and multi-disk files are refused.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';

/** One file of the archive. `size` and `packedSize` in bytes, as the directory declares them. */
export interface ZipEntry {
	readonly name: string;
	readonly method: number;
	readonly crc: number;
	readonly packedSize: number;
	readonly size: number;
	readonly offset: number;
	/** ISO date of the file */
	readonly date: string;
}

export interface Zip {
	/** in the directory's order */
	readonly entries: readonly ZipEntry[];
	/** The bytes of an entry. @throws ZipError when they are not what the directory says */
	read(entry: ZipEntry): Uint8Array;
	close(): void;
}

/** What is wrong with the archive; the message names the file. */
export class ZipError extends Error {
	override readonly name = 'ZipError';
}

export interface ZipLimits {
	/** largest inflated size of one entry, bytes */
	readonly entryBytes?: number;
	/** largest directory, bytes */
	readonly directoryBytes?: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LOCATOR_SIZE = 20;
const LONGEST_COMMENT = 0xffff;
const IN_ZIP64 = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

type ReadAt = (offset: number, length: number) => Buffer;

/**
 * @throws ZipError when the file is missing, truncated or no zip file
 */
export function openZip(path: string, limits: ZipLimits = {}): Zip {
	const { entryBytes = 64 * 2 ** 20, directoryBytes = 256 * 2 ** 20 } = limits;
	const file = openFile(path);
	const { size } = fstatSync(file);
	const readAt: ReadAt = (offset, length) => {
		const buffer = Buffer.alloc(length);
		const read =
			offset >= 0 && offset + length <= size && readSync(file, buffer, 0, length, offset);
		if (read !== length) throw new ZipError(`${path} is cut short: download it again.`);
		return buffer;
	};
	try {
		const entries = readDirectory(path, size, readAt, directoryBytes);
		return {
			entries,
			read: (entry) => readEntry(path, entry, readAt, entryBytes),
			close: () => closeSync(file),
		};
	} catch (error) {
		closeSync(file);
		throw error;
	}
}

function openFile(path: string): number {
	try {
		return openSync(path, 'r');
	} catch (cause) {
		throw new ZipError(`${path} cannot be opened: is the path right?`, { cause });
	}
}

function readDirectory(path: string, size: number, readAt: ReadAt, cap: number): ZipEntry[] {
	const { count, length, offset } = readEnd(path, size, readAt);
	if (length > cap) throw new ZipError(`${path} has a directory of ${length} bytes: too large.`);
	const directory = readAt(offset, length);
	const entries: ZipEntry[] = [];
	const names = new Set<string>();
	let at = 0;
	while (at < length) {
		const { entry, next } = readCentral(path, directory, at);
		if (names.has(entry.name)) throw new ZipError(`${path} holds ${entry.name} twice.`);
		names.add(entry.name);
		entries.push(entry);
		at = next;
	}
	if (entries.length !== count) throw damaged(path);
	return entries;
}

function readEnd(path: string, size: number, readAt: ReadAt) {
	const tailSize = Math.min(size, END_SIZE + LONGEST_COMMENT);
	const tail = readAt(size - tailSize, tailSize);
	for (let at = tailSize - END_SIZE; at >= 0; at--) {
		if (tail.readUInt32LE(at) !== END) continue;
		if (at + END_SIZE + tail.readUInt16LE(at + 20) !== tailSize) continue;
		const end = {
			count: tail.readUInt16LE(at + 10),
			length: tail.readUInt32LE(at + 12),
			offset: tail.readUInt32LE(at + 16),
		};
		const locator = size - tailSize + at - LOCATOR_SIZE;
		return readEnd64(path, locator, readAt) ?? end;
	}
	throw new ZipError(`${path} is no zip file, or its end is missing: download it again.`);
}

function readEnd64(path: string, at: number, readAt: ReadAt) {
	if (at < 0) return null;
	const locator = readAt(at, LOCATOR_SIZE);
	if (locator.readUInt32LE(0) !== LOCATOR_64) return null;
	const end = readAt(Number(locator.readBigUInt64LE(8)), 56);
	if (end.readUInt32LE(0) !== END_64) throw damaged(path);
	return {
		count: Number(end.readBigUInt64LE(32)),
		length: Number(end.readBigUInt64LE(40)),
		offset: Number(end.readBigUInt64LE(48)),
	};
}

/** A directory record; sizes beyond 4 GiB are refused, so its zip64 extra field is never needed. */
function readCentral(path: string, directory: Buffer, at: number) {
	if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw damaged(path);
	const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
	const next = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
	if (next > directory.length) throw damaged(path);
	const entry: ZipEntry = {
		name: directory.toString('utf8', at + 46, nameEnd),
		method: directory.readUInt16LE(at + 10),
		crc: directory.readUInt32LE(at + 16),
		packedSize: directory.readUInt32LE(at + 20),
		size: directory.readUInt32LE(at + 24),
		offset: directory.readUInt32LE(at + 42),
		date: dosDate(directory.readUInt16LE(at + 14)),
	};
	if (directory.readUInt16LE(at + 8) & ENCRYPTED)
		throw new ZipError(`${path}: ${entry.name} is encrypted.`);
	if ([entry.packedSize, entry.size, entry.offset].includes(IN_ZIP64))
		throw new ZipError(`${path}: ${entry.name} lies beyond 4 GiB.`);
	return { entry, next };
}

function dosDate(bits: number): string {
	const parts = [1980 + (bits >> 9), (bits >> 5) & 15, bits & 31];
	return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function readEntry(path: string, entry: ZipEntry, readAt: ReadAt, cap: number): Uint8Array {
	if (entry.size > cap)
		throw new ZipError(`${path}: ${entry.name} says ${entry.size} bytes; the limit is ${cap}.`);
	const header = readAt(entry.offset, 30);
	if (header.readUInt32LE(0) !== LOCAL) throw damaged(path, entry);
	const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
	const bytes = unpack(path, entry, readAt(start, entry.packedSize));
	if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw damaged(path, entry);
	return bytes;
}

function unpack(path: string, entry: ZipEntry, packed: Buffer): Uint8Array {
	if (entry.method === STORED) return packed;
	if (entry.method !== DEFLATED)
		throw new ZipError(`${path}: ${entry.name} is packed by method ${entry.method}, not deflate.`);
	try {
		// One byte more than declared, so that a longer entry shows as one.
		return inflateRawSync(packed, { maxOutputLength: entry.size + 1 });
	} catch (cause) {
		throw damaged(path, entry, cause);
	}
}

function damaged(path: string, entry?: ZipEntry, cause?: unknown): ZipError {
	const where = entry ? `${path}: ${entry.name}` : `${path}: the list of its files`;
	return new ZipError(`${where} is damaged: download the file again.`, { cause });
}
