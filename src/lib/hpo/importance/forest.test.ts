import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random';
import { growForest } from './forest';
import { columnsIn, LEAF, type Feature, type Tree } from './tree';

const numbers = (values: readonly number[]): Feature => ({
	kind: 'number',
	values: Float32Array.from(values),
});
const choices = (codes: readonly number[], count: number): Feature => ({
	kind: 'one-hot',
	codes: Int32Array.from(codes),
	choices: count,
});

/** What a tree says of a row of encoded columns. */
function predict(tree: Tree, row: readonly number[]): number {
	let node = 0;
	while (tree.feature[node] !== LEAF)
		node = (row[tree.feature[node]!]! <= tree.threshold[node]! ? tree.left : tree.right)[node]!;
	return tree.value[node]!;
}

describe('growForest(features, values, options)', () => {
	it('predicts what it has seen: leaves down to one trial', () => {
		const x = Array.from({ length: 40 }, (_, i) => i);
		const values = Float64Array.from(x, (at) => Math.sin(at));
		const trees = growForest([numbers(x)], values, { random: seededRandom(1), trees: 60 });
		const off = x.map((at) => {
			const mean = trees.reduce((sum, tree) => sum + predict(tree, [at]), 0) / trees.length;
			return Math.abs(mean - Math.sin(at));
		});
		// A trial that a tree has not drawn is told from its neighbours.
		expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(0.35);
	});

	it('is the same for the same random numbers, and another for others', () => {
		const features = [numbers([1, 2, 3, 4, 5, 6])];
		const values = Float64Array.of(1, 5, 2, 8, 3, 9);
		const grown = (seed: number) =>
			growForest(features, values, { random: seededRandom(seed), trees: 4 });
		expect(grown(3)).toEqual(grown(3));
		expect(grown(3)).not.toEqual(grown(4));
	});

	it('parts one choice from all others', () => {
		const codes = Array.from({ length: 60 }, (_, i) => i % 3);
		const values = Float64Array.from(codes, (code) => (code === 1 ? 10 : 0));
		const [tree] = growForest([choices(codes, 3)], values, { random: seededRandom(2), trees: 1 });
		if (!tree) throw new Error('No tree.');
		expect([tree.feature[0], tree.threshold[0]]).toEqual([1, 0.5]);
		expect(tree.feature).toHaveLength(3);
		expect(predict(tree, [0, 1, 0])).toBe(10);
		expect(predict(tree, [1, 0, 0])).toBe(0);
		expect(columnsIn(choices(codes, 3))).toBe(3);
	});

	it('is a leaf where nothing can be split: equal values, equal inputs, no depth', () => {
		const leaf = (features: readonly Feature[], values: readonly number[], maxDepth = 64) =>
			growForest(features, Float64Array.from(values), {
				...{ random: seededRandom(5), trees: 3, maxDepth },
			}).every(({ feature }) => feature.length === 1);
		expect(leaf([numbers([1, 2, 3])], [7, 7, 7])).toBe(true);
		expect(leaf([numbers([4, 4, 4])], [1, 2, 3])).toBe(true);
		expect(leaf([numbers([1, 2, 3])], [1, 2, 3], 0)).toBe(true);
	});

	it('never leaves the range of the values, whatever they are', () => {
		const trial = fc.record({
			x: fc.double({ min: -10, max: 10, noNaN: true }),
			code: fc.nat(2),
			y: fc.integer({ min: -5, max: 5 }),
		});
		fc.assert(
			fc.property(fc.array(trial, { minLength: 1, maxLength: 25 }), fc.nat(9), (trials, seed) => {
				const values = Float64Array.from(trials, ({ y }) => y);
				const features = [
					numbers(trials.map(({ x }) => x)),
					choices(
						trials.map(({ code }) => code),
						3,
					),
				];
				const [low, high] = [Math.min(...values), Math.max(...values)];
				for (const tree of growForest(features, values, { random: seededRandom(seed), trees: 3 }))
					for (const value of Array.from(tree.value)) {
						expect(value).toBeGreaterThanOrEqual(low - 1e-9);
						expect(value).toBeLessThanOrEqual(high + 1e-9);
					}
			}),
		);
	});
});
