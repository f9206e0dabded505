import { describe, expect, it } from 'vitest';
import { categorical, float, int } from '../distributions';
import { randomSampler } from '../samplers/random';
import type { Sampler } from '../samplers/sampler';
import { spaceOf, type Space } from '../space';
import type { History, Trial } from '../trial';
import { tpeSampler } from './sampler';

const plane = spaceOf({ x: float(-5, 5), y: float(-5, 5) });

function trialOf(number: number, space: Space, inputs: readonly number[], value: number): Trial {
	return {
		number,
		state: 'COMPLETE',
		space,
		inputs,
		values: [value],
		intermediate: new Map(),
		start: null,
		end: null,
	};
}

/** The best value of a short search; `told` may lie about the values. */
function search(
	sampler: Sampler,
	seed: number,
	told: (value: number) => number = (x) => x,
): number {
	const trials: Trial[] = [];
	const history: History = { directions: ['minimize'], trials };
	let best = Infinity;
	for (let number = 0; number < 60; number++) {
		const inputs = sampler.suggest({ history, space: plane, trial: number, seed });
		const value = (inputs[0]! - 2) ** 2 + (inputs[1]! + 1) ** 2;
		best = Math.min(best, value);
		trials.push(trialOf(number, plane, inputs, told(value)));
	}
	return best;
}

const mean = (run: (seed: number) => number) =>
	Array.from({ length: 12 }, (_, seed) => run(seed)).reduce((sum, one) => sum + one, 0) / 12;

describe('tpeSampler', () => {
	it.each(['v4', 'v4-multivariate', 'v5'] as const)(
		'%s finds better values than random search, and not when it is told nonsense',
		(preset) => {
			const random = mean((seed) => search(randomSampler, seed));
			expect(mean((seed) => search(tpeSampler({ preset }), seed))).toBeLessThan(random / 2);
			const misled = mean((seed) => search(tpeSampler({ preset }), seed, (value) => -value));
			expect(misled).toBeGreaterThan(random / 2);
		},
	);

	it('learns from trials over another space as far as their values are in this one', () => {
		const wider = spaceOf({ x: float(-50, 50), b: categorical([1, 2, 4]) });
		const narrow = spaceOf({ x: float(-5, 5), b: categorical([4, 1]), n: int(0, 3) });
		const trials = Array.from({ length: 30 }, (_, number) =>
			trialOf(number, wider, [number === 7 ? 3 : 40 - number, number % 3], number === 7 ? 0 : 9),
		);
		for (const preset of ['v4', 'v4-multivariate', 'v5'] as const) {
			const sampler = tpeSampler({ preset });
			const drawn = Array.from({ length: 40 }, (_, seed) =>
				sampler.suggest({
					history: { directions: ['minimize'], trials },
					space: narrow,
					trial: 30,
					seed,
				}),
			);
			const near = drawn.filter(([x]) => Math.abs(x! - 3) < 1).length;
			// v5 makes the kernel of a single observation as wide as the range.
			if (preset !== 'v5') expect(near).toBeGreaterThan(20);
			expect(drawn.every(([, b]) => b === 0 || b === 1)).toBe(true);
		}
	});

	it('keeps parallel trials of v5 apart', () => {
		const trials = Array.from({ length: 20 }, (_, number) =>
			trialOf(number, plane, [2 + (number - 10) / 4, (number * 7) % 5], Math.abs(number - 10)),
		);
		const running = Array.from({ length: 10 }, (_, i): Trial => ({
			...trialOf(20 + i, plane, [2, i / 2], 0),
			state: 'RUNNING',
			values: null,
		}));
		const near = (extra: readonly Trial[]) =>
			Array.from({ length: 60 }, (_, seed) => {
				const history: History = { directions: ['minimize'], trials: [...trials, ...extra] };
				return tpeSampler({ preset: 'v5' }).suggest({ history, space: plane, trial: 30, seed });
			}).filter(([x]) => Math.abs(x! - 2) < 0.2).length;
		expect(near(running)).toBeLessThan(near([]));
	});

	it('says that it searches for one objective', () => {
		expect(() =>
			tpeSampler().suggest({
				history: { directions: ['minimize', 'maximize'], trials: [] },
				space: plane,
				trial: 0,
				seed: 0,
			}),
		).toThrow(/one objective/);
	});
});
