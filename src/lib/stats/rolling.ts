/**
 * Rolling mean by position, as pandas' `rolling(window, min_periods=1).mean()`. It knows no groups: the
 * caller cuts a column into nets, or hands it over whole where the window shall run on over borders.
 */

/**
 * @param values in their order; NaN is skipped
 * @param window how many positions, the present one included; whole, at least 1
 * @returns the mean of the values in each window; NaN where it has none
 */
export function rollingMean(values: ArrayLike<number>, window: number): Float64Array {
	const means = new Float64Array(values.length);
	for (let i = 0; i < means.length; i++) {
		// Summed anew for each window: a running sum keeps the rounding errors of all before it.
		let total = 0;
		let n = 0;
		for (let j = Math.max(0, i - window + 1); j <= i; j++) {
			const value = values[j]!;
			if (Number.isNaN(value)) continue;
			total += value;
			n++;
		}
		means[i] = total / n;
	}
	return means;
}
