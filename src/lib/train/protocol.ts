/**
 * What the page and the training worker say to each other. The only file that both sides import. One
 * trial at a time; its whole life is one request (`train`), and what happens meanwhile are its events.
 */
import type { BackendChoice } from '../nn/backend';
import type { TrialConfig } from './config';
import type { TrialEvent } from './events';
import type { Outcome } from './outcome';
import type { RunFacts } from './record';
import type { Recovery } from './recover';
import type { EpochRow, RunHistory, RunRow, StudyTrialRef } from './run-row';

/** What computes here, and why nothing better does. */
export interface BackendVerdict extends RunFacts {
	/** a sentence or two for people */
	readonly text: string;
}

/** What is known before a trial starts. */
export interface Measurement {
	readonly backend: BackendVerdict;
	readonly parameters: number;
	/** bytes at the peak of a step, weights and what the optimizer keeps included */
	readonly memory: number;
	/** ms of the first step, with everything that is compiled in it */
	readonly firstStep: number;
	/** ms of a later step; NaN when only one was taken, because it was slow */
	readonly step: number;
	/** ms of the test set */
	readonly evaluation: number;
	/** steps of an epoch */
	readonly steps: number;
	/** ms of the whole trial, by these */
	readonly total: number;
}

/** One picture of the test set with what the net said of it. */
export interface Example {
	/** number of the sample in the dataset */
	readonly index: number;
	/** H,W,C, 0..255, after the transform but for what the GPU enlarges */
	readonly pixels: Uint8Array;
	readonly shape: readonly [h: number, w: number, c: number];
	readonly label: number;
	readonly predicted: number;
	/** that the net gives to its prediction, and to the label */
	readonly probability: number;
	readonly probabilityOfLabel: number;
}

/** A finished run over its test set. */
export interface Inspection {
	readonly classes: readonly string[];
	/** row = label, column = prediction */
	readonly confusion: Uint32Array;
	readonly samples: number;
	/** the least expected first; wrong ones only */
	readonly worst: readonly Example[];
	readonly random: readonly Example[];
}

export type Action = 'pause' | 'resume' | 'step' | 'stop';

export interface TrainParams {
	readonly config: TrialConfig;
	/** the step of the ladder to begin with, or what is likely to be fastest */
	readonly backend: BackendChoice;
	/** the run to go on with, from its last checkpoint */
	readonly run?: string;
	/** the study that it is a trial of: then memory that is out ends it, as the study decides what follows */
	readonly study?: StudyTrialRef;
	/** said of the run and of its records from here on */
	readonly note?: string;
	/** devices that this trial has lost in workers before this one; default 0 */
	readonly losses?: number;
}

export interface Trained {
	readonly history: RunHistory;
	readonly outcome: Outcome;
}

export type Requests = {
	/** Opens storage, mends it where it lacks something, and gives all runs. */
	open: {
		params: {
			/** the site's base path, '' or '/sub' */
			base: string;
			/** absolute URL of the site's root folder, with its last slash */
			siteRoot: string;
		};
		result: Recovery & { persistent: boolean; training: string[] };
	};
	probe: { params: { backend: BackendChoice }; result: BackendVerdict };
	/**
	 * Three steps and a batch of the test set, on whatever the trial will run on. Refused while a trial
	 * runs.
	 */
	measure: { params: { config: TrialConfig; backend: BackendChoice }; result: Measurement };
	/**
	 * Trains until the trial ends. Errors: TRAIN_BUSY (a trial runs here or in another tab), TRAIN_NET,
	 * TRAIN_RUN (no such run), GPU_LOST (twice: a new worker may get a device).
	 */
	train: { params: TrainParams; result: Trained };
	/** Takes effect between two steps. */
	control: { params: { action: Action }; result: null };
	inspect: { params: { run: string; backend: BackendChoice }; result: Inspection };
	/** Weights of the last checkpoint as a safetensors file. */
	weights: { params: { run: string }; result: Uint8Array };
	/** Frees the room of a run's checkpoints; its records stay. */
	forget: { params: { run: string }; result: null };
	/** Deletes a run, or takes that back within a week. */
	remove: { params: { run: string; removed: boolean }; result: null };
};
export type RequestKind = keyof Requests;

/** Told while `train` runs. */
export type TrainEvent =
	| TrialEvent
	/** a run begins, goes on, or is replaced by one with a smaller batch */
	| { readonly kind: 'run'; readonly run: RunRow; readonly backend: BackendVerdict }
	/** an epoch as it is stored; comes before the `epoch` event */
	| { readonly kind: 'row'; readonly row: EpochRow }
	/** a checkpoint in the middle of an epoch is stored: so far a crash would lose nothing */
	| { readonly kind: 'checkpoint'; readonly epoch: number; readonly step: number };
