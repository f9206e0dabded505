/** What is stored of a run's net: its newest whole checkpoint, and its weights as a file for others. */
import { RpcError } from '../worker/rpc-error';
import type { Checkpoint } from './effects';
import type { RunRow } from './run-row';
import { findCheckpoint, type RunStorage } from './run-store';
import { writeSafetensors } from './safetensors';

/** @throws RpcError TRAIN_WEIGHTS, with the reason why there is none */
export async function storedCheckpoint(storage: RunStorage, run: RunRow): Promise<Checkpoint> {
	const { checkpoint, problems } = await findCheckpoint(storage, run);
	if (checkpoint) return checkpoint;
	const none =
		run.epochs === 0
			? 'It has finished no epoch.'
			: 'A study keeps the weights of its best trial only.';
	const why = problems.length === 0 ? none : problems.join(' ');
	throw new RpcError('TRAIN_WEIGHTS', `This run has no weights to look at. ${why}`);
}

/** @returns a safetensors file that says which run and epoch it is of */
export function weightsFile({ config, uid, prm }: RunRow, checkpoint: Checkpoint): Uint8Array {
	const { nn, dataset, transform, seed } = config;
	return writeSafetensors(checkpoint.net.weights, {
		...{ nn, dataset, transform, seed: String(seed), uid, prm },
		...{ epoch: String(checkpoint.epoch - 1), accuracy: String(checkpoint.accuracy) },
	});
}
