/** What a trial tells while it runs. Plain values: they cross from the worker to the page as they are. */
import type { EndCode } from './outcome';

export type TrialEvent =
	/** losses of the steps [step − losses.length, step) of an epoch */
	| {
			readonly kind: 'steps';
			readonly epoch: number;
			readonly step: number;
			readonly losses: readonly number[];
			/** ms since the trial began, pauses and gaps left out */
			readonly at: number;
	  }
	/** an epoch's record; it is stored by the time it is told */
	| { readonly kind: 'epoch'; readonly epoch: FinishedEpoch; readonly stored: boolean }
	| {
			readonly kind: 'state';
			readonly state: TrialState;
			readonly epoch: number;
			readonly step: number;
			/** of an epoch; 0 until the data is open */
			readonly steps: number;
	  }
	/** something that is to be known and does not end the trial */
	| { readonly kind: 'note'; readonly code: string; readonly text: string };

/** `compiling` until the first step is through; `evaluating` over the test set. */
export type TrialState =
	'preparing' | 'compiling' | 'training' | 'evaluating' | 'paused' | 'saving' | 'ended';

/** What an epoch left, before it is a LEMUR record. */
export interface FinishedEpoch {
	/** from 1 */
	readonly epoch: number;
	/** the metric; NaN and infinities are 0, as in LEMUR */
	readonly accuracy: number;
	/** ms since just before `trainSetup`, evaluation included, pauses and gaps left out */
	readonly duration: number;
	/** mean over the steps */
	readonly trainLoss: number;
	/** mean cross-entropy over the test set */
	readonly testLoss: number;
	/** of the last epoch's training, without evaluation */
	readonly samplesPerSecond: number;
}

export type { EndCode };
