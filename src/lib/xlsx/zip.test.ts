import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bytesOf } from './testing';
import { ZipFile } from './zip';

const date = new Date(2026, 0, 2, 3, 4, 6);
/** Of a local header: flags, method, time and date. */
const head = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset);

describe('ZipFile', () => {
	it('holds its entries in the order they were added, written whole or in pieces', async () => {
		const zip = new ZipFile(date);
		zip.text('a.txt', 'é');
		const push = zip.open('b/c.txt');
		for (let i = 0; i < 1000; i++) push(`${i},`, false);
		push('end', true);
		zip.stored('d.bin', Uint8Array.of(0, 1, 2));
		zip.text('empty', '');
		const files = unzipSync(await bytesOf(zip.finish()));
		expect(Object.keys(files)).toEqual(['a.txt', 'b/c.txt', 'd.bin', 'empty']);
		expect(strFromU8(files['a.txt']!)).toBe('é');
		expect(strFromU8(files['b/c.txt']!)).toMatch(/^0,1,2,.*,999,end$/);
		expect([...files['d.bin']!]).toEqual([0, 1, 2]);
		expect(files['empty']!.length).toBe(0);
	});

	it('compresses while it is written, and counts what it keeps', () => {
		const zip = new ZipFile(date);
		const push = zip.open('a');
		const text = 'x'.repeat(1 << 16);
		for (let i = 0; i < 64; i++) push(text, false);
		push('', true);
		expect(zip.size).toBeLessThan(text.length);
		const before = zip.size;
		const file = zip.finish('a/b');
		expect(file.size).toBeGreaterThan(before);
		expect(file.size).toBe(zip.size);
		expect(file.type).toBe('a/b');
	});

	it('writes the date that it is given, so that the same entries are the same bytes', async () => {
		const make = () => {
			const zip = new ZipFile(date);
			zip.text('a', 'b');
			return bytesOf(zip.finish());
		};
		expect(await make()).toEqual(await make());
		const day = head(await make()).getUint16(12, true);
		expect([(day >> 9) + 1980, (day >> 5) & 15, day & 31]).toEqual([2026, 1, 2]);
	});
});
