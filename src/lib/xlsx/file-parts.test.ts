import { describe, expect, it } from 'vitest';
import { FileParts } from './file-parts';

describe('FileParts', () => {
	it('is all pieces in their order, however large, with its type', async () => {
		const parts = new FileParts();
		const pieces = [1, 3 * 2 ** 20, 2, 5 * 2 ** 20, 0, 7].map((length, i) =>
			new Uint8Array(length).fill(i + 1),
		);
		for (const piece of pieces) {
			parts.add(piece);
			// A writer may use its buffer again.
			piece.fill(0);
		}
		const expected = 8 * 2 ** 20 + 10;
		expect(parts.size).toBe(expected);
		const file = parts.file('text/plain');
		expect([file.size, file.type]).toEqual([expected, 'text/plain']);
		const bytes = new Uint8Array(await file.arrayBuffer());
		const runs: [number, number][] = [];
		for (const byte of bytes) {
			const last = runs.at(-1);
			if (last?.[0] === byte) last[1]++;
			else runs.push([byte, 1]);
		}
		expect(runs).toEqual([
			[1, 1],
			[2, 3 * 2 ** 20],
			[3, 2],
			[4, 5 * 2 ** 20],
			[6, 7],
		]);
	});

	it('is empty without any', () => {
		expect(new FileParts().file('a/b').size).toBe(0);
	});
});
