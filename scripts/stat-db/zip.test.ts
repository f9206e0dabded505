import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { openZip, ZipError } from './zip';

const folder = mkdtempSync(join(tmpdir(), 'zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = 'one text that repeats, one text that repeats';
const SOUND = zipSync({ 'a/one.txt': strToU8(TEXT), 'two.txt': [strToU8('2'), { level: 0 }] });

function file(bytes: Uint8Array): string {
	const path = join(folder, 'file.zip');
	writeFileSync(path, bytes);
	return path;
}

/** Every entry's text; the file is closed. */
function readAll(bytes: Uint8Array, limits = {}): Record<string, string> {
	const zip = openZip(file(bytes), limits);
	try {
		return Object.fromEntries(
			zip.entries.map((entry) => [entry.name, new TextDecoder().decode(zip.read(entry))]),
		);
	} finally {
		zip.close();
	}
}

/** The first entry's record in the directory. */
function directoryOf(bytes: Uint8Array): number {
	return Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
}

function patched(at: number, value: number): Uint8Array {
	const bytes = Buffer.from(SOUND);
	bytes.writeUInt32LE(value, directoryOf(SOUND) + at);
	return bytes;
}

describe('openZip()', () => {
	it('reads packed and stored entries', () => {
		expect(readAll(SOUND)).toEqual({ 'a/one.txt': TEXT, 'two.txt': '2' });
	});

	it('refuses a wrong CRC, a size that lies either way, an unknown method, encryption', () => {
		expect(() => readAll(patched(16, 1))).toThrow('a/one.txt is damaged');
		expect(() => readAll(patched(24, TEXT.length - 1))).toThrow('a/one.txt is damaged');
		expect(() => readAll(patched(24, TEXT.length + 1))).toThrow('a/one.txt is damaged');
		expect(() => readAll(patched(10, 12))).toThrow('method 12');
		expect(() => readAll(patched(8, 1))).toThrow('encrypted');
	});

	it('refuses entries beyond the limit without unpacking them', () => {
		expect(() => readAll(patched(24, 0x7fffffff))).toThrow('the limit is');
		expect(() => readAll(SOUND, { entryBytes: 10 })).toThrow('the limit is 10');
		expect(() => readAll(SOUND, { directoryBytes: 10 })).toThrow('too large');
	});

	it('tells a missing file from one that is no zip or is cut short', () => {
		expect(() => openZip(join(folder, 'none.zip'))).toThrow('cannot be opened');
		expect(() => readAll(strToU8('no zip file at all, only text'))).toThrow('is no zip file');
		expect(() => readAll(SOUND.subarray(0, SOUND.length - 30))).toThrow('is no zip file');
		expect(() => readAll(SOUND.subarray(SOUND.length - 22))).toThrow('cut short');
	});

	it('never gives changed bytes for a flipped bit', () => {
		const expected = readAll(SOUND);
		fc.assert(
			fc.property(fc.nat(SOUND.length * 8 - 1), (bit) => {
				const bytes = SOUND.slice();
				bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
				let texts: string[];
				try {
					texts = Object.values(readAll(bytes));
				} catch (error) {
					expect(error).toBeInstanceOf(ZipError);
					return;
				}
				expect(texts).toEqual(Object.values(expected));
			}),
			{ numRuns: 500 },
		);
	});
});
