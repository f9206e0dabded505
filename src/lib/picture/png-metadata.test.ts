import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { metadataChunks, pngChunk, pngChunks, pngFile, readMetadata } from './png-metadata';

const file = (dpi: number, texts: { keyword: string; text: string }[]) =>
	pngFile([
		pngChunk('IHDR', new Uint8Array(13)),
		...metadataChunks(dpi, texts),
		pngChunk('IDAT', Uint8Array.of(1, 2)),
		pngChunk('IEND', new Uint8Array()),
	]);

describe('metadataChunks(dpi, texts)', () => {
	test('any text comes back, with its keyword', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
				const wanted = text.replaceAll('\0', '').toWellFormed();
				const { texts } = readMetadata(file(300, [{ keyword: 'Title', text }]));
				expect(texts).toEqual([{ keyword: 'Title', text: wanted }]);
			}),
		);
	});

	test('300 dpi are 11,811 dots per metre', () => {
		const density = pngChunks(file(300, [])).find(({ type }) => type === 'pHYs');
		expect([...density!.data]).toEqual([0, 0, 46, 35, 0, 0, 46, 35, 1]);
		expect(readMetadata(file(300, [])).dpi).toBeCloseTo(300, 1);
	});

	test('stands before the pixels; an empty text is not written', () => {
		const types = pngChunks(
			file(96, [
				{ keyword: 'URL', text: '' },
				{ keyword: 'A', text: 'b' },
			]),
		);
		expect(types.map(({ type }) => type)).toEqual(['IHDR', 'pHYs', 'iTXt', 'IDAT', 'IEND']);
	});
});

describe('pngChunk(type, data)', () => {
	test("its checksum is zlib's, over type and data", () => {
		const chunk = Buffer.from(pngChunk('iTXt', Uint8Array.of(1, 2, 250)));
		expect(chunk.readUInt32BE(0)).toBe(3);
		expect(chunk.readUInt32BE(11)).toBe(crc32(chunk.subarray(4, 11)));
	});
});

describe('pngChunks(bytes)', () => {
	test('a changed byte is found', () => {
		const bytes = file(300, [{ keyword: 'Title', text: 'abc' }]);
		bytes[bytes.length - 20]! ^= 1;
		expect(() => pngChunks(bytes)).toThrow('checksum');
	});

	test('other bytes are refused', () => {
		expect(() => pngChunks(Uint8Array.of(1, 2, 3))).toThrow('no PNG');
	});
});
