/**
 * Training as the pages see it: the runs of this device, the trial that runs, what computes. One
 * trial at a time, which belongs to the site and not to a page. Wraps the plain client in runes.
 */
import { base } from '$app/paths';
import { SCHEMA } from '$lib/store/collections';
import { storeName } from '$lib/store/store';
import type { BackendChoice } from '$lib/nn/backend';
import { createTrainClient, type TrainClient } from '$lib/train/client';
import type { TrialConfig } from '$lib/train/config';
import { LiveTrial, type LiveView } from '$lib/train/live';
import { locksBy } from '$lib/train/locks';
import { Measuring } from '$lib/train/measuring';
import { ownRunsOf } from '$lib/train/own-runs';
import type {
	Action,
	BackendVerdict,
	Inspection,
	Measurement,
	TrainEvent,
} from '$lib/train/protocol';
import type { RunHistory } from '$lib/train/run-row';
import type { Outcome } from '$lib/train/outcome';
import { startTrainWorker } from '$lib/train/start';
import { hasTrained } from '$lib/train/has-trained';
import { data, siteRoot } from './data.svelte';
import { panelError, Resource, type PanelError } from './resource.svelte';
import { RpcError } from '$lib/worker/rpc-error';
import { toasts } from './toast.svelte';
import { guardLeaving, keepAwake, notice } from './while-training';

const KEY = 'lemur:backend';
/** ms between two looks at the trial */
const REFRESH = 120;
/** ms between two joins of own runs with the records */
const JOIN = 1_500;

/** How the last trial ended. */
export interface Ended {
	readonly history: RunHistory;
	readonly outcome: Outcome;
}

/** What a trial is begun with. */
interface Asked {
	readonly config: TrialConfig;
	readonly backend: BackendChoice;
	/** the run that goes on */
	readonly history?: RunHistory | undefined;
	readonly onEvent?: (event: TrainEvent) => void;
}

class TrainState {
	/** the step of the ladder to begin with, or `auto`: a choice of this device */
	backend = $state<BackendChoice>(readBackend());
	readonly verdict = new Resource<BackendVerdict>();
	readonly measurement = new Resource<Measurement>();
	readonly inspection = new Resource<Inspection>();
	/** newest first; undefined until they were read */
	runs = $state.raw<readonly RunHistory[]>();
	/** runs that another tab is training */
	elsewhere = $state.raw<readonly string[]>([]);
	/** what was mended or cannot be read */
	problems = $state.raw<readonly string[]>([]);
	/** false: the browser forbids storage, runs last until the tab is closed */
	persistent = $state(true);
	running = $state(false);
	/** the worker has not answered for a while: a long step, or a net that loops */
	silent = $state(false);
	/** the trial that runs, or ran last */
	live = $state.raw<LiveView>();
	ended = $state.raw<Ended>();
	error = $state.raw<PanelError>();
	/** runs could not be read */
	runsError = $state.raw<PanelError>();
	#client: TrainClient | undefined;
	#trial: LiveTrial | undefined;
	#look: ReturnType<typeof setTimeout> | undefined;
	#join: ReturnType<typeof setTimeout> | undefined;
	readonly #measuring = new Measuring(() => this.client);
	#channel: BroadcastChannel | undefined;
	/** tell by a system notice when it is done */
	tell = $state(false);

	get #store(): string {
		return storeName(base, SCHEMA);
	}

	get client(): TrainClient {
		return (this.#client ??= createTrainClient({
			...{ spawn: startTrainWorker, base, siteRoot: siteRoot(), store: this.#store },
			...{ locks: locksBy(), onSilent: () => (this.silent = this.running) },
		}));
	}

	/** Reads the runs where there may be some. */
	async begin(): Promise<void> {
		this.#listen();
		if (await hasTrained(base)) await this.refresh();
	}

	choose(backend: BackendChoice): void {
		this.backend = backend;
		try {
			localStorage.setItem(KEY, backend);
		} catch {
			// Kept for this visit only.
		}
		void this.probe();
	}

	/** Asks what computes here. */
	probe(): Promise<void> {
		const { backend } = this;
		return this.verdict.load(() => this.client.probe(backend));
	}

	/** Reads all runs anew, mended where one of their two copies lacks something. */
	async refresh(): Promise<void> {
		try {
			const { runs, problems, persistent, training } = await this.client.runs();
			this.runs = runs;
			this.problems = problems;
			this.persistent = persistent;
			const own = this.running ? this.live?.run?.id : undefined;
			this.elsewhere = training.filter((id) => id !== own);
			this.runsError = undefined;
			// It was said that another one trains, and it does not any more.
			if (this.error?.code === 'TRAIN_BUSY' && training.length === 0) this.error = undefined;
			void data.setOwn(ownRunsOf(runs));
			this.#listen();
		} catch (thrown) {
			this.runsError = panelError(thrown);
		}
	}

	/** Takes a few steps of a trial; a newer question replaces an older one. */
	async measure(config: TrialConfig): Promise<void> {
		if (this.running) return;
		await this.measurement.load(() => this.#measuring.ask(config, this.backend));
		// It may have found another adapter to be faster for this trial.
		const { value } = this.measurement;
		if (value && this.backend === 'auto') this.verdict.value = value.backend;
	}

	/** Trains, or goes on with a run from its last checkpoint. Resolves when the trial has ended. */
	async start(config: TrialConfig, history?: RunHistory): Promise<Ended | undefined> {
		if (this.running) return undefined;
		const { backend } = this;
		// What went wrong is shown by the page.
		return this.#run({ config, backend, history }).catch(() => undefined);
	}

	/**
	 * Trains for a script; the pages show it as their own trial.
	 * @throws RpcError as `train` of `lib/train/protocol`
	 */
	async train(
		config: TrialConfig,
		backend: BackendChoice,
		onEvent: (event: TrainEvent) => void,
	): Promise<Ended> {
		if (this.running)
			throw new RpcError('TRAIN_BUSY', 'A trial is running on this page: stop it first, or wait.');
		return this.#run({ config, backend, onEvent });
	}

	async #run({ config, backend, history, onEvent }: Asked): Promise<Ended> {
		this.running = true;
		this.ended = undefined;
		this.error = undefined;
		this.inspection.value = undefined;
		const trial = (this.#trial = new LiveTrial(history));
		this.live = trial.view;
		const unguard = [guardLeaving(), keepAwake()];
		try {
			await this.#measuring.end();
			const params = { config, backend, ...(history ? { run: history.run.id } : {}) };
			const ended = await this.client.train(params, (event) => {
				this.#hear(event);
				onEvent?.(event);
			});
			this.ended = ended;
			if (this.tell) notice('LEMUR Web: the trial has ended', ended.outcome.reason);
			return ended;
		} catch (thrown) {
			this.error = panelError(thrown);
			trial.note(this.error.message, true);
			throw thrown;
		} finally {
			for (const release of unguard) release();
			clearTimeout(this.#look);
			clearTimeout(this.#join);
			this.#look = this.#join = undefined;
			this.live = trial.view;
			this.running = false;
			this.silent = false;
			// A script that waits for the end finds the records joined.
			await this.refresh();
			this.#channel?.postMessage('changed');
			void navigator.storage?.persist?.().catch(() => false);
		}
	}

	async control(action: Action): Promise<void> {
		try {
			await this.client.control(action);
		} catch (thrown) {
			toasts.show(panelError(thrown).message);
		}
	}

	/** Ends the worker at once; the trial can be resumed. */
	kill(): void {
		this.client.kill();
	}

	inspect(run: string): Promise<void> {
		return this.inspection.load(() => this.client.inspect(run, this.backend));
	}

	async remove(history: RunHistory): Promise<void> {
		await this.#removed(history.run.id, true);
		toasts.show(`Deleted the run of ${history.run.config.nn}.`, {
			label: 'Undo',
			run: () => void this.#removed(history.run.id, false),
		});
	}

	async #removed(run: string, removed: boolean): Promise<void> {
		try {
			await this.client.remove(run, removed);
		} catch (thrown) {
			toasts.show(`Not changed: ${panelError(thrown).message}`);
		}
		await this.refresh();
	}

	#hear(event: TrainEvent): void {
		this.#trial?.hear(event);
		this.silent = false;
		this.#look ??= setTimeout(() => {
			this.#look = undefined;
			this.live = this.#trial?.view;
		}, REFRESH);
		if (event.kind === 'row' || event.kind === 'run') this.#joinSoon();
	}

	/** Own rows are among the records soon after they are stored, not at every one of a fast trial. */
	#joinSoon(): void {
		if (this.#join !== undefined) return;
		this.#join = setTimeout(() => {
			this.#join = undefined;
			const { run, rows = [] } = this.#trial?.view ?? {};
			if (!run) return;
			const others = (this.runs ?? []).filter((one) => one.run.id !== run.id);
			const best = rows.length === 0 ? null : Math.max(...rows.map(({ accuracy }) => accuracy));
			this.runs = [{ run: { ...run, best, epochs: rows.length }, epochs: rows }, ...others];
			void data.setOwn(ownRunsOf(this.runs));
			this.#channel?.postMessage('changed');
		}, JOIN);
	}

	/** Other tabs of this site follow. */
	#listen(): void {
		if (this.#channel || typeof BroadcastChannel === 'undefined') return;
		this.#channel = new BroadcastChannel(`${this.#store}:runs`);
		this.#channel.addEventListener('message', () => {
			if (!this.running) void this.refresh();
		});
	}
}

function readBackend(): BackendChoice {
	try {
		const stored = localStorage.getItem(KEY);
		return (['webgpu', 'webgl', 'cpu'] as const).find((one) => one === stored) ?? 'auto';
	} catch {
		return 'auto';
	}
}

export const training = new TrainState();
