/**
 * What a study searches: a function from hyperparameters to a value. Training, replay and a visitor's
 * own function are objectives; how trials are chosen and stored is not their matter.
 */
import type { Params, Space } from '../space';
import type { Outcome, Study } from '../study/study';

/** What an objective may use while a trial runs. */
export interface TrialContext {
	/** number of the trial, and a name for what it stores beside the study */
	readonly trial: number;
	readonly key: string;
	/** for whatever is drawn in the trial; its own for each trial */
	readonly seed: number;
	/** aborted when the visitor stops the trial: reject with the signal's reason */
	readonly signal: AbortSignal;
	/** whether an earlier visit began this trial: go on from its checkpoint */
	readonly resumed: boolean;
	/**
	 * Stores a value on the way.
	 * @param step whole, from 0; usually the epoch
	 * @returns whether the pruner says to stop: then return `{ state: 'PRUNED' }`
	 */
	report(step: number, value: number): Promise<boolean>;
}

export interface Objective {
	/**
	 * @returns the value, or another end of the trial. What it throws is a failure; OutOfMemory and
	 * HeldUp are of their own kind
	 */
	run(params: Params, context: TrialContext): Promise<Outcome>;
	/** Asked before each trial begins. @throws HeldUp when none can */
	ready?(): Promise<void>;
	/**
	 * Whether it can go on with a trial that was interrupted, or paused in its middle. Default: the
	 * former FAILs, and a pause waits for the trial's end
	 */
	readonly resumable?: boolean;
	/** trials at the same time, at most; default: as many as are asked for */
	readonly parallel?: number;
	/** what failures mean; default: they are FAIL, and 30 in a row end the search */
	readonly policy?: FailurePolicy;
	/** frees what it holds */
	dispose?(): void;
}

/** A batch does not fit into memory. */
export class OutOfMemory extends Error {
	override readonly name = 'OutOfMemory';

	/** @param batch the size that did not fit */
	constructor(
		readonly batch: number,
		message = `Batch ${batch} does not fit into memory.`,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/**
 * Nothing can be run now, and no trial is to blame: the device is busy, the data is not here. The
 * trial, if it had begun, is left as it is.
 */
export class HeldUp extends Error {
	override readonly name = 'HeldUp';
}

/** What follows from an error in a trial. */
export type Decision = { readonly outcome: Outcome } & (
	| { readonly then: 'go-on' }
	| { readonly then: 'give-up'; readonly reason: string }
	| { readonly then: 'restart'; readonly space: Space; readonly reason: string }
);

export interface FailurePolicy {
	/** @param study with the trial still running */
	decide(error: unknown, study: Study, trial: number): Decision;
}

/** Failures in a row that end a search. */
export const FAILURES_IN_A_ROW = 30;

/** Failed trials are FAIL, which no sampler learns from; too many in a row end the search. */
export const defaultPolicy: FailurePolicy = {
	decide(error, study) {
		const outcome = { state: 'FAIL', reason: messageOf(error) } as const;
		const failures = 1 + failuresInARow(study, (trial) => trial.state === 'FAIL');
		if (failures < FAILURES_IN_A_ROW) return { outcome, then: 'go-on' };
		return { outcome, then: 'give-up', reason: gaveUp(failures, outcome.reason) };
	},
};

/** @param last why the last one failed */
export function gaveUp(failures: number, last: string): string {
	return `${failures} trials in a row have failed, the last one with: ${last}`;
}

/** @returns how many of the last finished trials of the search were failures */
export function failuresInARow(
	study: Study,
	isFailure: (trial: Study['trials'][number]) => boolean,
): number {
	let count = 0;
	for (let i = study.currentTrials.length - 1; i >= 0; i--) {
		const trial = study.currentTrials[i]!;
		if (trial.origin !== 'search' || trial.state === 'RUNNING') continue;
		if (!isFailure(trial)) break;
		count++;
	}
	return count;
}

export function messageOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.slice(0, 1_000) || 'The objective failed without a message.';
}
