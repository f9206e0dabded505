import { describe, expect, it } from 'vitest';
import { ClipAccumulator } from './clip';

describe('clip', () => {
	it('takes each image with its own text, not the best one', () => {
		const metric = new ClipAccumulator();
		metric.update({ logitsPerImage: { data: [10, 99, 99, 30], shape: [2, 2] } });
		expect(metric.value()).toBeCloseTo(0.2, 12);
	});

	it('says which shape it needs', () => {
		const logitsPerImage = { data: [1], shape: [1] };
		expect(() => new ClipAccumulator().update({ logitsPerImage })).toThrow('(images, texts)');
	});
});
