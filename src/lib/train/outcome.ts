/**
 * How a trial can end and what is said about it: a code to decide by, a sentence with its numbers, and
 * the value that LEMUR hands to the search. One place for the words, so that pages, records and scripts agree.
 */
import { slowTrialValue } from './gate';

/** GATE, EPOCH_LIMIT and NAN are LEMUR's own ends; the others are this site's. */
export type EndCode =
	'FINISHED' | 'GATE' | 'EPOCH_LIMIT' | 'NAN' | 'STOPPED' | 'OOM' | 'GPU_LOST' | 'FAILED';

export interface Outcome {
	readonly code: EndCode;
	/** what happened and what can be done, in a sentence or two */
	readonly reason: string;
	/** what LEMUR's search is told: accuracy, a tiny number for slow nets, 0; null: nothing to tell */
	readonly value: number | null;
	/** the batch size to try instead, when this one did not fit */
	readonly batch?: number;
}

const percent = (value: number) => `${Number((value * 100).toPrecision(4))} %`;

export function finished(accuracy: number, epochs: number): Outcome {
	const times = epochs === 1 ? '1 epoch' : `${epochs} epochs`;
	const reason = `Finished: ${percent(accuracy)} after ${times}.`;
	return { code: 'FINISHED', reason, value: accuracy };
}

/** Steps of an epoch below which their number is likely to blame. */
const FEW_STEPS = 50;

/**
 * The failing epoch is not saved.
 * @param steps of an epoch
 */
export function belowGate(accuracy: number, gate: number, epoch: number, steps: number): Outcome {
	const cure =
		steps < FEW_STEPS
			? `An epoch of ${steps === 1 ? 'one step' : `${steps} steps`} may be too short: take more samples or a smaller batch, or train without the gate.`
			: 'Lower the learning rate, or train without the gate.';
	const reason =
		`Accuracy ${percent(accuracy)} after epoch ${epoch} is not above ${percent(gate)}, 1.2 times that of guessing. ` +
		`LEMUR’s gate ends the trial here and saves nothing of this epoch. ${cure}`;
	return { code: 'GATE', reason, value: accuracy };
}

/** @param minutes what the epoch would take */
export function tooSlow(minutes: number, limit: number): Outcome {
	const round = (value: number) => Number(value.toPrecision(2));
	const reason =
		`An epoch would take about ${round(minutes)} minutes, the limit is ${round(limit)}. ` +
		'Raise the limit, take a smaller net or fewer samples.';
	return { code: 'EPOCH_LIMIT', reason, value: slowTrialValue(limit, minutes) };
}

export function notANumber(epoch: number, step: number, lr: number | undefined): Outcome {
	const rate = lr === undefined ? '' : `, at a learning rate of ${lr}`;
	const reason =
		`The loss is not a number any more in step ${step} of epoch ${epoch}${rate}. ` +
		'The weights before it are kept. Lower the learning rate.';
	return { code: 'NAN', reason, value: 0 };
}

export function stopped(epochs: number): Outcome {
	const done = epochs === 1 ? '1 finished epoch is' : `${epochs} finished epochs are`;
	return { code: 'STOPPED', reason: `Stopped: ${done} saved.`, value: null };
}

/** @param batch the size that did not fit @param smaller one that may */
export function outOfMemory(
	batch: number,
	cause: string,
	smaller = Math.floor(batch / 2),
): Outcome {
	const why = `Batch ${batch} does not fit into memory (${cause}).`;
	if (smaller < 1)
		return { code: 'OOM', reason: `${why} A smaller net or transform may.`, value: null };
	return { code: 'OOM', reason: `${why} Batch ${smaller} may.`, value: null, batch: smaller };
}

/** What a step takes at least. */
interface StepMemory {
	/** bytes of the forward pass per image */
	readonly each: number;
	/** parameters; each of them has a gradient and a momentum beside it */
	readonly weights: number;
	/** bytes that there are */
	readonly memory: number;
}

/** @returns the end of a trial whose batch is too large to be tried at all; undefined when it may fit */
export function beyondMemory(
	batch: number,
	{ each, weights, memory }: StepMemory,
): Outcome | undefined {
	const bytes = (images: number) => images * each + 3 * 4 * weights;
	if (bytes(batch) <= memory) return undefined;
	let smaller = batch;
	while (smaller >= 1 && bytes(smaller) > memory) smaller = Math.floor(smaller / 2);
	const gigabytes = (count: number) => `${Number((count / 1e9).toPrecision(2))} GB`;
	const cause = `a step takes ${gigabytes(bytes(batch))} or more, this machine has about ${gigabytes(memory)} for it`;
	return outOfMemory(batch, cause, smaller);
}

/** A remark, no end. */
export function largeBatch(batch: number, samples: number): string {
	return `A batch of ${batch} is more than the ${samples} training samples: every epoch is one step over all of them.`;
}

export function gpuLost(cause: string): Outcome {
	const reason = `${cause.replace(/\.*$/, '.')} Training goes on from the last checkpoint.`;
	return { code: 'GPU_LOST', reason, value: null };
}

export function failed(cause: string): Outcome {
	return { code: 'FAILED', reason: cause, value: null };
}

/** How engines and graphics drivers say that memory is out, and our own check of what grows with the batch. */
const OUT_OF_MEMORY =
	/out.?of.?memory|allocation failed|invalid (typed )?array length|not enough memory|exceeds the max(imum)? (buffer|storage)|max\w*(Buffer|Binding)\w*Size|larger than the max|TensorLimitError.*A result of shape/i;

/** @returns whether an error says that memory is out, of the processor or of the GPU */
export function isOutOfMemory(error: unknown): boolean {
	return error instanceof Error && OUT_OF_MEMORY.test(`${error.name} ${error.message}`);
}
