/** Learning curves: statistics over the trials of each series at each epoch. */

export type CurveBy = 'nn' | 'nnFamily' | 'dataset' | 'transform' | 'all';

/** One series; arrays have one element per epoch that has trials, ascending. */
export interface Curve {
	readonly name: string;
	/** never mixed: a series belongs to one (task, dataset, metric) */
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly runs: number;
	readonly best: number;
	readonly epoch: Uint16Array;
	readonly n: Uint32Array;
	readonly mean: Float64Array;
	/** ddof 1; NaN where n = 1: no band is drawn there */
	readonly std: Float64Array;
	readonly min: Float64Array;
	readonly p5: Float64Array;
	readonly q1: Float64Array;
	readonly median: Float64Array;
	readonly q3: Float64Array;
	readonly p95: Float64Array;
	readonly max: Float64Array;
}

export interface CurveSet {
	/** the `top` series of highest best accuracy, ties by name */
	readonly curves: readonly Curve[];
	/** how many series the filter has in all */
	readonly series: number;
}
