/**
 * A random forest of regression trees, grown as scikit-learn grows the one that Optuna asks for:
 * bootstrap, all columns tried at each split, squared error, leaves down to one trial. Its random
 * stream is our own, so single trees differ from theirs; their distribution does not.
 */
import { randomIndex, type Random } from '../random';
import type { Feature, Tree } from './tree';
import { growTree, type Sample } from './tree-grower';

export interface ForestOptions {
	readonly random: Random;
	/** default 64 */
	readonly trees?: number;
	/** default 64 */
	readonly maxDepth?: number;
	/** trials drawn for each tree (with replacement) at most; default: as many as there are */
	readonly maxSamples?: number;
}

/**
 * @param features at least one, all of as many trials as `values`
 * @returns the trees; the same for the same stream of random numbers
 */
export function growForest(
	features: readonly Feature[],
	values: Float64Array,
	{ random, trees = 64, maxDepth = 64, maxSamples = Infinity }: ForestOptions,
): Tree[] {
	const sortedTrials = features.map((feature) => sortedBy(feature, values.length));
	const draws = Math.min(values.length, maxSamples);
	return Array.from({ length: trees }, () => {
		const times = new Uint32Array(values.length);
		for (let i = 0; i < draws; i++) times[randomIndex(random, values.length)]!++;
		return growTree(drawn(features, sortedTrials, values, times), random, maxDepth);
	});
}

function drawn(
	features: readonly Feature[],
	sortedTrials: readonly Uint32Array[],
	values: Float64Array,
	times: Uint32Array,
): Sample {
	const trials = positionsOf(times);
	const number = new Uint32Array(values.length);
	for (let i = 0; i < trials.length; i++) number[trials[i]!] = i;
	return {
		features: features.map((feature) =>
			feature.kind === 'number'
				? { ...feature, values: Float32Array.from(trials, (trial) => feature.values[trial]!) }
				: { ...feature, codes: Int32Array.from(trials, (trial) => feature.codes[trial]!) },
		),
		order: sortedTrials.map((sorted) => {
			const order = new Uint32Array(trials.length);
			let n = 0;
			for (let i = 0; i < sorted.length; i++)
				if (times[sorted[i]!]! > 0) order[n++] = number[sorted[i]!]!;
			return order;
		}),
		weight: Float64Array.from(trials, (trial) => times[trial]!),
		weighted: Float64Array.from(trials, (trial) => times[trial]! * values[trial]!),
		values: Float64Array.from(trials, (trial) => values[trial]!),
	};
}

/** Trials in ascending order of a number; in their own order for a one-hot feature. */
function sortedBy(feature: Feature, count: number): Uint32Array {
	const order = Uint32Array.from({ length: count }, (_, i) => i);
	if (feature.kind === 'one-hot') return order;
	const { values } = feature;
	return order.sort((a, b) => values[a]! - values[b]! || a - b);
}

/** Where an array is not 0. */
function positionsOf(times: Uint32Array): Uint32Array {
	const positions = new Uint32Array(times.length);
	let n = 0;
	for (let i = 0; i < times.length; i++) if (times[i]! > 0) positions[n++] = i;
	return positions.slice(0, n);
}
