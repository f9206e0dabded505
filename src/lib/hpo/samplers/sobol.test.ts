import { describe, expect, it } from 'vitest';
import { SOBOL_DIMENSIONS, sobolBits, sobolShare } from './sobol';

const point = (index: number, dimensions: number) =>
	Array.from({ length: dimensions }, (_, dimension) => sobolBits(index, dimension) / 2 ** 30);

describe('sobolBits', () => {
	it('gives the first points of SciPy 1.17 (scramble=False) in six dimensions', () => {
		expect([0, 1, 2, 3, 4, 7].map((index) => point(index, 6))).toEqual([
			[0, 0, 0, 0, 0, 0],
			[0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
			[0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
			[0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
			[0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
			[0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
		]);
	});

	it('gives point 777 of SciPy in all 32 dimensions', () => {
		expect(point(777, SOBOL_DIMENSIONS)).toEqual([
			0.6923828125, 0.9365234375, 0.1630859375, 0.2744140625, 0.6357421875, 0.3564453125,
			0.1904296875, 0.7626953125, 0.3486328125, 0.3232421875, 0.7451171875, 0.6962890625,
			0.3837890625, 0.4736328125, 0.5693359375, 0.5146484375, 0.4033203125, 0.8642578125,
			0.3701171875, 0.7529296875, 0.2373046875, 0.2724609375, 0.9462890625, 0.4814453125,
			0.3447265625, 0.1455078125, 0.0595703125, 0.7802734375, 0.0634765625, 0.1103515625,
			0.5419921875, 0.8994140625,
		]);
	});

	it('has every dimension fill 256 equal cells with 256 points, however it is moved', () => {
		for (let dimension = 0; dimension < SOBOL_DIMENSIONS; dimension++) {
			for (const shift of [0, 0x2f3a91c5]) {
				const cells = new Set<number>();
				for (let index = 0; index < 256; index++)
					cells.add(Math.floor(sobolShare(sobolBits(index, dimension), shift) * 256));
				expect(cells.size).toBe(256);
			}
		}
		expect(() => sobolBits(1, SOBOL_DIMENSIONS)).toThrow(RangeError);
	});
});
