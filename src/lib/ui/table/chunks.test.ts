import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK, Chunks } from './chunks';

const windowOf = (start: number, count: number, total = 10_000) => ({
	total,
	start,
	trials: Uint32Array.from({ length: count }, (_, i) => start + i),
	columns: new Map(),
});

describe('Chunks', () => {
	test('asks for visible rows first, then for those about to be visible, then for nothing', () => {
		const chunks = new Chunks();
		const wanted = { start: 10 * CHUNK + 5, end: 11 * CHUNK + 5 };
		expect(chunks.next(wanted, 10_000)).toEqual({ start: 10 * CHUNK, end: 12 * CHUNK });
		chunks.add(windowOf(10 * CHUNK, 2 * CHUNK));
		expect(chunks.next(wanted, 10_000)).toEqual({ start: 8 * CHUNK, end: 14 * CHUNK });
		chunks.add(windowOf(8 * CHUNK, 6 * CHUNK));
		expect(chunks.next(wanted, 10_000)).toBeUndefined();
	});

	test('asks for no row that the query does not have', () => {
		const chunks = new Chunks();
		expect(chunks.next({ start: 0, end: 40 }, 7)).toEqual({ start: 0, end: 7 });
		chunks.add(windowOf(0, 7, 7));
		expect(chunks.next({ start: 0, end: 40 }, 7)).toBeUndefined();
		expect(chunks.next({ start: 0, end: 40 }, 0)).toBeUndefined();
	});

	test('gives each row from the window that holds it', () => {
		fc.assert(
			fc.property(fc.nat(100), fc.nat(200), (chunk, offset) => {
				const chunks = new Chunks();
				chunks.add(windowOf(chunk * CHUNK, 3 * CHUNK));
				const row = chunk * CHUNK + offset;
				const place = chunks.at(row);
				const trial = place?.window.trials[place.index];
				expect(trial).toBe(offset < 3 * CHUNK ? row : undefined);
			}),
		);
	});

	test('keeps a bounded number of rows, the newest', () => {
		const chunks = new Chunks();
		for (let i = 0; i < 300; i++) chunks.add(windowOf(i * CHUNK, CHUNK, 1e6));
		expect(chunks.at(0)).toBeUndefined();
		expect(chunks.at(299 * CHUNK)).toBeDefined();
	});
});
