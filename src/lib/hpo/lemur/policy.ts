/**
 * What failures mean in LEMUR's search: a trial that throws is worth 0 and counts, 30 in a row give the
 * net up, and a batch that does not fit begins the search anew with smaller ones.
 */
import { passesGate } from '../../train/gate';
import {
	failuresInARow,
	messageOf,
	OutOfMemory,
	type Decision,
	type FailurePolicy,
} from '../objective/objective';
import type { Study } from '../study/study';
import { withBatchesUpTo } from './search-space';

export interface LemurPolicyOptions {
	/** of the data set; null = none is known */
	readonly minimumAccuracy: number | null;
	/** failures in a row after which the net is given up; any trial above the gate sets them back */
	readonly failAttempts: number;
}

export function lemurPolicy({ minimumAccuracy, failAttempts }: LemurPolicyOptions): FailurePolicy {
	return {
		decide(error, study, trial): Decision {
			if (error instanceof OutOfMemory) return afterOutOfMemory(error, study, trial);
			const reason = messageOf(error);
			// Trials between failures that were no good do not set the count back.
			const isBad = ({ state, values }: Study['trials'][number]) =>
				state !== 'COMPLETE' || !passesGate(values?.[0] ?? 0, minimumAccuracy);
			const span = failuresInARow(study, isBad);
			const failures = 1 + failedAmongLast(study, span);
			if (failures < failAttempts)
				return { outcome: { state: 'COMPLETE', values: [0], reason }, then: 'go-on' };
			return {
				outcome: { state: 'FAIL', reason },
				then: 'give-up',
				reason: `${failures} attempts have failed without a good trial between them, the last one with: ${reason}`,
			};
		},
	};
}

/** Trials that threw have a reason; those that were merely bad have none. */
function failedAmongLast({ currentTrials }: Study, span: number): number {
	return currentTrials
		.filter(({ origin, state }) => origin === 'search' && state !== 'RUNNING')
		.slice(-span || Infinity)
		.filter(({ reason }) => reason !== null).length;
}

function afterOutOfMemory(error: OutOfMemory, study: Study, trial: number): Decision {
	const { space } = study.trial(trial);
	const power = Math.floor(Math.log2(error.batch));
	const narrowed = withBatchesUpTo(space, 2 ** (power - 1));
	const reason = messageOf(error);
	// The smallest batch does not fit: LEMUR counts it as 0 and goes on.
	if (narrowed === null)
		return { outcome: { state: 'COMPLETE', values: [0], reason }, then: 'go-on' };
	return {
		outcome: { state: 'FAIL', reason },
		then: 'restart',
		space: narrowed,
		reason: `${reason} The search begins anew with batches up to ${2 ** (power - 1)}.`,
	};
}
