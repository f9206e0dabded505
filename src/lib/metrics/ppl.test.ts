import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MetricError } from './metric';
import { perplexityScore, PplAccumulator } from './ppl';

describe('ppl', () => {
	it('falls when the loss grows, and stays within 0 and 1', () => {
		const loss = fc.double({ min: 0, max: 700, noNaN: true });
		fc.assert(
			fc.property(loss, loss, (a, b) => {
				const [low, high] = [Math.min(a, b), Math.max(a, b)];
				expect(perplexityScore(low)).toBeGreaterThanOrEqual(perplexityScore(high));
				expect(perplexityScore(high)).toBeGreaterThanOrEqual(0);
			}),
		);
	});

	it('is no perplexity: a loss of 1 scores .9, and warns only for NaN', () => {
		const metric = new PplAccumulator();
		metric.add(10, 10);
		expect(metric.value()).toBeCloseTo(0.90023, 5);
		expect(metric.warning()).toBeNull();
		metric.add(NaN, 1);
		expect(metric.value()).toBe(1);
		expect(metric.warning()).toContain('diverged');
	});

	it('says which label is no class', () => {
		const outputs = { data: [1, 2], shape: [1, 2] };
		expect(() =>
			new PplAccumulator().update({ outputs, labels: { data: [2], shape: [1] } }),
		).toThrow(new MetricError('ppl: the label 2 is none of the 2 classes.'));
	});
});
