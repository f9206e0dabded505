import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random';
import { fanova, treeVariance } from './fanova';
import type { Trials } from './space';

const OPTIONS = { trees: 16 };
const unit = { type: 'float', low: 0, high: 1, step: null, log: false } as const;

/** Trials over x, y in 0…1 and a choice; values by a function of them. */
function trialsOf(of: (x: number, y: number, choice: number) => number, count = 300): Trials {
	const x = Float64Array.from({ length: count }, (_, i) => (i * 0.7548776662) % 1);
	const y = Float64Array.from({ length: count }, (_, i) => (i * 0.569840291) % 1);
	const choice = Float64Array.from({ length: count }, (_, i) => i % 3);
	return {
		parameters: [
			{ name: 'x', distribution: unit },
			{ name: 'y', distribution: unit },
			{ name: 'choice', distribution: { type: 'categorical', choices: ['a', 'b', 'c'] } },
			{ name: 'fixed', distribution: { ...unit, low: 0.5, high: 0.5 } },
		],
		inputs: [x, y, choice, new Float64Array(count).fill(0.5)],
		values: x.map((at, i) => of(at, y[i]!, choice[i]!)),
	};
}
const shares = (trials: Trials) => {
	const found = fanova(trials, { random: seededRandom(0), ...OPTIONS });
	if (!found) throw new Error('No tree varies.');
	return [...found];
};

describe('fanova(trials, options)', () => {
	it('gives the variance to the parameter that makes it', () => {
		const [x = 0, y = 0, choice = 0, fixed] = shares(trialsOf((at) => 10 * at));
		expect(x).toBeGreaterThan(0.95);
		expect(Math.max(y, choice)).toBeLessThan(0.03);
		expect(fixed).toBe(0);
	});

	it('shares it as 4 to 1 where one slope is twice the other', () => {
		const [x = 0, y = 0] = shares(trialsOf((a, b) => 2 * a + b, 800));
		expect(x / y).toBeGreaterThan(3);
		expect(x / y).toBeLessThan(5.5);
	});

	it('gives little to any alone where only both together matter', () => {
		const alone = shares(trialsOf((a, b) => (a > 0.5 === b > 0.5 ? 1 : 0), 600));
		expect(Math.max(...alone)).toBeLessThan(0.2);
	});

	it('has nothing to say where nothing varies', () => {
		expect(
			fanova(
				trialsOf(() => 3),
				{ random: seededRandom(0), ...OPTIONS },
			),
		).toBe(null);
		const none = { parameters: [], inputs: [], values: Float64Array.of(1, 2) };
		expect(fanova(none, { random: seededRandom(0), ...OPTIONS })).toBe(null);
	});
});

describe('treeVariance(tree, encoding)', () => {
	it('is that of volumes, not of trials: a step at a quarter', () => {
		const tree = {
			feature: [0, -1, -1],
			threshold: [0.25, 0, 0],
			left: [1, -1, -1],
			right: [2, -1, -1],
			value: [0.5, 4, 0],
		};
		const bounds: [number, number][] = [
			[0, 1],
			[0, 1],
		];
		const { total, marginal } = treeVariance(tree, { columns: [[0], [1]], bounds });
		// Mean 1; a quarter lies 3 above, the rest 1 below.
		expect(total).toBeCloseTo(0.25 * 9 + 0.75, 12);
		expect(marginal[0]).toBeCloseTo(total, 12);
		expect(marginal[1]).toBeCloseTo(0, 12);
	});
});
