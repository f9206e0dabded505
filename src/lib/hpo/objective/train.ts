/**
 * Training as an objective: a trial of the study is one of LEMUR's trials in the training worker, with
 * its records, checkpoints and locks. What the search makes of it is the runner's and the policy's.
 */
import * as v from 'valibot';
import { findDataset } from '../../datasets/registry';
import type { TrainClient } from '../../train/client';
import { TRIAL_DEFAULTS, trialConfigSchema, type TrialConfig } from '../../train/config';
import type { Outcome as TrialOutcome } from '../../train/outcome';
import type { TrainEvent, TrainParams } from '../../train/protocol';
import type { RunHistory, StudyTrialRef } from '../../train/run-row';
import { DEFAULT_SETTINGS } from '../../train/settings';
import { RpcError } from '../../worker/rpc-error';
import { lemurPolicy } from '../lemur/policy';
import type { Params } from '../space';
import type { Outcome } from '../study/study';
import { keepBestWeights } from './kept-weights';
import { HeldUp, OutOfMemory, type Objective, type TrialContext } from './objective';
import type { ObjectiveSpec } from './registry';

const { task, dataset, metric, nn, epochs, epochLimitMinutes, gate, trainLimit, testLimit } =
	trialConfigSchema.entries;

/** Settings of a study that trains; what is searched is in its space. */
export const trainObjectiveSettings = v.object({
	...{ task, dataset, metric, nn, epochs, trainLimit, testLimit },
	backend: v.optional(v.picklist(['auto', 'webgpu', 'webgl', 'cpu']), 'auto'),
	epochLimitMinutes: v.optional(epochLimitMinutes, TRIAL_DEFAULTS.epochLimitMinutes),
	gate: v.optional(gate, TRIAL_DEFAULTS.gate),
	/** hyperparameters that all trials share, `transform` among them when it is not searched */
	fixed: v.optional(
		v.record(v.string(), v.union([v.pipe(v.number(), v.finite()), v.string()])),
		{},
	),
	failAttempts: v.optional(
		v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
		DEFAULT_SETTINGS.nnFailAttempts,
	),
});
export type TrainObjectiveSettings = v.InferOutput<typeof trainObjectiveSettings>;

/** The training worker and its surroundings, as an objective needs them. */
export interface Trainer extends Pick<
	TrainClient,
	'runs' | 'train' | 'control' | 'kill' | 'forget'
> {
	/** whether something else trains on this device: a page, another study, another tab */
	isBusy(): Promise<boolean>;
	/** @throws RpcError DATASET_… when the dataset is not on this device */
	hasData(dataset: string): Promise<void>;
	/** ends its worker and frees the device's memory */
	close(): void;
}

/** ms that a step may take to notice that its trial is over; then its worker is ended */
const PATIENCE = 10_000;

/** Errors of the training worker that say nothing of the trial: no other trial would fare better. */
const NOT_THE_TRIAL: ReadonlySet<string> = new Set([
	...['TRAIN_BUSY', 'TRAIN_NET', 'TRAIN_METRIC', 'TRAIN_CLOSED'],
	...['WORKER_CLOSED', 'SCRIPT_REFUSED'],
]);

/**
 * @param study its id comes with the trials' keys
 * @param options.patience see `PATIENCE`
 */
export function trainObjective(
	settings: TrainObjectiveSettings,
	trainer: Trainer,
	{ patience = PATIENCE }: { readonly patience?: number } = {},
): Objective {
	const minimumAccuracy = findDataset(settings.dataset)?.minimumAccuracy ?? null;
	return {
		resumable: true,
		parallel: 1,
		policy: lemurPolicy({ minimumAccuracy, failAttempts: settings.failAttempts }),
		async ready() {
			if (await trainer.isBusy()) throw new HeldUp(BUSY);
			await trainer.hasData(settings.dataset).catch((error: unknown) => {
				throw error instanceof RpcError ? heldUp(error) : error;
			});
		},
		async run(params, context) {
			const trial = new TrainedTrial(settings, trainer, context, patience);
			const outcome = await trial.run(params);
			const { id, trial: number } = studyTrialOf(context.key);
			const isPruned = typeof outcome !== 'number' && 'state' in outcome;
			await keepBestWeights(trainer, id, isPruned && outcome.state === 'PRUNED' ? number : null);
			return outcome;
		},
		dispose: () => trainer.close(),
	};
}

const BUSY =
	'Something else is training on this device: the page Train, another study or another tab. Wait or stop it there, then go on.';

function heldUp({ code, message }: RpcError): HeldUp {
	return new HeldUp(code === 'TRAIN_BUSY' ? BUSY : message);
}

/** One trial of the study, over all workers that train it. */
class TrainedTrial {
	readonly #settings: TrainObjectiveSettings;
	readonly #trainer: Trainer;
	readonly #context: TrialContext;
	readonly #patience: number;
	#reports: Promise<void> = Promise.resolve();
	#pruned = false;
	/** why it is to end early */
	#failure: { readonly error: unknown } | undefined;
	#kill: ReturnType<typeof setTimeout> | undefined;

	constructor(
		settings: TrainObjectiveSettings,
		trainer: Trainer,
		context: TrialContext,
		patience: number,
	) {
		this.#settings = settings;
		this.#trainer = trainer;
		this.#context = context;
		this.#patience = patience;
	}

	async run(params: Params): Promise<Outcome> {
		const { signal, key, resumed } = this.#context;
		const study = studyTrialOf(key);
		const begun = resumed ? await this.#begun(study) : undefined;
		const { backend } = this.#settings;
		const config = trialConfigOf(this.#settings, params, this.#context.seed);
		const request = { config, backend, study, ...(begun ? { run: begun.run.id } : {}) };
		const end = () => this.#end();
		signal.addEventListener('abort', end);
		try {
			signal.throwIfAborted();
			const { history, outcome } = await this.#train(request);
			this.#reportAll(history);
			await this.#reports;
			if (this.#failure) throw this.#failure.error;
			signal.throwIfAborted();
			return this.#pruned ? { state: 'PRUNED' } : valueOf(outcome, config);
		} catch (error) {
			return await this.#afterError(error);
		} finally {
			clearTimeout(this.#kill);
			signal.removeEventListener('abort', end);
		}
	}

	#train(request: TrainParams): ReturnType<Trainer['train']> {
		return this.#trainer.train(request, (event) => this.#hear(event));
	}

	/** The run that an earlier visit began for this trial. */
	async #begun({ id, trial }: StudyTrialRef): Promise<RunHistory | undefined> {
		const { runs } = await this.#trainer.runs();
		return runs.find(({ run: { study } }) => study?.id === id && study.trial === trial);
	}

	#hear(event: TrainEvent): void {
		if (event.kind === 'epoch') this.#report(event.epoch.epoch, event.epoch.accuracy);
		// The worker may not have been there yet when the end was asked for.
		if (this.#isOver) this.#stop();
	}

	get #isOver(): boolean {
		return this.#pruned || this.#failure !== undefined || this.#context.signal.aborted;
	}

	/** Epochs that were stored, and whose report was lost with an earlier visit, too. */
	#reportAll({ epochs }: RunHistory): void {
		for (const { epoch, accuracy } of epochs) this.#report(epoch, accuracy);
	}

	#report(epoch: number, accuracy: number): void {
		this.#reports = this.#reports.then(async () => {
			if (this.#isOver) return;
			try {
				this.#pruned = await this.#context.report(epoch, accuracy);
			} catch (error) {
				this.#failure = { error };
			}
			if (this.#isOver) this.#end();
		});
	}

	/** Asks the trial to end, and ends its worker when it does not listen. */
	#end(): void {
		this.#stop();
		this.#kill ??= setTimeout(() => this.#trainer.kill(), this.#patience);
	}

	#stop(): void {
		// Before it begins and after its end there is nothing to stop.
		this.#trainer.control('stop').catch(() => undefined);
	}

	async #afterError(error: unknown): Promise<Outcome> {
		await this.#reports;
		if (this.#failure) throw this.#failure.error;
		this.#context.signal.throwIfAborted();
		if (this.#pruned) return { state: 'PRUNED' };
		if (error instanceof RpcError && NOT_THE_TRIAL.has(error.code)) throw heldUp(error);
		throw error;
	}
}

/** @param key of `TrialContext`: the study's id and the trial's number */
function studyTrialOf(key: string): StudyTrialRef {
	const cut = key.lastIndexOf('/');
	return { id: key.slice(0, cut), trial: Number(key.slice(cut + 1)) };
}

/**
 * @returns the trial's configuration
 * @throws ValiError in words when the values are none that can be trained with
 */
export function trialConfigOf(
	settings: TrainObjectiveSettings,
	params: Params,
	seed: number,
): TrialConfig {
	const { task, dataset, metric, nn, epochs, epochLimitMinutes, gate } = settings;
	const { trainLimit, testLimit } = settings;
	const { transform, ...prm } = { ...settings.fixed, ...params };
	return v.parse(trialConfigSchema, {
		...{ task, dataset, metric, nn, epochs, epochLimitMinutes, gate, transform, prm, seed },
		...(trainLimit === undefined ? {} : { trainLimit }),
		...(testLimit === undefined ? {} : { testLimit }),
	});
}

/** What LEMUR's search is told of an outcome; failures are thrown, as the policy weighs them. */
function valueOf({ code, reason, value }: TrialOutcome, config: TrialConfig): Outcome {
	if (code === 'OOM') throw new OutOfMemory(config.prm['batch'] ?? 1, reason);
	if (code === 'FAILED') throw new Error(reason);
	return value === null ? { state: 'FAIL', reason } : value;
}

export const trainSpec: ObjectiveSpec<TrainObjectiveSettings> = {
	id: 'train',
	title: 'Training in this browser',
	settings: trainObjectiveSettings,
	async make(settings, _study, { trainer }) {
		return trainObjective(settings, trainer());
	},
};
