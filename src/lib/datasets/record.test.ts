import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bytesIn, recordKey, samplesIn, splitRecordSchema } from './record';

const record = {
	dataset: 'mnist',
	split: 'train',
	generation: 'a',
	source: { kind: 'files', names: ['x'], identity: 'x:1' },
	size: [28, 28],
	channels: 1,
	expected: 5,
	shards: [
		{ samples: 3, bytes: 30, sha256: 'a'.repeat(64) },
		{ samples: 2, bytes: 20, sha256: 'b'.repeat(64) },
	],
	classes: [5],
	complete: true,
};

describe('splitRecordSchema', () => {
	it('takes what was written, and nothing that another hand changed', () => {
		const parsed = v.parse(splitRecordSchema, record);
		expect([samplesIn(parsed), bytesIn(parsed)]).toStrictEqual([5, 50]);
		const bad = [
			{ split: 'validation' },
			{ channels: 2 },
			{ size: [28] },
			{ shards: [{ samples: 0, bytes: 1, sha256: 'a'.repeat(64) }] },
			{ shards: [{ samples: 1, bytes: 1, sha256: 'A'.repeat(64) }] },
			{ expected: -1 },
		];
		for (const change of bad)
			expect(v.safeParse(splitRecordSchema, { ...record, ...change }).success).toBe(false);
	});
});

describe('recordKey()', () => {
	it('keeps a reading apart from what it will replace', () => {
		expect(recordKey('mnist', 'test', true)).toBe('mnist/test');
		expect(recordKey('mnist', 'test', false)).toBe('mnist/test/next');
	});
});
