import { describe, expect, it } from 'vitest';
import { trainingReference } from '../../stats/training-reference';
import { columnsOf } from '../../stats/testing';
import { epochRow } from '../../train/testing-runs';
import { accuracyGroup, lossGroup } from './charts';

describe('lossGroup', () => {
	it('draws steps, and the test set where it is known', () => {
		const losses = [
			{ x: 0.5, mean: 2, low: 1, high: 3 },
			{ x: 1, mean: 1, low: 1, high: 1 },
		];
		const { series } = lossGroup(losses, [epochRow(1), { ...epochRow(2), testLoss: 0.7 }]);
		expect(series.map(({ id, x, y }) => [id, x, y])).toEqual([
			['train', [0.5, 1], [2, 1]],
			['test', [2], [0.7]],
		]);
		expect(series[0]!.bands[0]!.high).toEqual([3, 1]);
		expect(lossGroup([], []).series).toEqual([]);
	});
});

describe('accuracyGroup', () => {
	const runs = [0.1, 0.2, 0.3, 0.4, 0.5].map((accuracy) => ({
		trials: [
			[1, accuracy],
			[2, accuracy + 0.1],
			[50, 0.9],
		] as const,
	}));
	const question = {
		task: 'img-classification',
		dataset: 'cifar-10',
		metric: 'acc',
		nn: 'AlexNet',
	};
	const reference = trainingReference(columnsOf(runs), question);

	it('puts the trial into LEMUR’s band, as far as the trial goes', () => {
		const [own, lemur] = accuracyGroup([epochRow(1)], reference, 3).series;
		expect([own!.x, own!.y]).toEqual([[1], [0.51]]);
		expect(lemur!.x).toEqual([1, 2]);
		expect(lemur!.y[0]).toBeCloseTo(0.3);
		expect(lemur!.bands[1]!.low[0]).toBeCloseTo(0.2);
		expect(lemur!.bands[0]!.high[0]).toBeCloseTo(0.48);
		expect(lemur!.name).toBe('LEMUR, median of 5 records');
	});

	it('does without LEMUR’s band where there is none', () => {
		expect(accuracyGroup([epochRow(1)], undefined, 3).series.map(({ id }) => id)).toEqual(['own']);
	});
});
