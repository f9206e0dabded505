/** The real MNIST out of its package, by figures that are known of it. */
import { describe, expect, it } from 'vitest';
import { mnist } from '../../src/lib/datasets/mnist';
import { mnistStreams } from './mnist';

/** Samples of each digit in the published files. */
const TRAIN = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
const TEST = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

describe('mnistStreams()', () => {
	it('has the published counts, mean and deviation', async () => {
		const { streams } = await mnistStreams();
		for (const stream of streams) {
			const classes = new Array<number>(10).fill(0);
			let [sum, squares, count] = [0, 0, 0];
			for await (const { labels, pixels } of stream.samples(0)) {
				for (let i = 0; i < labels.length; i++) {
					const label = labels[i] ?? 0;
					classes[label] = (classes[label] ?? 0) + 1;
				}
				for (const pixel of pixels) {
					sum += pixel;
					squares += pixel * pixel;
				}
				count += pixels.length;
			}
			expect(classes).toStrictEqual(stream.split === 'train' ? TRAIN : TEST);
			expect(stream.expected).toBe(mnist.counts[stream.split]);
			if (stream.split === 'test') continue;
			const mean = sum / count / 255;
			expect(mean).toBeCloseTo(mnist.mean[0] ?? 0, 4);
			expect(Math.sqrt(squares / count / 255 ** 2 - mean ** 2)).toBeCloseTo(mnist.std[0] ?? 0, 4);
		}
	});
});
