import { describe, expect, it } from 'vitest';
import { useCpu } from '../cpu';
import { inStep } from '../scope';
import { enlargedImageTensor } from './enlarge';
import { distanceToPillow } from './enlarge-check';
import { imageTensor } from './image';

describe('enlargedImageTensor()', () => {
	it('is within one level of Pillow, and nearly always the same', async () => {
		await useCpu();
		for (const [shape, to] of [
			[
				[2, 32, 32, 3],
				[64, 64],
			],
			[
				[1, 28, 28, 1],
				[64, 64],
			],
			[
				[1, 32, 32, 3],
				[128, 128],
			],
			[
				[1, 20, 30, 3],
				[33, 47],
			],
		] as const) {
			const { most, share } = await distanceToPillow(shape, to);
			expect(most).toBeLessThanOrEqual(1);
			expect(share).toBeLessThan(0.01);
		}
	});

	it('normalises as images that are not enlarged', async () => {
		await useCpu();
		const pixels = Uint8Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => (i * 37) % 256);
		const normalise = { mean: [0.49, 0.48, 0.45], std: [0.25, 0.24, 0.26] };
		const [small, same] = await inStep(() =>
			Promise.all([
				imageTensor(pixels, [2, 4, 4, 3], normalise).data(),
				enlargedImageTensor(pixels, [2, 4, 4, 3], [4, 4], normalise).data(),
			]),
		);
		small.forEach((value, i) => expect(same[i]).toBeCloseTo(value, 5));
	});
});
