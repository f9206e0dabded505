/**
 * `lemur.train`: one trial from a script. What is not said is filled in as the form of /train does it,
 * and it runs where the page's own trials run, so that /train shows it and its records are rows of the data.
 * Nothing of nets, transforms or tensors is loaded before the first call.
 */
import * as v from 'valibot';
import type { ReferenceQuestion, TrainingReference } from '../stats/training-reference';
import type { Trained, TrainEvent, Action } from '../train/protocol';
import type { BackendChoice } from '../nn/backend';
import { TRIAL_DEFAULTS, trialConfigSchema, type TrialConfig } from '../train/config';
import type { TrialEvent } from '../train/events';
import type { EndCode } from '../train/outcome';
import type { EpochRow } from '../train/run-row';
import { completeSetup, FIRST_SETUP, trainSetupSchema, type TrainSetup } from '../train/setup';
import { RpcError } from '../worker/rpc-error';
import { EventLog } from './event-log';

const { task } = trialConfigSchema.entries;

/** Arguments of `lemur.train`. All may be left out: LEMUR's best runs and usual values say the rest. */
export const trainArguments = v.strictObject({
	...trainSetupSchema.entries,
	task: v.exactOptional(task),
	metric: v.exactOptional(v.literal('acc')),
	/** default: as Settings say, or whatever is likely to be fastest */
	backend: v.exactOptional(v.picklist(['auto', 'webgpu', 'webgl', 'cpu'])),
});
export type TrainArguments = v.InferInput<typeof trainArguments>;

/** An epoch that is stored, or that storage refused. */
export interface ScriptEpoch {
	/** from 1 */
	readonly epoch: number;
	/** fraction 0..1 */
	readonly accuracy: number;
	/** ns since the start of the run, as `lemur.data` gives it */
	readonly duration: number;
	/** mean cross-entropy over the steps, over the test set; null: no number */
	readonly trainLoss: number | null;
	readonly testLoss: number | null;
	readonly samplesPerSecond: number | null;
}

/** What a trial tells while it runs. */
export type ScriptTrainEvent =
	/** it begins, or goes on with a smaller batch under another id */
	| {
			readonly kind: 'run';
			readonly id: string;
			readonly config: TrialConfig;
			readonly backend: string;
			readonly text: string;
	  }
	| Extract<TrialEvent, { readonly kind: 'state' | 'steps' | 'note' }>
	| ({ readonly kind: 'epoch'; readonly stored: boolean } & ScriptEpoch)
	/** stored in the middle of an epoch, for a resume */
	| { readonly kind: 'checkpoint'; readonly epoch: number; readonly step: number };

/** How a trial ended. */
export interface ScriptTrained {
	readonly id: string;
	/** of the hyperparameters, as in LEMUR's records */
	readonly uid: string;
	readonly config: TrialConfig;
	/** FINISHED, STOPPED, or why LEMUR ends a trial: GATE, NAN, EPOCH_LIMIT; or OOM, FAILED */
	readonly code: EndCode;
	/** the same in a sentence */
	readonly reason: string;
	/** what LEMUR's search is told; null: nothing */
	readonly value: number | null;
	/** those that are stored */
	readonly epochs: readonly ScriptEpoch[];
}

/** A trial that runs. */
export interface ScriptTrial {
	/** of the run, as storage and the list of /train know it */
	readonly id: string;
	/** everything from the beginning, for each loop anew; ends with the trial, throws what `done` rejects with */
	readonly events: AsyncIterable<ScriptTrainEvent>;
	readonly done: Promise<ScriptTrained>;
	/** Take effect between two steps; reject with TRAIN_IDLE when the trial has ended. */
	pause(): Promise<void>;
	resume(): Promise<void>;
	stop(): Promise<void>;
}

/** Where trials run: the page's state, or the module's own client. One trial at a time. */
export interface Trainer {
	/** the step of the ladder to begin with, where a script names none */
	readonly backend: () => BackendChoice;
	/** Rejects as `train` of `lib/train/protocol`. */
	train(
		config: TrialConfig,
		backend: BackendChoice,
		onEvent: (event: TrainEvent) => void,
	): Promise<Trained>;
	control(action: Action): Promise<void>;
}

export interface ScriptTrainEffects {
	readonly trainer: () => Trainer;
	/** LEMUR's records of a choice, for values that nobody said */
	readonly reference: (question: ReferenceQuestion) => Promise<TrainingReference>;
}

/**
 * Begins a trial.
 * @param args as `trainArguments` gives them
 * @returns once the trial has its id
 * @throws RangeError for what cannot be trained here; RpcError TRAIN_BUSY while another one runs
 */
export async function startTrial(
	{ backend, task: _task, metric: _metric, ...setup }: v.InferOutput<typeof trainArguments>,
	effects: ScriptTrainEffects,
): Promise<ScriptTrial> {
	const config = await completed(setup, effects);
	const trainer = effects.trainer();
	return begin(config, backend ?? trainer.backend(), trainer);
}

async function completed(setup: TrainSetup, effects: ScriptTrainEffects): Promise<TrialConfig> {
	const { dataset = FIRST_SETUP.dataset, nn = FIRST_SETUP.nn, transform } = setup;
	const { choiceProblem, findDataset, fittingTransforms, netOf } =
		await import('../train/catalogue');
	const problem = choiceProblem({ dataset, nn, transform });
	const [spec, net] = [findDataset(dataset), netOf(nn)];
	if (problem !== undefined || !spec || !net) throw new RangeError(`lemur.train: ${problem}`);
	const { task, metric } = TRIAL_DEFAULTS;
	// Without LEMUR's records there are usual values.
	const question = { task, metric, dataset, nn };
	const reference = await effects.reference(question).catch(() => undefined);
	const runs = (id: string) => reference?.transforms.find(({ name }) => name === id)?.runs ?? 0;
	const transforms = fittingTransforms(spec, net)
		.map(({ id }) => id)
		.sort((a, b) => runs(b) - runs(a));
	const { config } = completeSetup(setup, {
		names: net.supportedHyperparameters(),
		preset: reference?.preset,
		transforms,
		samples: Math.min(spec.counts.train, setup.trainLimit ?? Infinity),
	});
	return config;
}

/** @returns once the run has begun */
function begin(
	config: TrialConfig,
	backend: BackendChoice,
	trainer: Trainer,
): Promise<ScriptTrial> {
	const log = new EventLog<ScriptTrainEvent>();
	let id = '';
	let over = false;
	async function control(action: Action): Promise<void> {
		if (over) throw new RpcError('TRAIN_IDLE', 'This trial has ended.');
		await trainer.control(action);
	}
	return new Promise((resolve, reject) => {
		const trained = trainer.train(config, backend, (event) => {
			if (event.kind === 'run') id = event.run.id;
			const told = scriptEvent(event);
			if (told) log.push(told);
			if (event.kind === 'run') resolve(trial);
		});
		const done = trained.then(scriptTrained).finally(() => (over = true));
		done.then(
			() => log.end(),
			(error: unknown) => {
				log.end(error);
				reject(error);
			},
		);
		const trial: ScriptTrial = Object.freeze({
			get id() {
				return id;
			},
			...{ events: log, done },
			pause: () => control('pause'),
			resume: () => control('resume'),
			stop: () => control('stop'),
		});
	});
}

const NS_PER_MS = 1e6;
const orNull = (value: number) => (Number.isFinite(value) ? value : null);

/** @returns undefined for what scripts hear otherwise: `row` comes before the same epoch's `epoch` */
function scriptEvent(event: TrainEvent): ScriptTrainEvent | undefined {
	switch (event.kind) {
		case 'run': {
			const { run, backend } = event;
			const { id, config } = run;
			return { kind: 'run', id, config, backend: backend.backend, text: backend.text };
		}
		case 'epoch': {
			const { epoch, accuracy, duration, trainLoss, testLoss, samplesPerSecond } = event.epoch;
			return {
				...{ kind: 'epoch', epoch, accuracy, duration: Math.round(duration * NS_PER_MS) },
				...{ trainLoss: orNull(trainLoss), testLoss: orNull(testLoss) },
				...{ samplesPerSecond: orNull(samplesPerSecond), stored: event.stored },
			};
		}
		case 'row':
			return undefined;
		default:
			return event;
	}
}

function scriptTrained({ history: { run, epochs }, outcome }: Trained): ScriptTrained {
	const { id, uid, config } = run;
	const { code, reason, value } = outcome;
	return { id, uid, config, code, reason, value, epochs: epochs.map(scriptEpoch) };
}

function scriptEpoch({ duration, ...row }: EpochRow): ScriptEpoch {
	const { epoch, accuracy, trainLoss, testLoss, samplesPerSecond } = row;
	return {
		...{ epoch, accuracy, duration: Math.round(duration * NS_PER_MS) },
		...{ trainLoss, testLoss, samplesPerSecond },
	};
}
