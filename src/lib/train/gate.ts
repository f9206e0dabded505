/**
 * LEMUR's rules about one epoch's accuracy: what is stored for a figure that is none, whether the
 * trial goes on, how fast it was, and what a trial is worth that would take too long. It decides
 * nothing about a trial itself (trial.ts).
 */

/** An epoch passes when its accuracy is above the data set's minimum times this. */
export const GATE_FACTOR = 1.2;
/** LEMUR's limit of one epoch, minutes. */
export const EPOCH_LIMIT_MINUTES = 30;
/** Batches that an estimate of an epoch needs; LEMUR estimates after more than this. */
export const BATCHES_BEFORE_ESTIMATE = 5;
/** Makes accuracy to time comparable with an accuracy: 100 s, in ns. */
const TIME_UNIT_NS = 1e11;
/** Keeps the value of a trial that was too slow far below every accuracy. */
const SLOW_TRIAL_SCALE = 1e5;

/** @returns the accuracy that LEMUR stores: 0 for NaN and infinities */
export function storedAccuracy(accuracy: number): number {
	return Number.isFinite(accuracy) ? accuracy : 0;
}

/** @returns what an epoch's accuracy must be above; null = the data set names no minimum */
export function gateThreshold(minimum: number | null): number {
	return (minimum ?? 0) * GATE_FACTOR;
}

/** @returns whether the trial goes on; otherwise it ends, and this epoch is not stored */
export function passesGate(accuracy: number, minimum: number | null): boolean {
	return accuracy > gateThreshold(minimum);
}

/**
 * Accuracy above the minimum in 100 s, which LEMUR computes and never stores.
 * @param durationNs since before the net's `trainSetup`, over all epochs so far
 * @returns at least 0; NaN for a duration of 0, where LEMUR's division fails
 */
export function accuracyToTime(
	accuracy: number,
	minimum: number | null,
	durationNs: number,
): number {
	if (durationNs <= 0) return NaN;
	return Math.max(0, accuracy - (minimum ?? 0)) / (durationNs / TIME_UNIT_NS);
}

/**
 * How long the epoch will take in all, from its batches so far.
 * @param elapsed time of `done` batches, in any unit
 * @returns in that unit; null until more than five batches are done
 */
export function estimateEpoch(elapsed: number, done: number, total: number): number | null {
	return done > BATCHES_BEFORE_ESTIMATE ? (total * elapsed) / done : null;
}

/**
 * What the search is told of a trial that was stopped because an epoch would take too long: next to
 * nothing, but more for a faster net.
 * @param limit and estimate in the same unit
 */
export function slowTrialValue(limit: number, estimate: number): number {
	return limit / estimate / SLOW_TRIAL_SCALE;
}

/** The reverse of `slowTrialValue`. @returns the estimate, in the unit of the limit */
export function slowTrialEstimate(limit: number, value: number): number {
	return limit / value / SLOW_TRIAL_SCALE;
}
