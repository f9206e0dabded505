import { describe, expect, it } from 'vitest';
import { captionOf, captionsOf, ngrams } from './captions';

describe('captions', () => {
	it('removes padding everywhere and references that were nothing else', () => {
		expect(
			captionOf(
				[0, 5, 0, 6],
				[
					[0, 0],
					[7, 0],
				],
			),
		).toEqual({
			hypothesis: [5, 6],
			references: [[7]],
		});
	});

	it('takes labels of two axes as one reference for each image', () => {
		const outputs = { data: [0, 0, 1, 0, 1, 0], shape: [2, 1, 3] };
		const captions = captionsOf({ outputs, labels: { data: [2, 1], shape: [2, 1] } });
		expect(captions).toEqual([
			{ hypothesis: [2], references: [[2]] },
			{ hypothesis: [1], references: [[1]] },
		]);
	});

	it('keeps n-grams of other digits apart', () => {
		expect([...ngrams([1, 11, 1, 11], 2)]).toEqual([
			['1 11', 2],
			['11 1', 1],
		]);
		expect(ngrams([1], 2).size).toBe(0);
	});
});
