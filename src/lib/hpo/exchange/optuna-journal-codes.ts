/** The numbers in Optuna's journal, as of version 4.5. */
import type { Direction, TrialState } from '../trial';

export const OP = {
	createStudy: 0,
	deleteStudy: 1,
	studyUserAttr: 2,
	studySystemAttr: 3,
	createTrial: 4,
	param: 5,
	stateValues: 6,
	intermediate: 7,
	trialUserAttr: 8,
	trialSystemAttr: 9,
} as const;

/** By Optuna's number. */
export const STATES: readonly TrialState[] = ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'];
export const DIRECTIONS: readonly (Direction | null)[] = [null, 'minimize', 'maximize'];
