import { describe, expect, test } from 'vitest';
import { transferables } from './transfer';

describe('transferables(value)', () => {
	test('finds typed arrays directly, in objects, lists and Maps, each buffer once', () => {
		const a = new Float64Array(2);
		const b = new Uint8Array(3);
		const c = new Uint32Array(4);
		const value = { a, list: [{ b }], columns: new Map([['c', { values: c, again: a }]]) };
		expect(new Set(transferables(value))).toEqual(new Set([a.buffer, b.buffer, c.buffer]));
		expect(transferables(a)).toEqual([a.buffer]);
	});

	test('leaves a view of a part, an empty array, shared memory and wasm-like values alone', () => {
		const whole = new Uint8Array(10);
		const value = {
			part: whole.subarray(2, 4),
			none: new Uint8Array(0),
			shared: new Uint8Array(new SharedArrayBuffer(4)),
			text: 'x',
			nothing: null,
		};
		expect(transferables(value)).toEqual([]);
	});

	test('leaves what its owner keeps', () => {
		const mine = new Uint8Array(1);
		const fresh = new Uint8Array(1);
		const found = transferables({ mine, fresh }, (buffer) => buffer === mine.buffer);
		expect(found).toEqual([fresh.buffer]);
	});
});
