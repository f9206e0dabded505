import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inflate } from './inflate';

const content = new Uint8Array(9_000).map((_, i) => (i * i) % 251);
const packed = new Uint8Array(gzipSync(content));
const pieces = [packed.slice(0, 10), packed.slice(10, 200), packed.slice(200)];

describe.each([
	['native', undefined],
	['by hand', null as never],
])('inflate(pieces, size), %s', (_, decoder) => {
	test('joins the pieces of one stream', async () => {
		expect(await inflate(pieces, content.length, decoder)).toEqual(content);
	});

	test('gives nothing when the size differs or the stream is broken', async () => {
		expect(await inflate(pieces, content.length - 1, decoder)).toBeUndefined();
		expect(await inflate(pieces, content.length + 1, decoder)).toBeUndefined();
		expect(await inflate(pieces.slice(0, 2), content.length, decoder)).toBeUndefined();
		expect(await inflate([new Uint8Array(50)], content.length, decoder)).toBeUndefined();
	});
});
