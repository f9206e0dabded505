import { describe, expect, it } from 'vitest';
import { placeOf, trainingReference } from './training-reference';
import { columnsOf, type TestRun } from './testing';

const question = { task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'AlexNet' };
const run = (accuracy: number, prm: TestRun['prm'] = {}, more: Partial<TestRun> = {}): TestRun => ({
	...{
		prm,
		trials: [
			[1, accuracy - 0.1],
			[2, accuracy],
		],
	},
	...more,
});

describe('trainingReference', () => {
	const runs = Array.from({ length: 20 }, (_, i) =>
		run(0.3 + i / 100, { lr: i / 1000, batch: 2 ** (i % 4), ...(i > 17 ? { dropout: 0.5 } : {}) }),
	);
	const columns = columnsOf([
		...runs,
		run(0.99, { lr: 1 }, { source: 'mine' }),
		run(0.98, { lr: 1 }, { nn: 'VGG' }),
		run(0.2, { lr: 1, batch: 1 }, { transform: 'echo' }),
	]);

	it('takes medians of the best tenth of LEMUR’s runs, never of own ones', () => {
		const { preset, transforms } = trainingReference(columns, question);
		// 21 runs: the best three are those with lr 0.017 to 0.019
		expect(preset).toMatchObject({ transform: 'norm_32', best: 3, runs: 21 });
		expect(preset!.prm).toEqual({ lr: 0.018, batch: 4, dropout: 0.5 });
		expect(preset!.from).toBeCloseTo(0.47);
		expect(transforms).toEqual([
			{ name: 'norm_32', runs: 20 },
			{ name: 'echo', runs: 1 },
		]);
	});

	it('looks at one transform alone where it is asked to', () => {
		const { preset, epochs } = trainingReference(columns, { ...question, transform: 'echo' });
		expect(preset).toMatchObject({ prm: { lr: 1, batch: 1 }, transform: 'echo', runs: 1 });
		expect([...epochs]).toEqual([1, 2]);
		expect(trainingReference(columns, { ...question, transform: 'none' }).preset).toBeUndefined();
	});

	it('has nothing to say of what LEMUR never trained', () => {
		const reference = trainingReference(columns, { ...question, dataset: 'digits' });
		expect([reference.preset, reference.epochs.length, reference.transforms]).toEqual([
			undefined,
			0,
			[],
		]);
		expect(placeOf(reference, 1, 0.5)).toBeUndefined();
	});

	it('places an accuracy among those of its epoch', () => {
		const reference = trainingReference(
			columnsOf([run(0.5), run(0.6), run(0.6), run(0.8)]),
			question,
		);
		expect(placeOf(reference, 2, 0.6)).toEqual({ n: 4, percentile: 0.5, median: 0.6, best: 0.8 });
		expect(placeOf(reference, 2, 1)?.percentile).toBe(1);
		expect(placeOf(reference, 2, 0)?.percentile).toBe(0);
		expect(placeOf(reference, 9, 0.6)).toBeUndefined();
	});
});
