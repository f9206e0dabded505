/**
 * The handlers of `protocol.ts`: all of the training worker but the worker itself, so that Node can
 * test it. What computes is loaded when something is computed.
 */
import type { BackendChoice } from '../nn/backend';
import type { Loader, LoaderOptions } from '../datasets/loader';
import { RpcError } from '../worker/rpc-error';
import type { HandlerContext, Handlers } from '../worker/rpc';
import type * as computing from './computing';
import { Backends } from './backends';
import { createTrialClock, type TrialClock } from './clock';
import { breathe } from '../worker/breathe';
import type { TrialConfig } from './config';
import { TrialControl } from './control';
import { deviceLock, lockedRuns, runLock, type Locks } from './locks';
import { memoryBudget } from './memory';
import { netNamed, scoreOf } from './named';
import type { Requests, TrainParams } from './protocol';
import { recoverRuns, type Recovery } from './recover';
import { paramSchemas } from './requests';
import type { RunHistory, RunRow } from './run-row';
import { RunWriter, type RunStorage } from './run-store';
import { loaderOptions, trainSession, type SessionEffects } from './session';
import { storedCheckpoint, weightsFile } from './stored-weights';

/** What `computing.ts` has. */
export type Computing = typeof computing;

/** The outside world of the training worker. */
export interface TrainEngineEffects {
	/** @param base the site's base path; never rejects: without storage runs are kept in memory */
	readonly openStorage: (base: string) => Promise<RunStorage>;
	readonly computing: () => Promise<Computing>;
	readonly locks: Locks;
	readonly clock?: () => TrialClock;
	/** ms since 1970 */
	readonly wall?: () => number;
	readonly newId?: () => string;
	readonly checkpointEvery?: number;
	readonly memory?: SessionEffects['memory'];
}

export function createTrainEngine(effects: TrainEngineEffects): Handlers<Requests> {
	const engine = new Engine(effects);
	return {
		open: { params: paramSchemas.open, run: (params) => engine.open(params) },
		probe: { params: paramSchemas.probe, run: ({ backend }) => engine.backends.choose(backend) },
		measure: {
			params: paramSchemas.measure,
			run: ({ config, backend }, { signal }) =>
				engine.alone(() => engine.measure(config, backend, signal)),
		},
		train: {
			params: paramSchemas.train,
			run: (params, context) => engine.alone(() => engine.train(params, context)),
		},
		control: { params: paramSchemas.control, run: ({ action }) => engine.control(action) },
		inspect: {
			params: paramSchemas.inspect,
			run: ({ run, backend }, { signal }) =>
				engine.alone(() => engine.inspect(run, backend, signal)),
		},
		weights: { params: paramSchemas.weights, run: ({ run }) => engine.weights(run) },
		forget: { params: paramSchemas.forget, run: ({ run }) => engine.forget(run) },
		remove: { params: paramSchemas.remove, run: ({ run, removed }) => engine.remove(run, removed) },
	};
}

class Engine {
	readonly #effects: TrainEngineEffects;
	readonly #wall: () => number;
	readonly #memory: SessionEffects['memory'];
	#storage: RunStorage | undefined;
	/** what was mended or could not be read since this worker began: told to whoever asks next */
	readonly #problems = new Set<string>();
	#control: TrialControl | undefined;
	#busy = false;
	#siteRoot = '';
	readonly backends: Backends;

	constructor(effects: TrainEngineEffects) {
		this.#effects = effects;
		this.backends = new Backends(effects.computing);
		this.#wall = effects.wall ?? Date.now;
		this.#memory = effects.memory ?? memoryBudget;
	}

	async open({ base, siteRoot }: Requests['open']['params']): Promise<Requests['open']['result']> {
		this.#siteRoot = siteRoot;
		this.#storage ??= await this.#effects.openStorage(base);
		const recovery = await this.#recover();
		const held = await this.#effects.locks.held();
		const training = lockedRuns(this.#storage.store.name, held);
		return { ...recovery, persistent: this.#storage.store.persistent, training };
	}

	/** One thing at a time computes: the generator and the device are shared. */
	async alone<T>(work: () => Promise<T>): Promise<T> {
		if (this.#busy)
			throw new RpcError('TRAIN_BUSY', 'A trial is running here: stop it first, or wait.');
		this.#busy = true;
		try {
			return await work();
		} finally {
			await this.#freeUnused();
			this.#busy = false;
		}
	}

	/** The next trial has buffers of other sizes. */
	async #freeUnused(): Promise<void> {
		try {
			(await this.#effects.computing()).freeUnused();
		} catch {
			// What did not load has nothing to free.
		}
	}

	async measure(
		config: TrialConfig,
		asked: BackendChoice,
		signal: AbortSignal,
	): Promise<Requests['measure']['result']> {
		const computing = await this.#effects.computing();
		return this.backends.measure(config, asked, (backend) =>
			this.#measure(computing, config, this.#memory(backend), signal),
		);
	}

	async #measure(
		computing: Computing,
		config: TrialConfig,
		memory: number | undefined,
		signal: AbortSignal,
	) {
		const net = netNamed(computing, config.nn);
		const train = await this.#loader(computing, loaderOptions(config, 'train'));
		const test = await this.#loader(computing, loaderOptions(config, 'test'));
		try {
			const now = () => performance.now();
			const effects = { net, train, test, memory, now, between: () => this.#leave(signal) };
			return await computing.measureTrial(config, effects);
		} finally {
			train.close();
			test.close();
		}
	}

	async train(
		{ config, backend, run: id, study, note, losses = 0 }: TrainParams,
		{ progress, signal }: HandlerContext,
	): Promise<Requests['train']['result']> {
		const { locks } = this.#effects;
		const storage = this.#opened();
		const release = await locks.hold(deviceLock(storage.store.name));
		if (!release)
			throw new RpcError(
				'TRAIN_BUSY',
				'Another tab or a study is training on this device: wait, or stop it there.',
			);
		const control = new TrialControl();
		this.#control = control;
		signal.addEventListener('abort', () => control.stop());
		try {
			const before = id === undefined ? undefined : await this.#history(id);
			const begun = before?.run;
			void storage.reserve?.keep();
			// A run goes on where it began, unless something else was asked for.
			const asked = backend === 'auto' && begun?.facts.software ? begun.facts.backend : backend;
			const session = await this.#session(begun?.config ?? config, asked, control, progress);
			const { run, outcome } = await trainSession(
				{ config, run: begun, study, note, losses },
				session,
			);
			return { history: await this.#history(run.id, run), outcome };
		} finally {
			this.#control = undefined;
			await release();
		}
	}

	control(action: Requests['control']['params']['action']): null {
		if (!this.#control) throw new RpcError('TRAIN_IDLE', 'No trial is running here.');
		this.#control[action]();
		return null;
	}

	async inspect(
		id: string,
		asked: BackendChoice,
		signal: AbortSignal,
	): Promise<Requests['inspect']['result']> {
		const computing = await this.#effects.computing();
		const { run } = await this.#history(id);
		await this.backends.choose(this.backends.choiceFor(run.config, asked));
		const { config } = run;
		const checkpoint = await storedCheckpoint(this.#opened(), run);
		const loader = await this.#loader(computing, loaderOptions(config, 'test'));
		const [height, width, channels] = loader.shape;
		const spec = netNamed(computing, config.nn);
		const shape = [loader.batchSize, channels, height, width] as const;
		const net = new spec.Net(shape, [loader.classes.length], config.prm);
		try {
			net.trainSetup(config.prm);
			await computing.restoreNetState(net, checkpoint.net);
			return await computing.inspectNet(net, loader, () => this.#leave(signal));
		} finally {
			net.dispose();
			loader.close();
		}
	}

	async weights(id: string): Promise<Uint8Array> {
		const { run } = await this.#history(id);
		return weightsFile(run, await storedCheckpoint(this.#opened(), run));
	}

	async forget(id: string): Promise<null> {
		const { run } = await this.#history(id);
		await new RunWriter(this.#opened(), run).forget();
		return null;
	}

	async remove(id: string, removed: boolean): Promise<null> {
		const { run } = await this.#history(id);
		const writer = new RunWriter(this.#opened(), run);
		const saved = await writer.remove(removed ? this.#wall() : null);
		if (!saved.safe && saved.problems.length > 0)
			throw new RpcError('NOT_SAVED', saved.problems.join(' '));
		await this.#recover();
		return null;
	}

	#opened(): RunStorage {
		if (this.#storage) return this.#storage;
		throw new RpcError('TRAIN_CLOSED', 'The storage of runs is not open yet.');
	}

	async #recover(): Promise<Recovery> {
		const recovery = await recoverRuns(this.#opened(), this.#wall());
		for (const problem of recovery.problems) this.#problems.add(problem);
		return { ...recovery, problems: [...this.#problems] };
	}

	/** @param fallback where storage keeps nothing */
	async #history(id: string, fallback?: RunRow): Promise<RunHistory> {
		const { runs, removed } = await this.#recover();
		const found = [...runs, ...removed].find(({ run }) => run.id === id);
		if (found) return found;
		if (fallback) return { run: fallback, epochs: [] };
		throw new RpcError('TRAIN_RUN', 'This run is not on this device any more.', { run: id });
	}

	/** Lets messages in. @throws AbortError when the caller has gone */
	async #leave(signal: AbortSignal): Promise<void> {
		await breathe();
		signal.throwIfAborted();
	}

	#loader({ openTrialLoader }: Computing, options: LoaderOptions): Promise<Loader> {
		const { resizes: resizeOnDevice } = this.backends;
		return openTrialLoader({ ...options, resizeOnDevice }, this.#siteRoot);
	}

	async #session(
		config: TrialConfig,
		asked: BackendChoice,
		control: TrialControl,
		emit: SessionEffects['emit'],
	): Promise<SessionEffects> {
		const { locks, clock = () => createTrialClock(), checkpointEvery } = this.#effects;
		const computing = await this.#effects.computing();
		const storage = this.#opened();
		const dataset = computing.findDataset(config.dataset);
		let chosen = false;
		return {
			...{ storage, control, emit, clock: clock(), run: computing.runTrial },
			...(checkpointEvery === undefined ? {} : { checkpointEvery }),
			net: netNamed(computing, config.nn),
			openLoader: (options) => this.#loader(computing, options),
			score: scoreOf(computing, config.metric, dataset?.classes.length ?? 0),
			minimumAccuracy: dataset?.minimumAccuracy ?? null,
			...{ wall: this.#wall, memory: this.#memory },
			newId: this.#effects.newId ?? (() => crypto.randomUUID()),
			chooseBackend: () => {
				// The second time something went wrong with the first device.
				const anew = chosen;
				chosen = true;
				return this.backends.choose(this.backends.choiceFor(config, asked), anew);
			},
			holdRun: async (id) => {
				const release = await locks.hold(runLock(storage.store.name, id));
				if (release) return release;
				throw new RpcError('TRAIN_BUSY', 'Another tab is training this run.');
			},
		};
	}
}
