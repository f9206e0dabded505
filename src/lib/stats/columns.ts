/**
 * The columnar mirror: every trial of a snapshot as typed arrays. Facets, sorting, curves and exports
 * read this; it is built once from the database in the worker and never leaves it whole.
 * Not a table for display: windows of it are cut out by `window.ts`.
 */

/** One leaderboard of LEMUR: what `accuracy` means depends on `metric`. */
export interface TaskInfo {
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
}

/** A net under a task: LEMUR's configuration `<task>_<dataset>_<metric>_<nn>`. */
export interface Configs {
	readonly count: number;
	/** index into `TrialColumns.tasks` */
	readonly task: Uint16Array;
	/** index into `TrialColumns.nns` */
	readonly nn: Uint16Array;
}

/** One hyperparameter over all runs. Booleans are numbers (1, 0) as in LEMUR's own database. */
export type PrmColumn =
	| { readonly kind: 'number'; readonly values: Float64Array } // NaN = the run has no such parameter
	| { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: readonly string[] }; // -1 = none

/** One run: one hyperparameter set trained under one configuration. Its trials are contiguous. */
export interface Runs {
	readonly count: number;
	/** index into `Configs`, non-decreasing */
	readonly config: Uint32Array;
	/** index into `TrialColumns.transforms` */
	readonly transform: Uint16Array;
	/** index into `SOURCES` */
	readonly source: Uint8Array;
	/** trials of run r are start[r] … start[r + 1] − 1; length count + 1 */
	readonly start: Uint32Array;
	/** 0, or n for the n-th further run that repeats the same (config, epoch, uid) */
	readonly repeat: Uint16Array;
	/** index into the snapshot's distinct uids: runs that share a uid share this number */
	readonly uid: Uint32Array;
	/** every hyperparameter but `transform` and `epoch`, in code-point order of its name */
	readonly prm: ReadonlyMap<string, PrmColumn>;
	/** the hyperparameter called `epoch`, the highest of the run's trials; NaN = none; default: no run has it */
	readonly plannedEpochs?: Float64Array;
}

export const SOURCES = ['lemur', 'mine'] as const;
export type Source = (typeof SOURCES)[number];

/** All trials, ordered by configuration (task, dataset, metric, nn by code point), run, epoch. */
export interface TrialColumns {
	readonly version: string;
	readonly count: number;
	readonly tasks: readonly TaskInfo[];
	readonly nns: readonly string[];
	readonly transforms: readonly string[];
	readonly configs: Configs;
	readonly runs: Runs;
	/** index into `Runs` */
	readonly run: Uint32Array;
	readonly epoch: Uint16Array;
	/** fraction 0..1; IoU, mAP, BLEU-4, CLIP or perplexity score where the metric says so */
	readonly accuracy: Float64Array;
	/** ns, cumulative since the start of the run; NaN = not recorded */
	readonly duration: Float64Array;
}
