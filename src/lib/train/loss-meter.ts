/**
 * Losses of steps without waiting for the device: they are kept there, and read in groups one group
 * late, so that the device never runs dry and never runs far ahead. What they mean is the trial's matter.
 */
import { keep, startStep, endStep } from '../nn/scope';
import { stack, view } from '../nn/functional/shape';
import { noGrad } from '../nn/autograd';
import type { Tensor } from '../nn/tensor';

/** Steps of a group: each group costs a read. */
const GROUP = 10;

export class LossMeter {
	readonly #waiting: Tensor[] = [];
	readonly #told: (losses: readonly number[]) => void;
	readonly #group: number;
	#reading: Promise<void> | undefined;
	/** of the losses that were read, in their order */
	sum: number;
	count: number;

	/**
	 * @param told hears the losses of each group, in order; what it throws the next turn throws
	 * @param options.sum, options.count of steps that came before
	 * @param options.group steps of a group
	 */
	constructor(
		told: (losses: readonly number[]) => void,
		{ sum = 0, count = 0, group = GROUP } = {},
	) {
		this.#told = told;
		this.#group = group;
		this.sum = sum;
		this.count = count;
	}

	/** Takes the loss of a step, on the device. */
	add(loss: Tensor): void {
		this.#waiting.push(keep(view(loss.detach(), [1])));
	}

	/** Called between steps: starts to read a full group, and waits for the one before. */
	async turn(): Promise<void> {
		if (this.#waiting.length < this.#group) return;
		await this.#read();
	}

	/** Reads what there is and waits for it. */
	async drain(): Promise<void> {
		await this.#read();
		await this.#reading;
		this.#reading = undefined;
	}

	/** Frees what was not read. */
	dispose(): void {
		for (const one of this.#waiting.splice(0)) one.dispose();
	}

	async #read(): Promise<void> {
		const losses = this.#waiting.splice(0);
		const before = this.#reading;
		if (losses.length === 0) return;
		const values = valuesOf(losses);
		// Who waits sees the failure; between two turns nobody does.
		values.catch(() => undefined);
		await before;
		this.#reading = values.then((list) => {
			for (const loss of list) {
				this.sum += loss;
				this.count++;
			}
			this.#told(list);
		});
		this.#reading.catch(() => undefined);
	}
}

async function valuesOf(losses: readonly Tensor[]): Promise<number[]> {
	startStep('losses');
	const all = noGrad(() => keep(stack(losses)));
	endStep();
	for (const one of losses) one.dispose();
	try {
		return [...(await all.data())];
	} finally {
		all.dispose();
	}
}
