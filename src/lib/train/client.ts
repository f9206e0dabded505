/**
 * The page's side of the training worker. A trial survives its worker: when that dies, or its GPU is
 * lost for good, a new one goes on from the last checkpoint. Plain TypeScript: `lib/state` wraps it.
 */
import type { BackendChoice } from '../nn/backend';
import { RpcError, type CallOptions } from '../worker/rpc';
import type { TrialConfig } from './config';
import { deviceLock, type Locks } from './locks';
import type { Action, RequestKind, Requests, Trained, TrainEvent, TrainParams } from './protocol';
import { openWorkerSession, type WorkerSession, type WorkerSessionOptions } from './worker-session';

export interface TrainClientOptions extends Omit<WorkerSessionOptions, 'isAlive'> {
	/** name of the store, for the locks of its runs */
	readonly store: string;
	readonly locks: Locks;
	readonly wait?: (ms: number) => Promise<void>;
	/** the worker takes its time over a step, or a net loops */
	readonly onSilent?: () => void;
}

export type MeasureOptions = Pick<CallOptions<TrainEvent>, 'signal' | 'onAnswered'>;

export interface TrainClient {
	/** All runs of this device, mended where needed. Reads anew each time. */
	runs(): Promise<Requests['open']['result']>;
	probe(backend: BackendChoice): Promise<Requests['probe']['result']>;
	/** Takes a few steps; aborting ends it after the step that runs, and `onAnswered` tells when. */
	measure(
		config: TrialConfig,
		backend: BackendChoice,
		options?: MeasureOptions,
	): Promise<Requests['measure']['result']>;
	/**
	 * Trains to the end of the trial, over deaths of the worker and losses of the GPU.
	 * @throws RpcError as `train` of `protocol.ts`, WORKER_DIED after three deaths without an epoch
	 */
	train(params: TrainParams, onEvent: (event: TrainEvent) => void): Promise<Trained>;
	/** Pauses, steps, resumes or stops the trial that runs. */
	control(action: Action): Promise<void>;
	/** Ends the worker at once, whatever it does; the trial can be resumed from its checkpoint. */
	kill(): void;
	inspect(
		run: string,
		backend: BackendChoice,
		signal?: AbortSignal,
	): Promise<Requests['inspect']['result']>;
	weights(run: string): Promise<Uint8Array>;
	/** Frees the room of a run's checkpoints; its records stay. */
	forget(run: string): Promise<void>;
	remove(run: string, removed: boolean): Promise<void>;
	close(): void;
}

/** deaths without an epoch between them */
const MAX_DEATHS = 3;
/** ms: the browser takes the locks of a dead worker away within this */
const LOCKS_LINGER = 5_000;
const ASK_AGAIN = 250;

export function createTrainClient(options: TrainClientOptions): TrainClient {
	return new Client(options);
}

class Client implements TrainClient {
	readonly #options: TrainClientOptions;
	readonly #wait: (ms: number) => Promise<void>;
	#session: WorkerSession | undefined;
	#closed = false;
	#killed = false;
	/** a trial has its locks */
	#training = false;

	constructor(options: TrainClientOptions) {
		this.#options = options;
		this.#wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
	}

	async runs(): Promise<Requests['open']['result']> {
		const { base, siteRoot } = this.#options;
		return this.#call('open', { base, siteRoot });
	}

	probe(backend: BackendChoice): Promise<Requests['probe']['result']> {
		return this.#call('probe', { backend });
	}

	measure(
		config: TrialConfig,
		backend: BackendChoice,
		options: MeasureOptions = {},
	): Promise<Requests['measure']['result']> {
		return this.#call('measure', { config, backend }, options);
	}

	async train(params: TrainParams, onEvent: (event: TrainEvent) => void): Promise<Trained> {
		const life = new TrialLife(params, onEvent);
		this.#killed = false;
		for (;;) {
			const onProgress = (event: TrainEvent) => {
				if (event.kind === 'run') this.#training = true;
				life.hear(event);
			};
			try {
				return await this.#patiently(life, () => this.#call('train', life.params, { onProgress }));
			} catch (error) {
				if (this.#killed) throw killedError();
				if (this.#closed || !life.survives(error)) throw error;
				this.#end(new RpcError('WORKER_RESTARTED', 'The training worker was started anew.'));
			} finally {
				this.#training = false;
			}
		}
	}

	async control(action: Action): Promise<void> {
		await this.#call('control', { action });
	}

	kill(): void {
		this.#killed = true;
		this.#end(killedError());
	}

	inspect(
		run: string,
		backend: BackendChoice,
		signal?: AbortSignal,
	): Promise<Requests['inspect']['result']> {
		return this.#call('inspect', { run, backend }, signal ? { signal } : {});
	}

	weights(run: string): Promise<Uint8Array> {
		return this.#call('weights', { run });
	}

	async forget(run: string): Promise<void> {
		await this.#call('forget', { run });
	}

	async remove(run: string, removed: boolean): Promise<void> {
		await this.#call('remove', { run, removed });
	}

	close(): void {
		this.#closed = true;
		this.#end(closedError());
	}

	/** A trial that goes on finds its locks held by a worker that has just died. */
	async #patiently<T>(life: TrialLife, work: () => Promise<T>): Promise<T> {
		for (let waited = 0; ; waited += ASK_AGAIN)
			try {
				return await work();
			} catch (error) {
				const busy = error instanceof RpcError && error.code === 'TRAIN_BUSY';
				if (!busy || !life.resumes || waited >= LOCKS_LINGER || this.#closed) throw error;
				await this.#wait(ASK_AGAIN);
			}
	}

	async #call<Kind extends RequestKind>(
		kind: Kind,
		params: Requests[Kind]['params'],
		call: CallOptions<TrainEvent> = {},
	): Promise<Requests[Kind]['result']> {
		if (this.#closed) throw closedError();
		this.#session ??= this.#begin();
		const session = this.#session;
		await session.opened;
		return session.connection.call(kind, plain(params), call);
	}

	#begin(): WorkerSession {
		const { store, locks, onSilent } = this.#options;
		// Only a worker that trains holds the lock; others are given all the time they want.
		const isAlive = async () => !this.#training || (await locks.held()).includes(deviceLock(store));
		const session: WorkerSession = openWorkerSession(
			{ ...this.#options, isAlive },
			() => {
				if (this.#session === session) this.#session = undefined;
			},
			() => onSilent?.(),
		);
		return session;
	}

	#end(reason: RpcError): void {
		const session = this.#session;
		this.#session = undefined;
		session?.end(reason);
	}
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A trial over the lives of its workers. */
class TrialLife {
	#params: TrainParams;
	readonly #onEvent: (event: TrainEvent) => void;
	#deaths = 0;
	#losses = 0;
	#software = false;
	#resumes: boolean;

	constructor(params: TrainParams, onEvent: (event: TrainEvent) => void) {
		this.#params = params;
		this.#onEvent = onEvent;
		this.#resumes = params.run !== undefined;
	}

	/** for the worker that is asked next */
	get params(): TrainParams {
		return this.#params;
	}

	get resumes(): boolean {
		return this.#resumes;
	}

	hear(event: TrainEvent): void {
		if (event.kind === 'run') {
			// The note was taken; a second one is another death's.
			const params: Mutable<TrainParams> = { ...this.#params, run: event.run.id };
			delete params.note;
			this.#params = params;
			this.#software = event.backend.software;
		}
		if (event.kind === 'row') this.#deaths = 0;
		this.#onEvent(event);
	}

	/** @returns whether a new worker is to go on after this error; says so */
	survives(error: unknown): boolean {
		if (!(error instanceof RpcError) || this.#params.run === undefined) return false;
		if (error.code === 'WORKER_DIED') {
			if (++this.#deaths > MAX_DEATHS) return false;
			return this.#goOn(error.code, `${error.message} A new one goes on from the last checkpoint.`);
		}
		if (error.code !== 'GPU_LOST') return false;
		// The second time a new worker may still get a device, the third time none is to be had.
		if (++this.#losses > 2) return false;
		const text = 'The GPU was lost again; went on in a new worker';
		if (this.#losses === 1) return this.#goOn(error.code, text);
		this.#params = { ...this.#params, backend: this.#software ? 'cpu' : 'webgl' };
		return this.#goOn(error.code, `${text} without WebGPU`);
	}

	#goOn(code: string, note: string): true {
		this.#resumes = true;
		const losses = this.#losses;
		this.#params = { ...this.#params, note: note.slice(0, 500), losses };
		this.#onEvent({ kind: 'note', code, text: note });
		return true;
	}
}

function closedError(): RpcError {
	return new RpcError('WORKER_CLOSED', 'The training worker was closed.');
}

function killedError(): RpcError {
	return new RpcError(
		'TRAIN_KILLED',
		'The trial was ended at once. It can be resumed from its last checkpoint.',
	);
}

/** Parameters are plain values. The copy takes reactive proxies off, which cannot be posted. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value));
}
