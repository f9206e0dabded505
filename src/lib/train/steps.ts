/**
 * What a net's `learn` loops over: batches on the device, one step each, with a pause for the trial
 * between any two, and LEMUR's limit on the time of an epoch.
 */
import type { Batch } from '../nn/batches';
import { endStep, startStep } from '../nn/scope';
import { intTensor } from '../nn/tensor';
import type { Loader } from '../datasets/loader';
import { inputOf } from './evaluate';
import { estimateEpoch } from './gate';

const MINUTE = 60_000;

export interface StepsOptions {
	readonly epoch: number;
	/** steps that a checkpoint has done already */
	readonly first: number;
	/** called before the first step and after every step; may throw to leave `learn` */
	readonly between: (step: number) => Promise<void>;
}

/** The rest of an epoch's batches. Everything a step makes is freed when the next is asked for. */
export async function* trainingSteps(
	loader: Loader,
	{ epoch, first, between }: StepsOptions,
): AsyncGenerator<Batch> {
	let step = first;
	await between(step);
	for await (const raw of loader.epoch(epoch, first)) {
		startStep();
		try {
			yield [inputOf(raw), intTensor(raw.targets, [raw.targets.length])];
		} finally {
			endStep();
		}
		await between(++step);
	}
}

/**
 * LEMUR's estimate of an epoch, but for the first step: shaders are compiled in it, so it is left out
 * of the rate and added once.
 */
export class EpochEstimate {
	#begun: number | undefined;
	#first: number | undefined;

	/** @param total steps of the epoch */
	constructor(private readonly total: number) {}

	/**
	 * @param done steps that are through, counted from where this process began
	 * @param now ms
	 * @returns minutes that the whole epoch would take; undefined while too little is known
	 */
	minutes(done: number, now: number): number | undefined {
		this.#begun ??= now;
		if (done === 1) this.#first = now - this.#begun;
		if (this.#first === undefined || estimateEpoch(0, done, this.total) === null) return undefined;
		const rest = now - this.#begun - this.#first;
		return (this.#first + (rest * (this.total - 1)) / (done - 1)) / MINUTE;
	}
}
