/** Real CIFAR-10 files, where DATA_DIR names a folder that has `cifar-10` (not part of the repository). */
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLoader } from './loader';
import { samplesIn } from './record';
import { testLibrary } from './testing';

const folder = process.env['DATA_DIR'];
const NAMES = ['data_batch_1.bin.gz', 'test_batch.bin.gz'];

describe.skipIf(!folder)('CIFAR-10 from DATA_DIR', () => {
	it('has the published labels, and about the mean that LEMUR subtracts', async () => {
		const library = testLibrary();
		const files = await Promise.all(
			NAMES.map(async (name) => ({
				name,
				blob: await openAsBlob(join(folder ?? '', 'cifar-10', name)),
			})),
		);
		const signal = new AbortController().signal;
		const records = await library.load('cifar-10', { kind: 'files', files }, { signal });
		const [train, test] = ['train', 'test'].map((split) =>
			records.find((record) => record.split === split),
		);
		expect(train && samplesIn(train)).toBe(10_000);
		expect(train?.classes).toStrictEqual([1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981]);
		// The whole test batch has 1,000 of each; a folder may hold the first 1,000 only.
		const whole = new Array(10).fill(1000);
		const first = [103, 89, 100, 103, 90, 86, 112, 102, 106, 109];
		expect([whole, first]).toContainEqual(test?.classes);
		const loader = await openLoader(
			{
				dataset: 'cifar-10',
				split: 'train',
				transform: 'norm',
				batchSize: 500,
				shuffle: false,
				seed: 0,
			},
			{ library },
		);
		const sums = [0, 0, 0];
		for await (const { pixels } of loader.epoch(1))
			pixels.forEach((pixel, i) => (sums[i % 3] = (sums[i % 3] ?? 0) + pixel));
		const means = sums.map((sum) => sum / 255 / 1024 / 10_000);
		[0.4914, 0.4822, 0.4465].forEach((mean, i) =>
			expect(Math.abs((means[i] ?? 0) - mean)).toBeLessThan(0.004),
		);
	});
});
