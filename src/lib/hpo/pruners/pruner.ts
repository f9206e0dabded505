/**
 * What every pruner is: asked after each report whether the trial should go on. It keeps nothing
 * itself; what it must remember travels with the trial and the study, so that a study that is resumed
 * judges as before.
 */
import type { History, Trial, TrialState } from '../trial';

/** A trial as pruners see it. */
export interface JudgedTrial extends Trial {
	/** the values it had at the rungs it completed (successive halving) */
	readonly rungs: readonly number[];
}

export interface PrunerHistory extends History {
	readonly trials: readonly JudgedTrial[];
}

/** What was found out once and holds from then on. */
export interface PrunerMemory {
	/** successive halving: what a first rung takes, in steps */
	readonly minResource?: number;
	/** Hyperband: what a whole trial takes, in steps */
	readonly maxResource?: number;
}

export interface JudgeRequest {
	/** all trials of the study, the judged one among them */
	readonly history: PrunerHistory;
	/** its newest report is the one to judge */
	readonly trial: JudgedTrial;
	readonly memory: PrunerMemory;
	/** the study's name */
	readonly study: string;
}

export interface Verdict {
	readonly prune: boolean;
	/** rungs that this report completed, to be added to the trial's */
	readonly rungs?: readonly number[];
	/** to be kept for later calls */
	readonly memory?: PrunerMemory;
}

export interface Pruner {
	judge(request: JudgeRequest): Verdict;
	/** @returns the part of the history that a sampler should learn from; default: all */
	visible?(history: PrunerHistory, trial: number, study: string, memory: PrunerMemory): History;
}

export const KEEP: Verdict = { prune: false };
export const PRUNE: Verdict = { prune: true };

/** @returns the trials in a state */
export function inState<T extends { readonly state: TrialState }>(
	trials: readonly T[],
	state: TrialState,
): T[] {
	return trials.filter((trial) => trial.state === state);
}
