import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import { createStudy, type AskTell } from './ask-tell';
import { defineStudy, type StudyDefinitionInput } from './definition';
import { Study } from './study';
import { StudyError } from './study-error';

const space = spaceOf({ lr: float(1e-5, 1, { log: true }), batch: categorical([1, 2, 4]) });

const base: StudyDefinitionInput = {
	name: 'test',
	directions: ['maximize'],
	space,
	sampler: { id: 'tpe' },
	pruner: { id: 'none' },
	seed: 4,
	objective: { id: 'test', settings: {} },
};

/** A clock that ticks once a call. */
const ticking = () => {
	let now = 0;
	return () => now++;
};

const make = (changes: Partial<StudyDefinitionInput> = {}) =>
	createStudy({ ...base, ...changes }, ticking());

describe('defineStudy', () => {
	it('fills in Optuna’s defaults', () => {
		expect(defineStudy({ ...base, pruner: { id: 'hyperband' } })).toMatchObject({
			sampler: { id: 'tpe', preset: 'v4', startupTrials: 10, candidates: 24 },
			pruner: { maxResource: 'auto', reductionFactor: 3 },
		});
	});

	it.each([
		['no name', { name: '  ' }, /^name: A study needs a name/],
		['no direction', { directions: [] }, /^directions/],
		['a negative seed', { seed: -1 }, /^seed/],
		['half a seed', { seed: 0.5 }, /^seed/],
		['a pruner without a rung', { pruner: { id: 'hyperband', reductionFactor: 1 } }, /^pruner/],
		[
			'an empty range',
			{ space: [{ name: 'lr', distribution: { ...(float(0, 1) as object), low: 2 } }] },
			/lr: the lower end must not be above/,
		],
		['a name twice', { space: [...space, space[0]!] }, /^space: lr: this parameter is named twice/],
	])('refuses %s in words', (_, changes, words) => {
		expect(() => defineStudy({ ...base, ...changes } as StudyDefinitionInput)).toThrow(words);
	});
});

describe('telling', () => {
	it('completes with a value, and infinity is one', () => {
		const study = make();
		const { number } = study.ask();
		expect(study.tell(number, Infinity)).toMatchObject({ state: 'COMPLETE', values: [Infinity] });
		expect(study.study.best?.number).toBe(number);
	});

	it('makes NaN and a wrong number of values a failure with a reason', () => {
		const study = make();
		expect(study.tell(study.ask().number, NaN)).toMatchObject({
			state: 'FAIL',
			values: null,
			reason: 'The objective’s value is not a number (NaN).',
		});
		expect(study.tell(study.ask().number, [1, 2])).toMatchObject({
			state: 'FAIL',
			reason: 'The objective returned 2 values, not 1.',
		});
		expect(study.study.best).toBeNull();
		expect(study.study.summary.counts).toMatchObject({ FAIL: 2, RUNNING: 0 });
	});

	it('gives a pruned trial its last report', () => {
		const study = make();
		const { number } = study.ask();
		study.report(number, 0, 0.5);
		study.report(number, 3, 0.75);
		study.report(number, 3, 9); // the first report of a step stays
		study.report(number, 1, 0.25);
		expect(study.tell(number, { state: 'PRUNED' })).toMatchObject({ values: [0.75] });
		expect([...study.study.trial(number).intermediate]).toEqual([
			[0, 0.5],
			[3, 0.75],
			[1, 0.25],
		]);
	});

	it('refuses trials that do not run, in words', () => {
		const study = make();
		const { number } = study.ask();
		study.tell(number, 1);
		expect(() => study.tell(number, 2)).toThrow('Trial 0 is over: it is COMPLETE.');
		expect(() => study.report(number, 0, 2)).toThrow(StudyError);
		expect(() => study.tell(5, 2)).toThrow('This study has no trial 5.');
		expect(() => study.report(study.ask().number, -1, 0)).toThrow(RangeError);
	});

	it('keeps the first of equal bests', () => {
		const study = make();
		for (const value of [1, 3, 3, 2]) study.tell(study.ask().number, value);
		expect(study.study.best?.number).toBe(1);
		const least = make({ directions: ['minimize'] });
		for (const value of [1, 3, 1, 2]) least.tell(least.ask().number, value);
		expect(least.study.best?.number).toBe(0);
	});
});

describe('asking', () => {
	it('takes fixed values, and refuses those outside of the space', () => {
		const study = make();
		expect(study.ask({ lr: 0.5, batch: 4 }).params).toEqual({ lr: 0.5, batch: 4 });
		expect(() => study.ask({ lr: 0.5, batch: 3 })).toThrow('batch: 3 is not in its range.');
	});

	it('ends a grid in words', () => {
		const study = make({ sampler: { id: 'grid', points: 2 } });
		for (let i = 0; i < 6; i++) study.tell(study.ask().number, 0);
		expect(() => study.ask()).toThrow('All 6 points of the grid have been tried.');
	});
});

/** What may happen to a study, by a number each; only what is possible then does. */
function act(study: AskTell, action: number, value: number): void {
	const running = study.study.trials.filter(({ state }) => state === 'RUNNING');
	const trial = running[action % Math.max(1, running.length)];
	if (!trial || action % 3 === 0) return void study.ask();
	if (action % 3 === 1) return void study.report(trial.number, trial.intermediate.size, value);
	if (trial.prune) study.tell(trial.number, { state: 'PRUNED' });
	else study.tell(trial.number, value);
}

const value = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(NaN, Infinity));
const actions = fc.array(fc.tuple(fc.nat(30), value), { minLength: 30, maxLength: 120 });

describe('replaying', () => {
	it.each([
		{ id: 'none' },
		{ id: 'median', startupTrials: 1 },
		{ id: 'successive-halving' },
		{ id: 'hyperband' },
	] as const)('gives the same state and the same next trial under $id', (pruner) => {
		fc.assert(
			fc.property(actions, (list) => {
				const study = make({ pruner });
				for (const [action, value] of list) act(study, action, value);
				const again = new Study(study.study.definition, structuredClone(study.events));
				expect(again.trials).toEqual(study.study.trials);
				expect(again.summary).toEqual(study.study.summary);
				expect(again.best).toEqual(study.study.best);
				const { counts } = again.summary;
				for (const [state, count] of Object.entries(counts))
					expect(again.trials.filter((trial) => trial.state === state)).toHaveLength(count);
				expect(again.asked(0)).toEqual(study.study.asked(0));
			}),
			{ numRuns: 25 },
		);
	});

	it('refuses events that do not follow from each other', () => {
		const study = make();
		study.tell(study.ask().number, 1);
		const { definition } = study.study;
		const [ask, tell] = study.events;
		expect(() => new Study(definition, [ask!, ask!])).toThrow(/does not follow/);
		expect(() => new Study(definition, [tell!])).toThrow(/no trial 0/);
		expect(() => new Study(definition, [{ ...ask!, inputs: [1] } as typeof ask & {}])).toThrow(
			/does not fit the space/,
		);
	});

	it('forgets what it learned at a restart, and keeps the trials', () => {
		const study = make();
		for (let i = 0; i < 12; i++) study.tell(study.ask().number, i);
		const narrow = spaceOf({ lr: float(1e-5, 1, { log: true }), batch: categorical([1, 2]) });
		const { place, event } = study.study.placeOf(narrow);
		const events = [
			...study.events,
			event!,
			{ type: 'restart', at: 99, space: place, reason: 'out of memory' } as const,
		];
		const restarted = new Study(study.study.definition, events);
		expect(restarted.trials).toHaveLength(12);
		expect(restarted.currentTrials).toEqual([]);
		expect(restarted.summary).toMatchObject({ done: 0, generation: 1, firstTrial: 12 });
		expect(restarted.asked(100)).toMatchObject({ trial: 12, space: 1 });
		expect(restarted.best?.values).toEqual([11]);
		expect(restarted.placeOf(narrow)).toEqual({ place: 1, event: null });
	});
});
