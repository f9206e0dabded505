/** A trial as a function of a script sees it: Optuna's `Trial`, with what a page needs besides. */
import type { Params } from '../hpo/space';

/** Ends the trial as PRUNED: thrown by `prune()`, or by whatever the function calls. */
export class TrialPruned extends Error {
	override readonly name = 'TrialPruned';
}

/** One trial of a study whose objective is a function. */
export interface ScriptStudyTrial {
	/** from 0 */
	readonly number: number;
	/** values to try, by name */
	readonly params: Params;
	/** aborted when the study is stopped */
	readonly signal: AbortSignal;
	/**
	 * Stores a value on the way.
	 * @param step whole, from 0; usually the epoch. The first value of a step stays
	 * @returns whether the pruner says to stop: then call `prune()`
	 */
	report(value: number, step: number): Promise<boolean>;
	/** @returns what the pruner said of the last report */
	shouldPrune(): boolean;
	/** Ends the trial as PRUNED. @throws TrialPruned always */
	prune(): never;
}

/** @returns the value to search for; what it throws makes the trial FAIL */
export type ScriptObjective = (trial: ScriptStudyTrial) => number | Promise<number>;
