/** Batches that own the memory of a step: when the next one is asked for, the last step's tensors go. */
import { endStep, startStep } from './scope';
import type { Tensor } from './tensor';

export type Batch = readonly [inputs: Tensor, targets: Tensor];
/** What LEMUR's `learn` loops over. */
export type TrainData = AsyncIterable<Batch>;

/**
 * @param next makes the tensors of a batch inside of its step; undefined ends the data
 * Everything made in a step is freed but parameters, buffers, optimizer state and what was kept.
 */
export async function* batches(
	next: (index: number) => Batch | undefined | Promise<Batch | undefined>,
): AsyncGenerator<Batch> {
	for (let index = 0; ; index++) {
		startStep();
		try {
			const batch = await next(index);
			if (!batch) return;
			yield batch;
		} finally {
			endStep();
		}
	}
}
