/**
 * LEMUR's training loop for one set of hyperparameters: train an epoch, evaluate, pass the gate, store,
 * report. A function of settings and effects: the same settings give the same run, and a run that goes
 * on from a checkpoint is the run it was. It knows no worker, no page and no storage.
 */
import { withLossHook } from '../nn/autograd';
import { checkDeviceAlive } from '../nn/device';
import { manualSeed } from '../nn/random';
import { checkSize, type InShape, type Net } from '../nets/net';
import type { Loader } from '../datasets/loader';
import { checkNet } from './check-net';
import { batchOf, type TrialConfig } from './config';
import { TrialStopped } from './control';
import type { Checkpoint, TrialEffects } from './effects';
import { evaluate, type Evaluation } from './evaluate';
import type { FinishedEpoch, TrialEvent, TrialState } from './events';
import { gateThreshold, passesGate, storedAccuracy } from './gate';
import { LossMeter } from './loss-meter';
import { readNetState, restoreNetState } from './net-state';
import * as outcome from './outcome';
import type { Outcome } from './outcome';
import { EpochEstimate, trainingSteps } from './steps';
import { outcomeOf, TrialEnd } from './trial-end';

/**
 * Runs a trial to its end. Never rejects for what happens to a trial: the outcome says it.
 * @param from a checkpoint of a trial with the same settings
 */
export async function runTrial(
	config: TrialConfig,
	effects: TrialEffects,
	from?: Checkpoint,
): Promise<Outcome> {
	const loaders: Loader[] = [];
	let trial: Trial | undefined;
	try {
		effects.emit(stateEvent('preparing', from?.epoch ?? 1));
		for (const split of ['train', 'test'] as const) loaders.push(await effects.open(split));
		trial = new Trial(config, effects, loaders[0]!, loaders[1]!, from);
		return await trial.run();
	} catch (error) {
		return await outcomeOf(error, config, trial?.epochsDone ?? 0);
	} finally {
		await trial?.settled();
		trial?.dispose();
		for (const loader of loaders) loader.close();
		effects.emit(stateEvent('ended', trial?.epochsDone ?? 0));
	}
}

function stateEvent(state: TrialState, epoch: number, step = 0, steps = 0): TrialEvent {
	return { kind: 'state', state, epoch, step, steps };
}

class Trial {
	readonly #config: TrialConfig;
	readonly #effects: TrialEffects;
	readonly #train: Loader;
	readonly #test: Loader;
	readonly #net: Net;
	readonly #shape: InShape;
	#from: Checkpoint | undefined;
	/** what the clock showed at 0 ms of this trial */
	#begin: number;
	#saving: Promise<void> = Promise.resolve();
	#accuracy: number | null;
	#compiled = false;
	epochsDone: number;

	constructor(
		config: TrialConfig,
		effects: TrialEffects,
		train: Loader,
		test: Loader,
		from: Checkpoint | undefined,
	) {
		if (from && from.dataHash !== train.dataHash)
			throw new RangeError('The training data is not that of the checkpoint: start a new trial.');
		const [height, width, channels] = train.shape;
		this.#shape = [batchOf(config), channels, height, width];
		checkSize(effects.net, this.#shape);
		manualSeed(config.seed);
		this.#net = new effects.net.Net(this.#shape, [train.classes.length], config.prm);
		this.#config = config;
		this.#effects = effects;
		this.#train = train;
		this.#test = test;
		this.#from = from;
		this.#accuracy = from?.accuracy ?? null;
		this.#begin = effects.now() - (from?.duration ?? 0);
		this.epochsDone = (from?.epoch ?? 1) - 1;
	}

	async run(): Promise<Outcome> {
		const { prm, epochs } = this.#config;
		this.#net.trainSetup(prm);
		await this.#check();
		if (this.#from) await restoreNetState(this.#net, this.#from.net);
		while (this.epochsDone < epochs) await this.#epoch(this.epochsDone + 1);
		return outcome.finished(this.#accuracy ?? 0, epochs);
	}

	/** @throws TrialEnd before the first step, where there is no use in one */
	async #check(): Promise<void> {
		const { net, memory, emit } = this.#effects;
		const end = await checkNet(this.#net, net, {
			...{ shape: this.#shape, loader: this.#train, memory },
			remark: (code, text) => emit({ kind: 'note', code, text }),
		});
		if (end) throw new TrialEnd(end);
	}

	/** Resolves when what is being stored is stored, or has failed and said so. */
	settled(): Promise<void> {
		return this.#saving;
	}

	dispose(): void {
		this.#net.dispose();
	}

	get #elapsed(): number {
		return this.#effects.now() - this.#begin;
	}

	#state(state: TrialState, epoch: number, step: number): void {
		this.#effects.emit(stateEvent(state, epoch, step, this.#train.batches));
	}

	async #epoch(epoch: number): Promise<void> {
		const begun = this.#elapsed;
		const before = this.#from?.step ?? 0;
		const meter = await this.#learn(epoch);
		const seconds = (this.#elapsed - begun) / 1000;
		const result = await this.#evaluate(epoch);
		const accuracy = this.#passGate(epoch, result);
		const duration = this.#elapsed;
		this.#accuracy = accuracy;
		this.epochsDone = epoch;
		const samples = Math.max(0, this.#train.samples - before * this.#train.batchSize);
		const finished: FinishedEpoch = {
			...{ epoch, accuracy, duration, testLoss: result.loss },
			trainLoss: meter.sum / meter.count,
			samplesPerSecond: samples / seconds,
		};
		const checkpoint = await this.#checkpoint(epoch + 1, 0, { sum: 0, count: 0 });
		await this.#save(finished, checkpoint);
	}

	/** One pass over the training data, from where the checkpoint stands. */
	async #learn(epoch: number): Promise<LossMeter> {
		const first = this.#from?.step ?? 0;
		const meter = new LossMeter(
			(losses) => this.#told(epoch, meter.count, losses),
			this.#from?.loss ?? {},
		);
		this.#from = undefined;
		this.#state(this.#compiled ? 'training' : 'compiling', epoch, first);
		if (first >= this.#train.batches) return meter;
		const estimate = new EpochEstimate(this.#train.batches);
		const between = async (step: number) => {
			await this.#betweenSteps({ epoch, first, step, meter });
			this.#checkTime(estimate.minutes(step - first, this.#elapsed));
		};
		try {
			this.#net.train();
			await withLossHook(
				(loss) => meter.add(loss),
				() => this.#net.learn(trainingSteps(this.#train, { epoch, first, between })),
			);
			await meter.drain();
		} finally {
			meter.dispose();
		}
		return meter;
	}

	#told(epoch: number, step: number, losses: readonly number[]): void {
		this.#effects.emit({ kind: 'steps', epoch, step, losses, at: this.#elapsed });
		const bad = losses.findIndex((loss) => !Number.isFinite(loss));
		if (bad < 0) return;
		const at = step - losses.length + bad + 1;
		throw new TrialEnd(outcome.notANumber(epoch, at, this.#config.prm['lr']));
	}

	#checkTime(minutes: number | undefined): void {
		const { epochLimitMinutes } = this.#config;
		if (minutes !== undefined && minutes > epochLimitMinutes)
			throw new TrialEnd(outcome.tooSlow(minutes, epochLimitMinutes));
	}

	async #evaluate(epoch: number): Promise<Evaluation> {
		this.#state('evaluating', epoch, this.#train.batches);
		const result = await evaluate(this.#net, this.#test, this.#effects.score(), {
			epoch,
			between: async () => {
				await this.#effects.breathe();
				await this.#hold('evaluating', epoch, this.#train.batches);
			},
		});
		checkDeviceAlive();
		return result;
	}

	/** @returns the accuracy, 0 for what is no number; @throws TrialEnd where LEMUR stops */
	#passGate(epoch: number, result: Evaluation): number {
		const accuracy = storedAccuracy(result.accuracy);
		const { minimumAccuracy } = this.#effects;
		if (this.#config.gate && !passesGate(accuracy, minimumAccuracy))
			throw new TrialEnd(
				outcome.belowGate(accuracy, gateThreshold(minimumAccuracy), epoch, this.#train.batches),
			);
		return accuracy;
	}

	/** The place of checkpoints in the middle of an epoch. */
	async #betweenSteps({ epoch, first, step, meter }: Between): Promise<void> {
		const { breathe, control, checkpointDue, saveCheckpoint } = this.#effects;
		if (step === first + 1) {
			await meter.drain();
			if (!this.#compiled) this.#state('training', epoch, step);
			this.#compiled = true;
		} else await meter.turn();
		await breathe();
		const wanted = control.paused || control.stopped || checkpointDue(step);
		if (step > first && wanted) {
			await meter.drain();
			await this.#saving;
			await saveCheckpoint(await this.#checkpoint(epoch, step, meter));
		}
		await this.#hold('training', epoch, step);
		control.takeStep();
	}

	/** Waits while the trial is paused. @throws TrialStopped */
	async #hold(state: TrialState, epoch: number, step: number): Promise<void> {
		const { control, now } = this.#effects;
		if (control.paused && !control.stopped) {
			const paused = now();
			this.#state('paused', epoch, step);
			await control.released();
			this.#begin += now() - paused;
			if (!control.stopped) this.#state(state, epoch, step);
		}
		if (control.stopped) throw new TrialStopped();
	}

	/** @throws DeviceLostError rather than a state that a lost device gave */
	async #checkpoint(
		epoch: number,
		step: number,
		{ sum, count }: Checkpoint['loss'],
	): Promise<Checkpoint> {
		const net = await readNetState(this.#net);
		checkDeviceAlive();
		const { dataHash } = this.#train;
		const duration = this.#elapsed;
		return { epoch, step, duration, loss: { sum, count }, accuracy: this.#accuracy, dataHash, net };
	}

	/** One epoch at a time is on its way to storage while the next is trained. */
	async #save(epoch: FinishedEpoch, checkpoint: Checkpoint): Promise<void> {
		await this.#saving;
		const { saveEpoch, emit } = this.#effects;
		this.#saving = saveEpoch(epoch, checkpoint).then(
			(stored) => emit({ kind: 'epoch', epoch, stored }),
			(error: unknown) => {
				const text = error instanceof Error ? error.message : String(error);
				emit({
					kind: 'note',
					code: 'NOT_SAVED',
					text: `Epoch ${epoch.epoch} is not saved: ${text}`,
				});
				emit({ kind: 'epoch', epoch, stored: false });
			},
		);
	}
}

/** Where training stands between two steps. */
interface Between {
	readonly epoch: number;
	/** steps that were done before this process */
	readonly first: number;
	readonly step: number;
	readonly meter: LossMeter;
}
