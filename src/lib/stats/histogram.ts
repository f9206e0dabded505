/** Equal-width histogram of one numeric column: numpy's rule, last bin closed. */

export interface Histogram {
	/** length bins + 1; empty when no row has a value */
	readonly edges: Float64Array;
	/** rows of the filter (without its own range on this column) in each bin */
	readonly counts: Uint32Array;
	/** all rows of the snapshot in the same bins, drawn in grey behind */
	readonly background: Uint32Array;
	/** rows of the filter without a value */
	readonly missing: number;
}
