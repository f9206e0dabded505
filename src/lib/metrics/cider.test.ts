import { describe, expect, it } from 'vitest';
import { CiderAccumulator } from './cider';

const scoresOf = (...pairs: [number[], number[]][]) => {
	const metric = new CiderAccumulator();
	for (const [hypothesis, reference] of pairs) metric.add(hypothesis, [reference]);
	return metric.scores();
};
const other: [number[], number[]] = [
	[9, 8],
	[11, 12, 13, 14],
];

describe('cider', () => {
	it('is 10 for a copy, and less when order or length differ', () => {
		const copy = [1, 2, 3, 4, 5];
		const [same, turned, longer] = [copy, [5, 4, 3, 2, 1], [...copy, 6, 7, 8]].map(
			(hypothesis) => scoresOf([hypothesis, copy], other)[0]!,
		);
		expect(same).toBeCloseTo(10, 9);
		expect(turned).toBeLessThan(5);
		expect(longer).toBeLessThan(10);
	});

	it('gives words that every reference has no weight', () => {
		expect(scoresOf([[1], [1, 2]], [[1], [1, 3]])).toEqual([0, 0]);
	});

	it('heeds the first reference only, and no padding', () => {
		const metric = new CiderAccumulator();
		metric.add(
			[0, 1, 2, 3, 0],
			[
				[7, 8, 9],
				[1, 2, 3],
			],
		);
		metric.add(...([other[0], [other[1]]] as const));
		expect(metric.scores()[0]).toBe(0);
	});
});
