/** Bins of equal numbers of values; equal values are never apart. */

export interface Bin {
	/** places in the values given */
	readonly members: Uint32Array;
	/** least and greatest value */
	readonly from: number;
	readonly to: number;
}

/**
 * @param values no NaN
 * @param most bins that distinct values would get
 * @returns bins in ascending order, none empty
 */
export function quantileBins(values: Float64Array, most: number): Bin[] {
	const order = Uint32Array.from(values, (_, i) => i).sort(
		(a, b) => values[a]! - values[b]! || a - b,
	);
	const bins: Bin[] = [];
	let start = 0;
	for (let bin = 1; bin <= most && start < order.length; bin++) {
		let end = Math.round((bin * order.length) / most);
		// What is equal to the last one of a bin may have filled this one, too.
		if (end <= start) continue;
		while (end < order.length && values[order[end]!] === values[order[end - 1]!]) end++;
		const members = order.slice(start, end);
		bins.push({ members, from: values[order[start]!]!, to: values[order[end - 1]!]! });
		start = end;
	}
	return bins;
}
