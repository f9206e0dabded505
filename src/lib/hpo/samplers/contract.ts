/** What every sampler must do, as one suite over the registry's samplers. Only for tests. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categorical, float, int, isSingle, toExternal, toInternal } from '../distributions';
import type { Distribution } from '../distributions';
import { spaceOf, type Space } from '../space';
import type { History, Trial, TrialState } from '../trial';
import type { Sampler } from './sampler';

const distribution: fc.Arbitrary<Distribution> = fc.oneof(
	fc
		.tuple(
			fc.double({ min: -1e6, max: 1e6, noNaN: true }),
			fc.double({ min: 0, max: 1e6, noNaN: true }),
		)
		.map(([low, width]) => float(low, low + width)),
	fc
		.tuple(
			fc.double({ min: 1e-9, max: 1, noNaN: true }),
			fc.double({ min: 1, max: 1e9, noNaN: true }),
		)
		.map(([low, factor]) => float(low, low * factor, { log: true })),
	fc
		.tuple(
			fc.integer({ min: -100, max: 100 }),
			fc.integer({ min: 0, max: 500 }),
			fc.integer({ min: 1, max: 9 }),
		)
		.map(([low, width, step]) => int(low, low + width, { step })),
	fc
		.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5000 }))
		.map(([low, width]) => int(low, low + width, { log: true })),
	fc
		.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0.05, 0.1, 0.25))
		.map(([steps, step]) => float(0, steps * step, { step })),
	fc
		.integer({ min: 1, max: 6 })
		.map((count) => categorical(['a', 1, true, null, 'b', 2.5].slice(0, count))),
);

const space = fc
	.array(distribution, { maxLength: 5 })
	.map((distributions) => spaceOf(distributions.map((one, i) => [`p${i}`, one] as const)));

/** Finished trials over a space, with values of all kinds, made by the sampler itself. */
export function historyOf(sampler: Sampler, space: Space, values: readonly number[]): History {
	const trials: Trial[] = [];
	const history: History = { directions: ['minimize'], trials };
	for (const [number, value] of values.entries()) {
		const state: TrialState = Number.isNaN(value) ? 'FAIL' : 'COMPLETE';
		trials.push({
			number,
			state,
			space,
			inputs: sampler.suggest({ history, space, trial: number, seed: 3 }),
			values: state === 'FAIL' ? null : [value],
			intermediate: new Map(),
			start: null,
			end: null,
		});
	}
	return history;
}

const values = fc.array(
	fc.oneof(
		fc.double({ min: -10, max: 10, noNaN: true }),
		fc.constantFrom(0, 0, NaN, Infinity, -Infinity),
	),
	{ maxLength: 40 },
);

/** Declares the suite. */
export function samplerContract(name: string, sampler: Sampler): void {
	describe(`${name} keeps the sampler contract`, () => {
		it('stays inside of every range, whatever the trials so far were', () => {
			fc.assert(
				fc.property(space, values, fc.nat(), (space, values, seed) => {
					const history = historyOf(sampler, space, values);
					const trial = history.trials.length;
					const inputs = sampler.suggest({ history, space, trial, seed });
					expect(inputs).toHaveLength(space.length);
					for (const [i, { distribution }] of space.entries()) {
						const input = inputs[i]!;
						expect(toInternal(distribution, toExternal(distribution, input))).toBe(input);
						if (isSingle(distribution) && distribution.type !== 'categorical')
							expect(input).toBe(distribution.low);
					}
				}),
				{ numRuns: 60 },
			);
		});

		const plain = spaceOf({
			lr: float(1e-5, 1, { log: true }),
			momentum: float(0, 1),
			batch: categorical([1, 2, 4, 8]),
		});
		const seen = historyOf(sampler, plain, [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7]);
		const ask = (history: History, seed: number, trial = history.trials.length) =>
			sampler.suggest({ history, space: plain, trial, seed });

		it('suggests the same for the same seed and trials, and other things for others', () => {
			expect(ask(seen, 1)).toEqual(ask(structuredClone(seen), 1));
			expect(ask(seen, 1)).not.toEqual(ask(seen, 2));
			expect(ask(seen, 1)).not.toEqual(ask(seen, 1, seen.trials.length + 1));
		});

		it('does not look at the trial that is asked for', () => {
			const own: Trial = { ...seen.trials[0]!, number: 14, state: 'RUNNING', values: null };
			expect(ask({ ...seen, trials: [...seen.trials, own] }, 1, 14)).toEqual(ask(seen, 1));
		});

		it('leaves the history as it was', () => {
			const before = structuredClone(seen);
			ask(seen, 5);
			expect(seen).toEqual(before);
		});

		it('goes on when all trials failed', () => {
			const failed = historyOf(sampler, plain, new Array<number>(30).fill(NaN));
			expect(ask(failed, 1)).toHaveLength(3);
		});
	});
}
