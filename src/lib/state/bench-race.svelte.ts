/** The race that the bench page shows: one at a time, ended when the page is left. */
import { isAbort } from '$lib/worker/rpc';
import { race, type ModelResult, type RaceProgress, type RaceSettings } from '$lib/bench/race';
import { startBenchWorker } from '$lib/bench/start';
import { panelError, type PanelError } from './resource.svelte';

export class BenchRace {
	progress = $state.raw<RaceProgress>();
	results = $state.raw<readonly ModelResult[]>([]);
	/** of the results that are shown */
	settings = $state.raw<RaceSettings>();
	error = $state.raw<PanelError>();
	/** the last race was stopped before its end */
	stopped = $state(false);
	#work: AbortController | undefined;

	get running(): boolean {
		return this.progress !== undefined;
	}

	/** Runs a race; does nothing while another one runs. */
	async start(settings: RaceSettings): Promise<void> {
		if (this.running) return;
		const work = (this.#work = new AbortController());
		this.error = undefined;
		this.stopped = false;
		this.results = [];
		this.settings = settings;
		const [first] = settings.models;
		if (!first) return;
		this.progress = { doing: 'starting', model: first.model, share: 0, results: [] };
		try {
			this.results = await race(settings, {
				spawnWorker: startBenchWorker,
				signal: work.signal,
				onProgress: (progress) => {
					this.progress = progress;
					this.results = [...progress.results];
				},
			});
		} catch (thrown) {
			if (isAbort(thrown)) this.stopped = true;
			else this.error = panelError(thrown);
		} finally {
			this.progress = undefined;
		}
	}

	/** Ends the workers at once; what finished stays. */
	stop(): void {
		this.#work?.abort();
	}
}
