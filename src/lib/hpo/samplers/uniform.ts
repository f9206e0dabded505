/** From a share of a range to a value of it: uniform in the range, or in its logarithm. */
import { nearest, type Distribution } from '../distributions';

/** Below 1: the share 1 itself never comes from a generator, but may from other callers. */
const BELOW_ONE = 1 - Number.EPSILON / 2;

/**
 * @param share 0 … 1: equal shares have equal probability. Steps are as wide at the ends as within.
 * @returns the input at this share of the range
 */
export function inputAt(distribution: Distribution, share: number): number {
	if (distribution.type === 'categorical')
		return Math.floor(Math.min(share, BELOW_ONE) * distribution.choices.length);
	const { low, high, step, log } = distribution;
	const half = (step ?? 0) / 2;
	const from = log ? Math.log(low - half) : low - half;
	const to = log ? Math.log(high + half) : high + half;
	const at = from + share * (to - from);
	return nearest(distribution, log ? Math.exp(at) : at);
}
