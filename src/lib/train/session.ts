/**
 * One request to train, from its first step to its end: the run's row and locks, what is stored when,
 * a smaller batch when memory is out, a new device when the GPU was lost. The loop itself is `trial.ts`.
 */
import type { BackendName, Verdict } from '../nn/backend';
import type { NetSpec } from '../nets/net';
import type { Loader, LoaderOptions } from '../datasets/loader';
import { RpcError } from '../worker/rpc-error';
import type { TrialClock } from './clock';
import { breathe } from '../worker/breathe';
import { batchOf, type TrialConfig } from './config';
import type { TrialControl } from './control';
import type { Checkpoint, TrialEffects } from './effects';
import type { Score } from './evaluate';
import type { FinishedEpoch, TrialEvent } from './events';
import type { Outcome } from './outcome';
import type { BackendVerdict, TrainEvent } from './protocol';
import { epochRecord, readRecordText, recordText, runPrm, runUid } from './record';
import { curveOf, orNull, type EpochRow, type RunRow, type StudyTrialRef } from './run-row';
import { findCheckpoint, RunWriter, type RunStorage, type Saved } from './run-store';
import type { runTrial } from './trial';

/** What a session takes from outside. */
export interface SessionEffects {
	readonly storage: RunStorage;
	readonly run: typeof runTrial;
	readonly net: NetSpec;
	readonly openLoader: (options: LoaderOptions) => Promise<Loader>;
	readonly score: () => Score;
	readonly minimumAccuracy: number | null;
	readonly chooseBackend: () => Promise<BackendVerdict>;
	readonly clock: TrialClock;
	/** bytes that a step may take */
	readonly memory: (backend: BackendName) => number | undefined;
	/** ms since 1970, for people only */
	readonly wall: () => number;
	readonly newId: () => string;
	/** @throws RpcError TRAIN_BUSY */
	readonly holdRun: (id: string) => Promise<() => Promise<void>>;
	readonly control: TrialControl;
	readonly emit: (event: TrainEvent) => void;
	/** ms between two checkpoints in the middle of an epoch, at least */
	readonly checkpointEvery?: number;
}

const CHECKPOINT_EVERY = 20_000;
/** A checkpoint may cost one part in so many of the time. */
const CHECKPOINT_SHARE = 50;

export interface SessionResult {
	readonly run: RunRow;
	readonly outcome: Outcome;
}

/** What is asked for. */
export interface SessionRequest {
	readonly config: TrialConfig;
	/** to go on with; absent: a new one of `config` */
	readonly run: RunRow | undefined;
	/** the study that it is a trial of; absent: none */
	readonly study?: StudyTrialRef | undefined;
	/** said of the run from here on */
	readonly note: string | undefined;
	/** devices that were lost in workers before this one */
	readonly losses: number;
}

/** @throws RpcError GPU_LOST when a device was lost that is not the trial's first */
export async function trainSession(
	request: SessionRequest,
	effects: SessionEffects,
): Promise<SessionResult> {
	let { note, losses } = request;
	let verdict = await effects.chooseBackend();
	const { study } = request;
	const origin = study ? { parent: null, study } : { parent: null };
	let row = request.run ?? newRun(request.config, verdict, origin, effects);
	for (;;) {
		const session = new Session(row, verdict, effects);
		const release = await effects.holdRun(row.id);
		try {
			const outcome = await session.train(note);
			row = session.run;
			if (outcome.code === 'OOM' && outcome.batch !== undefined && !study) {
				const prm = { ...row.config.prm, batch: outcome.batch };
				verdict = await effects.chooseBackend();
				row = newRun({ ...row.config, prm }, verdict, { parent: row.id }, effects);
			} else if (outcome.code !== 'GPU_LOST') return { run: row, outcome };
			else if (++losses > 1) throw new RpcError('GPU_LOST', outcome.reason);
			else {
				verdict = await effects.chooseBackend();
				note = `The GPU was lost; went on with ${verdict.backend} from the last checkpoint`;
			}
		} finally {
			await release();
		}
	}
}

function newRun(
	config: TrialConfig,
	{ backend, adapter, software }: Verdict | BackendVerdict,
	origin: Pick<RunRow, 'parent' | 'study'>,
	{ wall, newId }: SessionEffects,
): RunRow {
	const facts = { backend, adapter, software };
	const prm = runPrm(config, facts);
	return {
		...{ id: newId(), rev: 0, created: wall(), config, facts, ...origin },
		...{ prm: recordText(prm), uid: runUid(prm), state: 'running', outcome: null, notes: [] },
		...{ epochs: 0, best: null, slots: [null, null], current: 0, removed: null, purged: false },
	};
}

/** One run on one device, until it ends or the device does. */
class Session {
	readonly #effects: SessionEffects;
	readonly #writer: RunWriter;
	readonly #verdict: BackendVerdict;
	readonly #told = new Set<string>();
	readonly #losses = new Map<number, number[]>();
	#lastSaved: number;
	#interval: number;

	constructor(run: RunRow, verdict: BackendVerdict, effects: SessionEffects) {
		this.#effects = effects;
		this.#verdict = verdict;
		this.#writer = new RunWriter(effects.storage, run);
		this.#lastSaved = effects.clock.now();
		this.#interval = effects.checkpointEvery ?? CHECKPOINT_EVERY;
	}

	get run(): RunRow {
		return this.#writer.run;
	}

	async train(note: string | undefined): Promise<Outcome> {
		const { storage, run, emit } = this.#effects;
		const { checkpoint, problems } = await findCheckpoint(storage, this.run);
		for (const problem of problems) this.#note('CHECKPOINT', problem);
		this.#report(await this.#writer.begin());
		if (note !== undefined) this.#report(await this.#writer.note(note));
		emit({ kind: 'run', run: this.run, backend: this.#verdict });
		const outcome = await run(this.run.config, this.#trialEffects(), checkpoint);
		const { code, reason, value } = outcome;
		if (code !== 'GPU_LOST') this.#report(await this.#writer.end({ code, reason, value }));
		return outcome;
	}

	#trialEffects(): TrialEffects {
		const { net, score, minimumAccuracy, control, clock } = this.#effects;
		return {
			...{ net, score, minimumAccuracy, control, now: clock.now },
			memory: this.#effects.memory(this.#verdict.backend),
			open: (split) => this.#effects.openLoader(loaderOptions(this.run.config, split)),
			breathe: () => this.#breathe(),
			saveEpoch: (epoch, checkpoint) => this.#saveEpoch(epoch, checkpoint),
			saveCheckpoint: (checkpoint) => this.#saveCheckpoint(checkpoint),
			checkpointDue: () => clock.now() - this.#lastSaved > this.#interval,
			emit: (event) => {
				// The time until the next step says nothing about the machine.
				if (event.kind === 'state') clock.forgive();
				if (event.kind === 'steps') this.#keepLosses(event);
				this.#effects.emit(event);
			},
		};
	}

	async #breathe(): Promise<void> {
		await breathe();
		const gap = this.#effects.clock.tick();
		if (gap === 0) return;
		const text = `${Math.round(gap / 1000)} s in which this machine slept are left out of the time`;
		this.#report(await this.#writer.note(text));
		this.#effects.emit({ kind: 'note', code: 'GAP', text: `${text}.` });
	}

	async #saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
		const saved = await this.#timed(() => this.#writer.saveCheckpoint(checkpoint));
		this.#report(saved);
		const { epoch, step } = checkpoint;
		if (saved.safe) this.#effects.emit({ kind: 'checkpoint', epoch, step });
	}

	async #saveEpoch(epoch: FinishedEpoch, checkpoint: Checkpoint): Promise<boolean> {
		const isNew = epoch.epoch > this.run.epochs;
		const row = this.#rowOf(epoch);
		const saved = await this.#timed(() => this.#writer.saveEpoch(row, checkpoint));
		this.#report(saved);
		this.#losses.delete(epoch.epoch);
		if (isNew) this.#effects.emit({ kind: 'row', row });
		return saved.safe;
	}

	#rowOf({ epoch, accuracy, duration, ...measured }: FinishedEpoch): EpochRow {
		const record = epochRecord(
			readRecordText(this.run.prm),
			{ accuracy, duration },
			this.run.notes,
		);
		return {
			...{ run: this.run.id, epoch, accuracy, duration, record: recordText(record) },
			trainLoss: orNull(measured.trainLoss),
			testLoss: orNull(measured.testLoss),
			samplesPerSecond: orNull(measured.samplesPerSecond),
			curve: curveOf(this.#lossesOf(epoch)),
		};
	}

	/** Those of steps before a checkpoint are not known any more, but they keep their places. */
	#keepLosses({ epoch, step, losses }: Extract<TrialEvent, { kind: 'steps' }>): void {
		const known = this.#lossesOf(epoch);
		while (known.length < step - losses.length) known.push(NaN);
		known.push(...losses);
	}

	#lossesOf(epoch: number): number[] {
		let losses = this.#losses.get(epoch);
		if (!losses) this.#losses.set(epoch, (losses = []));
		return losses;
	}

	/** Checkpoints come the less often the more they cost. */
	async #timed<T>(work: () => Promise<T>): Promise<T> {
		const { clock, checkpointEvery = CHECKPOINT_EVERY } = this.#effects;
		const begun = clock.now();
		const result = await work();
		this.#lastSaved = clock.now();
		const cost = this.#lastSaved - begun;
		this.#interval = Math.max(checkpointEvery, CHECKPOINT_SHARE * cost);
		return result;
	}

	#report({ problems }: Saved): void {
		for (const problem of problems) this.#note('NOT_SAVED', problem);
	}

	/** Each once: a full disk is full at every epoch. */
	#note(code: string, text: string): void {
		if (this.#told.has(text)) return;
		this.#told.add(text);
		this.#effects.emit({ kind: 'note', code, text });
	}
}

export function loaderOptions(config: TrialConfig, split: 'train' | 'test'): LoaderOptions {
	const { dataset, transform, seed } = config;
	const limit = split === 'train' ? config.trainLimit : config.testLimit;
	return {
		...{ dataset, split, transform, seed, batchSize: batchOf(config), shuffle: split === 'train' },
		...(limit === undefined ? {} : { limit }),
	};
}
