/**
 * A search space and the trials over it, in the form that importance evaluators read. Categorical
 * values are the numbers of their choices, so a trial is a row of plain numbers.
 */

export interface NumericDistribution {
	readonly type: 'float' | 'int';
	readonly low: number;
	readonly high: number;
	/** null = continuous */
	readonly step: number | null;
	/** whether it is searched on a logarithmic scale; low > 0 then */
	readonly log: boolean;
}

export interface CategoricalDistribution {
	readonly type: 'categorical';
	readonly choices: readonly (string | number | boolean | null)[];
}

export type Distribution = NumericDistribution | CategoricalDistribution;

export interface Parameter {
	readonly name: string;
	readonly distribution: Distribution;
}

export type Direction = 'minimize' | 'maximize';

/** Finished trials, each with all parameters: arrays of equal length. */
export interface Trials {
	readonly parameters: readonly Parameter[];
	/** by parameter: the value of each trial, or the number of its choice */
	readonly inputs: readonly Float64Array[];
	/** what was to be minimised or maximised */
	readonly values: Float64Array;
}

/** @returns whether a parameter can have one value only: its importance is 0 by definition */
export function isSingle(distribution: Distribution): boolean {
	if (distribution.type === 'categorical') return distribution.choices.length <= 1;
	const { low, high, step } = distribution;
	return low === high || (step !== null && high - low < step);
}

/** @returns shares of their sum; all 0 when nothing has any importance (never made up) */
export function normalized(importances: Float64Array): Float64Array {
	const total = importances.reduce((sum, value) => sum + value, 0);
	return total > 0 ? importances.map((value) => value / total) : new Float64Array(importances);
}
