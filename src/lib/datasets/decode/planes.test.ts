import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave } from './planes';

describe('interleave()', () => {
	it('puts the colours of a pixel together and passes over the heads', () => {
		const source = Uint8Array.of(99, 1, 2, 11, 12, 21, 22, 98, 3, 4, 13, 14, 23, 24);
		expect([...interleave(source, 2, 2, 3, 1)]).toStrictEqual([
			1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24,
		]);
	});

	it('keeps every byte', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }), (n, area) => {
				const source = Uint8Array.from({ length: n * area * 3 }, (_, i) => i);
				expect([...interleave(source, n, area, 3)].sort((a, b) => a - b)).toStrictEqual([
					...source,
				]);
			}),
		);
	});
});
