/** The numbers of a box plot as matplotlib has them. How a box is drawn is the plot's own. */
import { mean, quantile } from './quantile';

export interface BoxStats {
	readonly n: number;
	readonly mean: number;
	readonly q1: number;
	readonly median: number;
	readonly q3: number;
	/** ends of the whiskers: the outermost values within 1.5 interquartile ranges of the box */
	readonly low: number;
	readonly high: number;
	/** values beyond the whiskers, ascending */
	readonly fliers: Float64Array;
}

const REACH = 1.5;

/**
 * @param ascending sorted values without NaN
 * @returns quartiles of type 7; NaN everywhere for no values
 */
export function boxStats(ascending: Float64Array): BoxStats {
	const n = ascending.length;
	const q1 = quantile(ascending, 0.25);
	const median = quantile(ascending, 0.5);
	const q3 = quantile(ascending, 0.75);
	const reach = REACH * (q3 - q1);
	let first = 0;
	while (first < n && ascending[first]! < q1 - reach) first++;
	let last = n - 1;
	while (last >= 0 && ascending[last]! > q3 + reach) last--;
	// A quartile lies between values, so the outermost value within reach may be inside the box.
	const low = n === 0 ? NaN : Math.min(ascending[first] ?? q1, q1);
	const high = n === 0 ? NaN : Math.max(ascending[last] ?? q3, q3);
	const fliers = new Float64Array(first + (n - 1 - last));
	fliers.set(ascending.subarray(0, first));
	fliers.set(ascending.subarray(last + 1), first);
	return { n, mean: mean(ascending), q1, median, q3, low, high, fliers };
}
