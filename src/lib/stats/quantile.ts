/**
 * Sums, moments and quantiles of plain numbers. Everything works on one sorted array, so a result
 * depends on the values alone: not on their order, nor on what other groups are present.
 */

/** A copy in ascending order; NaN goes last. */
export function sorted(values: ArrayLike<number>): Float64Array {
	return Float64Array.from(values).sort();
}

/** Neumaier's compensated sum: off by an ulp or so, whatever the cancellation. */
export function sum(values: Float64Array): number {
	let total = 0;
	let lost = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		const next = total + value;
		lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
		total = next;
	}
	return total + lost;
}

/**
 * @param ascending sorted values without NaN
 * @returns the mean (of equal values exactly that value); NaN for none
 */
export function mean(ascending: Float64Array): number {
	const n = ascending.length;
	if (n === 0) return NaN;
	const first = ascending[0]!;
	return first === ascending[n - 1] ? first : sum(ascending) / n;
}

/**
 * Standard deviation with ddof 1, by deviations from the mean: no cancellation of large squares.
 * @param ascending sorted values without NaN
 * @returns 0 for equal values; NaN for fewer than two, where it is undefined
 */
export function std(ascending: Float64Array, average = mean(ascending)): number {
	const n = ascending.length;
	if (n < 2) return NaN;
	if (ascending[0] === ascending[n - 1]) return 0;
	let squares = 0;
	let deviations = 0;
	for (let i = 0; i < n; i++) {
		const deviation = ascending[i]! - average;
		squares += deviation * deviation;
		deviations += deviation;
	}
	return Math.sqrt((squares - (deviations * deviations) / n) / (n - 1));
}

/**
 * numpy's default quantile ("linear", Hyndman and Fan's type 7).
 * @param ascending sorted values without NaN
 * @param q 0..1
 * @returns NaN for no values
 */
export function quantile(ascending: Float64Array, q: number): number {
	const n = ascending.length;
	if (n === 0) return NaN;
	const position = (n - 1) * q;
	const below = Math.floor(position);
	const left = ascending[below]!;
	const right = ascending[Math.min(below + 1, n - 1)]!;
	const share = position - below;
	// From the nearer end, as numpy does: exact at both ends, and never beyond them.
	return share < 0.5 ? left + (right - left) * share : right - (right - left) * (1 - share);
}
