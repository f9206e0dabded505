/** Counts, best and quantiles per group of a filter; metrics are never mixed in one group. */

export const GROUP_FIELDS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'nnFamily',
	'transform',
	'epoch',
	'source',
] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

/** Struct of arrays, one element per group. Quantiles are numpy's linear (type 7). */
export interface SummaryTable {
	readonly by: readonly GroupField[];
	readonly groups: number;
	/** the group's values, one list per field of `by` */
	readonly keys: readonly (readonly string[])[];
	readonly trials: Uint32Array;
	readonly runs: Uint32Array;
	readonly nets: Uint32Array;
	readonly mean: Float64Array;
	/** ddof 1; NaN for one trial */
	readonly std: Float64Array;
	readonly min: Float64Array;
	readonly q1: Float64Array;
	readonly median: Float64Array;
	readonly q3: Float64Array;
	readonly max: Float64Array;
	/** a trial with the maximum (lowest epoch, then nn, then uid), and how many tie with it */
	readonly best: Uint32Array;
	readonly ties: Uint32Array;
	/** mean duration, ns; NaN when none is recorded */
	readonly meanDuration: Float64Array;
}
