/** A training as the reference trains: the first samples of a dataset, some epochs, what is left of them. */
import { openLoader } from '../datasets/loader';
import type { Library } from '../datasets/library';
import type { NetSpec, Prm } from '../nets/net';
import { METRICS } from '../metrics/registry';
import { TRIAL_DEFAULTS, type TrialConfig } from './config';
import { TrialControl } from './control';
import type { FinishedEpoch } from './events';
import { runTrial } from './trial';

export interface TrainingSettings {
	readonly net: NetSpec;
	readonly dataset: string;
	readonly transform: string;
	/** without `batch` */
	readonly prm: Prm;
	readonly batch: number;
	readonly epochs: number;
	/** the first so many samples */
	readonly trainImages: number;
	readonly testImages: number;
}

/** Of each epoch. */
export interface TrainingFigures {
	readonly accuracy: readonly number[];
	/** mean over the steps */
	readonly loss: readonly number[];
}

/** @throws Error when the trial does not reach its end */
export async function trainingFigures(
	settings: TrainingSettings,
	seed: number,
	library: Library,
): Promise<TrainingFigures> {
	const { net, dataset, transform, batch, epochs, trainImages, testImages } = settings;
	const config: TrialConfig = {
		...{ ...TRIAL_DEFAULTS, dataset, nn: net.name, transform, epochs, seed, gate: false },
		...{ epochLimitMinutes: Infinity, prm: { ...settings.prm, batch } },
	};
	const done: FinishedEpoch[] = [];
	const outcome = await runTrial(config, {
		...{ net, minimumAccuracy: null, control: new TrialControl(), emit: () => undefined },
		open: (split) => {
			const limit = split === 'train' ? trainImages : testImages;
			const options = { dataset, split, transform, seed, batchSize: batch, limit };
			return openLoader({ ...options, shuffle: split === 'train' }, { library });
		},
		score: () => METRICS.acc.create({ classes: CLASSES }),
		now: () => performance.now(),
		breathe: async () => undefined,
		saveEpoch: async (epoch) => {
			done.push(epoch);
			return true;
		},
		saveCheckpoint: async () => undefined,
		checkpointDue: () => false,
	});
	if (outcome.code !== 'FINISHED') throw new Error(outcome.reason);
	const accuracy = done.map((epoch) => epoch.accuracy);
	return { accuracy, loss: done.map(({ trainLoss }) => trainLoss) };
}

/** of the datasets that the reference has */
const CLASSES = 10;
