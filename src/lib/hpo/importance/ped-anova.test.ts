import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pedAnova } from './ped-anova';
import type { Trials } from './space';

const unit = { type: 'float', low: 0, high: 1, step: null, log: false } as const;

function trialsOf(
	x: readonly number[],
	values: readonly number[],
	extra: readonly number[],
): Trials {
	return {
		parameters: [
			{ name: 'x', distribution: unit },
			{ name: 'choice', distribution: { type: 'categorical', choices: ['a', 'b'] } },
			{ name: 'fixed', distribution: { type: 'categorical', choices: ['a'] } },
		],
		inputs: [Float64Array.from(x), Float64Array.from(extra), new Float64Array(x.length)],
		values: Float64Array.from(values),
	};
}
const spread = Array.from({ length: 200 }, (_, i) => (i * 0.7548776662) % 1);
const turns = spread.map((_, i) => i % 2);

describe('pedAnova(trials, options)', () => {
	it('finds the parameter whose best values lie together', () => {
		const near = spread.map((x) => -Math.abs(x - 0.3));
		const [x = 0, choice = 0, fixed] = pedAnova(trialsOf(spread, near, turns), {
			direction: 'maximize',
		});
		expect(x).toBeGreaterThan(20 * choice);
		expect(fixed).toBe(0);
		const decides = turns.map((turn, i) => turn + spread[i]! / 1000);
		const [, by = 0] = pedAnova(trialsOf(spread, decides, turns), { direction: 'maximize' });
		expect(by).toBeGreaterThan(choice);
	});

	it('takes the best from the other end when minimising', () => {
		const values = spread.map((x) => x * x);
		const trials = trialsOf(spread, values, turns);
		const turned = trialsOf(
			spread,
			values.map((value) => -value),
			turns,
		);
		expect(pedAnova(trials, { direction: 'minimize' })).toEqual(
			pedAnova(turned, { direction: 'maximize' }),
		);
		expect(pedAnova(trials, { direction: 'minimize' })).not.toEqual(
			pedAnova(trials, { direction: 'maximize' }),
		);
	});

	it('depends on the ranks of values only, is never negative, and 0 where all are equal', () => {
		const trial = fc.tuple(
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.integer({ min: -9, max: 9 }),
			fc.nat(1),
		);
		fc.assert(
			fc.property(fc.array(trial, { minLength: 2, maxLength: 40 }), (all) => {
				const [x, values, extra] = [0, 1, 2].map((at) => all.map((one) => one[at] ?? 0));
				const found = pedAnova(trialsOf(x!, values!, extra!), { direction: 'maximize' });
				for (const importance of found) expect(importance).toBeGreaterThanOrEqual(0);
				const cubed = trialsOf(
					x!,
					values!.map((value) => value ** 3),
					extra!,
				);
				expect(pedAnova(cubed, { direction: 'maximize' })).toEqual(found);
				const equal = trialsOf(
					x!,
					values!.map(() => 1),
					extra!,
				);
				for (const none of pedAnova(equal, { direction: 'maximize' }))
					expect(none).toBeCloseTo(0, 12);
			}),
		);
	});

	it('refuses to compare a single trial', () => {
		const one = trialsOf([0.5], [1], [0]);
		expect(() => pedAnova(one, { direction: 'maximize' })).toThrow(RangeError);
	});
});
