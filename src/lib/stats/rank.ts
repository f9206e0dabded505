/** Where one value stands among others. Ties share the lower rank; a percentile counts half of them. */

export interface Standing {
	/** 1 + how many are strictly greater */
	readonly rank: number;
	/** share of the values that are lower, plus half of those that are equal: 0..1; NaN for none */
	readonly percentile: number;
	readonly of: number;
}

/**
 * @param value compared with all of `values`, of which it usually is one
 * @param values in any order; NaN neither beats nor ties
 */
export function standing(value: number, values: Iterable<number>): Standing {
	let of = 0;
	let greater = 0;
	let equal = 0;
	let lower = 0;
	for (const other of values) {
		of++;
		if (other > value) greater++;
		else if (other === value) equal++;
		else if (other < value) lower++;
	}
	return { rank: 1 + greater, percentile: (lower + equal / 2) / of, of };
}
