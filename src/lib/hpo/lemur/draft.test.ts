import { describe, expect, it } from 'vitest';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import {
	definitionOf,
	draftSpace,
	DRAFT_DEFAULTS,
	linkedText,
	rangeProblems,
	readLinked,
	recordedTrials,
	startRanges,
} from './draft';

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

describe('rangeProblems', () => {
	it('names every range that cannot be searched, and honours a fixed 0', () => {
		const { ranges } = draft;
		expect(rangeProblems({ ...ranges, minMomentum: 0, maxMomentum: 0 }).size).toBe(0);
		const problems = rangeProblems({
			...ranges,
			...{ minLearningRate: 0, minMomentum: 2, minDropout: NaN, minBatchBinaryPower: 0.5 },
		});
		expect([...problems.keys()]).toEqual(['batch', 'lr', 'momentum', 'dropout']);
		expect(problems.get('lr')).toContain('logarithmic');
		expect(problems.get('momentum')).toContain('above the upper one');
	});
});

describe('the study of a link', () => {
	const { definition } = definitionOf(draft, ground);

	it('reads back what was written', () => {
		expect(readLinked(linkedText({ definition, trials: 7 }))).toEqual({
			study: { definition, trials: 7 },
		});
	});

	it.each([
		['{', 'cut'],
		['{}', 'definition'],
		[JSON.stringify({ definition: { ...definition, seed: -1 }, trials: 7 }), 'seed'],
		[JSON.stringify({ definition, trials: 1e9 }), 'trials'],
		[
			JSON.stringify({
				trials: 1,
				definition: {
					...definition,
					space: [definition.space[0], definition.space[0]],
				},
			}),
			'named twice',
		],
	])('says what is wrong with %s', (text, words) => {
		const read = readLinked(text);
		expect('problem' in read && read.problem).toContain(words);
	});
});
