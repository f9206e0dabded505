import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BleuAccumulator, sentenceBleu } from './bleu';
import { MetricError } from './metric';

const tokens = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 4, maxLength: 12 });

describe('bleu', () => {
	it('is 1 for a copy of any reference, and never above', () => {
		fc.assert(
			fc.property(tokens, tokens, (a, b) => {
				expect(sentenceBleu(a, [b, a])[3]).toBeCloseTo(1, 12);
				expect(sentenceBleu(a, [b])[3]).toBeLessThanOrEqual(1 + 1e-12);
			}),
		);
	});

	it('depends on the order of tokens', () => {
		expect(sentenceBleu([1, 2, 3, 4, 5], [[5, 4, 3, 2, 1]])[3]).toBeLessThan(0.2);
	});

	it('refuses labels of another number of images', () => {
		const outputs = { data: [0, 1, 1, 0], shape: [1, 2, 2] };
		const labels = { data: [1, 1, 1, 1], shape: [2, 1, 2] };
		expect(() => new BleuAccumulator().update({ outputs, labels })).toThrow(MetricError);
	});
});
