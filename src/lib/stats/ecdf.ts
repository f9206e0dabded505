/** The empirical distribution: which share of the values is at most x. Steps only, nothing is drawn. */

export interface Ecdf {
	/** distinct values, ascending */
	readonly x: Float64Array;
	/** share of the values that are at most x[i]; the last is 1 */
	readonly share: Float64Array;
}

/** @param ascending sorted values without NaN */
export function ecdf(ascending: Float64Array): Ecdf {
	const n = ascending.length;
	const x = new Float64Array(n);
	const share = new Float64Array(n);
	let steps = 0;
	for (let i = 0; i < n; i++) {
		if (ascending[i] === ascending[i + 1]) continue;
		x[steps] = ascending[i]!;
		share[steps++] = (i + 1) / n;
	}
	return { x: x.slice(0, steps), share: share.slice(0, steps) };
}
