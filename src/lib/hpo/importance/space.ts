/**
 * A search space and the trials over it, in the form that importance evaluators read. Categorical
 * values are the numbers of their choices, so a trial is a row of plain numbers.
 */

import type { Parameter } from '../space';

export { isSingle, type Distribution } from '../distributions';
export type { Parameter } from '../space';
export type { Direction } from '../trial';

/** Finished trials, each with all parameters: arrays of equal length. */
export interface Trials {
	readonly parameters: readonly Parameter[];
	/** by parameter: the value of each trial, or the number of its choice */
	readonly inputs: readonly Float64Array[];
	/** what was to be minimised or maximised */
	readonly values: Float64Array;
}

/** @returns shares of their sum; all 0 when nothing has any importance (never made up) */
export function normalized(importances: Float64Array): Float64Array {
	const total = importances.reduce((sum, value) => sum + value, 0);
	return total > 0 ? importances.map((value) => value / total) : new Float64Array(importances);
}
