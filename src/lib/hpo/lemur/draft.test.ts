import { describe, expect, it } from 'vitest';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import { definitionOf, draftSpace, DRAFT_DEFAULTS, recordedTrials, startRanges } from './draft';

const ground = {
	space: spaceOf({
		batch: categorical([4, 16, 64]),
		dropout: float(0.01, 0.97),
		lr: float(2e-4, 0.9, { log: true }),
		transform: categorical(['norm', 'echo']),
	}),
	epochs: [
		{ epoch: 1, runs: 90 },
		{ epoch: 5, runs: 40 },
	],
};
const draft = {
	...DRAFT_DEFAULTS,
	...{ task: 't', dataset: 'cifar-10', metric: 'acc', nn: 'AlexNet' },
	ranges: startRanges(ground),
};

describe('definitionOf', () => {
	it('searches LEMUR’s ranges of what the stored runs have, with the batches that were tried', () => {
		const { definition, trials } = definitionOf({ ...draft, epochs: 5 }, ground);
		expect(trials).toBe(50);
		expect(definition.name).toBe('AlexNet on cifar-10');
		expect(definition.space).toEqual([
			{ name: 'dropout', distribution: float(0, 0.5) },
			{ name: 'lr', distribution: float(1e-5, 1, { log: true }) },
			{ name: 'batch', distribution: categorical([4, 8, 16, 32, 64]) },
			{ name: 'transform', distribution: categorical(['norm', 'echo']) },
		]);
		expect(definition.objective.settings).toMatchObject({ nn: 'AlexNet', epochs: 5 });
	});

	it('counts trials on record only when asked to', () => {
		expect(recordedTrials(1, ground)).toBe(90);
		expect(recordedTrials(3, ground)).toBe(40);
		expect(recordedTrials(9, ground)).toBe(0);
		expect(definitionOf({ ...draft, trials: 100, countRecorded: true }, ground).trials).toBe(10);
		expect(definitionOf({ ...draft, trials: -5, countRecorded: true }, ground).trials).toBe(5);
	});

	it('says what is wrong with a range', () => {
		const ranges = { ...draft.ranges, minLearningRate: 0.5, maxLearningRate: 0.1 };
		expect(() => draftSpace({ ranges }, ground)).toThrow(/the lower end/);
		const zero = { ...draft.ranges, minLearningRate: 0 };
		expect(() => draftSpace({ ranges: zero }, ground)).toThrow(/must lie above 0/);
	});
});
