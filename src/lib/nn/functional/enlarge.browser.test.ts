/** Enlarging on WebGPU against Pillow's arithmetic. */
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseBackend, verdictText, type Verdict } from '../backend';
import { distanceToPillow } from './enlarge-check';

let verdict: Verdict;

beforeAll(async () => {
	verdict = await chooseBackend('webgpu');
});

describe('enlargedImageTensor() on WebGPU', () => {
	it('is within one level of Pillow, and nearly always the same', async () => {
		expect(verdictText(verdict)).toMatch(/^Runs on WebGPU/);
		for (const [shape, to] of [
			[
				[4, 32, 32, 3],
				[64, 64],
			],
			[
				[2, 28, 28, 1],
				[128, 128],
			],
			[
				[2, 32, 32, 3],
				[299, 299],
			],
		] as const) {
			const { most, share } = await distanceToPillow(shape, to);
			expect(most).toBeLessThanOrEqual(1);
			expect(share, `${shape} → ${to}`).toBeLessThan(0.01);
		}
	});
});
