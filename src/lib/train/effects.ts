/**
 * What a trial takes from outside, and what it hands out to be stored. Types only: the page, the worker
 * and the search each bring their own.
 */
import type { Loader } from '../datasets/loader';
import type { Split } from '../datasets/dataset';
import type { NetSpec } from '../nets/net';
import type { TrialControl } from './control';
import type { Score } from './evaluate';
import type { FinishedEpoch, TrialEvent } from './events';
import type { NetState } from './net-state';

/** Where a trial stands between two steps: everything that it needs to go on. */
export interface Checkpoint {
	/** the epoch that is being trained, from 1; one above the last when all are done */
	readonly epoch: number;
	/** steps of it that are done */
	readonly step: number;
	/** ms of training so far */
	readonly duration: number;
	/** of the steps of this epoch */
	readonly loss: { readonly sum: number; readonly count: number };
	/** of the epoch before; null before the first */
	readonly accuracy: number | null;
	/** hash of the training data */
	readonly dataHash: string;
	readonly net: NetState;
}

/** What a trial takes from outside. */
export interface TrialEffects {
	readonly net: NetSpec;
	/** batches of a split under the trial's transform; closed by the trial */
	readonly open: (split: Split) => Promise<Loader>;
	/** a fresh accumulator of the metric */
	readonly score: () => Score;
	/** of the dataset; null: it names none. The gate is LEMUR's multiple of it. */
	readonly minimumAccuracy: number | null;
	/** bytes that a step may take; absent: not known */
	readonly memory?: number | undefined;
	/** monotonic, ms; time in which the machine slept is left out */
	readonly now: () => number;
	/** lets messages in; called between any two steps */
	readonly breathe: () => Promise<void>;
	/** Stores an epoch with the state after it; false: it is kept in memory only, and that was said. */
	readonly saveEpoch: (epoch: FinishedEpoch, checkpoint: Checkpoint) => Promise<boolean>;
	/** Stores a state in the middle of an epoch. */
	readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<void>;
	/** whether a state should be stored now, in the middle of an epoch */
	readonly checkpointDue: (step: number) => boolean;
	readonly emit: (event: TrialEvent) => void;
	readonly control: TrialControl;
}
