/**
 * Grid search: every combination of choices, numbers, and for continuous ranges of evenly spaced
 * points, each once, in an order that the seed shuffles. Then there is nothing left to suggest.
 */
import { valueCount, type Distribution } from '../distributions';
import { randomIndex, streamOf } from '../random';
import type { Space } from '../space';
import { nearest } from '../distributions';
import type { Sampler } from './sampler';

export interface GridOptions {
	/** points of a range that has more values than that; default 5 */
	readonly points?: number;
}

export const GRID_DEFAULTS = { points: 5 } as const;

export function gridSampler(options: GridOptions = {}): Sampler {
	const { points } = { ...GRID_DEFAULTS, ...options };
	const sizesOf = (space: Space) =>
		space.map(({ distribution }) => pointCount(distribution, points));
	const sizeOf = (space: Space) => sizesOf(space).reduce((product, size) => product * size, 1);
	return {
		capacity: sizeOf,
		suggest({ space, seed, trial }) {
			let cell = shuffled(trial % sizeOf(space), sizeOf(space), seed);
			return sizesOf(space).map((size, place) => {
				const at = cell % size;
				cell = Math.floor(cell / size);
				return pointAt(space[place]!.distribution, at, size);
			});
		},
	};
}

function pointCount(distribution: Distribution, points: number): number {
	const values = valueCount(distribution);
	return distribution.type === 'categorical' ? values : Math.min(values, points);
}

/** Both ends are points; between them they are even, on the scale that is searched. */
function pointAt(distribution: Distribution, at: number, size: number): number {
	if (distribution.type === 'categorical') return at;
	const { low, high, log } = distribution;
	const share = size === 1 ? 0 : at / (size - 1);
	if (share === 0) return low;
	if (share === 1) return high;
	const value = log
		? Math.exp(Math.log(low) + share * Math.log(high / low))
		: low + share * (high - low);
	return nearest(distribution, value);
}

/** A permutation of 0 … size − 1 without a table: steps of a length that shares no factor with it. */
function shuffled(n: number, size: number, seed: number): number {
	const random = streamOf(seed, 'grid');
	let stride = 1 + randomIndex(random, size);
	while (commonFactor(stride, size) !== 1) stride++;
	const start = randomIndex(random, size);
	// Grids are below 2^53 / 2^27 cells in practice; BigInt keeps larger ones right.
	return Number((BigInt(start) + BigInt(n) * BigInt(stride)) % BigInt(size));
}

function commonFactor(a: number, b: number): number {
	while (b !== 0) [a, b] = [b, a % b];
	return a;
}
