/** A loader that outlives its worker: when that dies, another one goes on with the next batch. */
import type { Loader, RawBatch } from '../datasets/loader';
import { RpcError } from '../worker/rpc-error';

/** deaths without a batch between them */
const MAX_DEATHS = 3;

/** @param open opens the loader, now and after each death */
export async function openSturdy(open: () => Promise<Loader>): Promise<Loader> {
	let current = await open();
	let closed = false;
	const { samples, batchSize, batches, shape, classes, dataHash } = current;

	async function* epoch(number: number, from = 0): AsyncGenerator<RawBatch> {
		let at = from;
		for (let deaths = 0; ;)
			try {
				for await (const batch of current.epoch(number, at)) {
					deaths = 0;
					at++;
					yield batch;
				}
				return;
			} catch (error) {
				if (!isDeath(error) || closed || ++deaths > MAX_DEATHS) throw error;
				current.close();
				current = await open();
			}
	}
	return {
		...{ samples, batchSize, batches, shape, classes, dataHash, epoch },
		close() {
			closed = true;
			current.close();
		},
	};
}

/** @returns whether a worker died, or could not be started */
export function isDeath(error: unknown): boolean {
	return error instanceof RpcError && error.code === 'WORKER_DIED';
}
