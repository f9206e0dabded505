/**
 * Sums of losses and counts on the device, drained now and then: a step never waits for a readback.
 */
import { noGrad } from './autograd';
import { add } from './functional/elementwise';
import { keep } from './scope';
import type { Tensor } from './tensor';

export interface Drained {
	readonly sum: number;
	/** how many values were added */
	readonly count: number;
}

export class Meter {
	#sum: Tensor | undefined;
	#count = 0;

	/** @param value a tensor of no dimensions; may belong to a step, and is not kept by it */
	add(value: Tensor): void {
		const before = this.#sum;
		this.#sum = keep(noGrad(() => add(before ?? 0, value)));
		this.#count++;
		before?.dispose();
	}

	/** @returns what came in since the last call, and starts anew; a readback, so outside of steps */
	async drain(): Promise<Drained> {
		const sum = this.#sum;
		const count = this.#count;
		this.#sum = undefined;
		this.#count = 0;
		if (!sum) return { sum: 0, count };
		try {
			return { sum: await sum.item(), count };
		} finally {
			sum.dispose();
		}
	}

	dispose(): void {
		this.#sum?.dispose();
		this.#sum = undefined;
	}
}
