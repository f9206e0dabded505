import { describe, expect, it } from 'vitest';
import { useCpu } from '../cpu';
import { inStep } from '../scope';
import { imageTensor } from './image';

describe('imageTensor(pixels, shape, normalise)', () => {
	it('gives N, C, H, W from bytes with channels last', async () => {
		await useCpu();
		const pixels = Uint8Array.from({ length: 2 * 2 * 3 * 3 }, (_, i) => (i * 37) % 256);
		const mean = [0.4914, 0.4822, 0.4465];
		const std = [0.247, 0.2435, 0.2616];
		const values = await inStep(() => imageTensor(pixels, [2, 2, 3, 3], { mean, std }).data());
		for (let n = 0; n < 2; n++)
			for (let c = 0; c < 3; c++)
				for (let at = 0; at < 6; at++) {
					const byte = pixels[(n * 6 + at) * 3 + c]!;
					expect(values[(n * 3 + c) * 6 + at]).toBeCloseTo((byte / 255 - mean[c]!) / std[c]!, 5);
				}
	});

	it('leaves values between 0 and 1 where nothing is normalised, and refuses other sizes', async () => {
		await useCpu();
		const values = await inStep(() =>
			imageTensor(Uint8Array.of(0, 255), [1, 1, 2, 1], null).data(),
		);
		expect([...values]).toEqual([0, 1]);
		expect(() => imageTensor(new Uint8Array(3), [1, 1, 2, 1], null)).toThrow(/3 bytes/);
	});
});
