import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from './sha256';

const reference = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('sha256(bytes)', () => {
	test('equals the known value of "abc"', async () => {
		const abc = new TextEncoder().encode('abc');
		const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
		expect(await sha256(abc)).toBe(known);
	});

	test('with and without WebCrypto it equals the reference for any bytes', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
				expect(await sha256(bytes)).toBe(reference(bytes));
				expect(await sha256(bytes, null as never)).toBe(reference(bytes));
			}),
		);
	});

	test('reads a view of a part of a buffer', async () => {
		const part = new Uint8Array(100).fill(7).subarray(10, 20);
		expect(await sha256(part)).toBe(reference(part));
	});
});
