/** A race of samplers over LEMUR's stored runs: workers of its own, ended with it. */
import { regretByTime, regretByTrial, type Entrant, type RaceStudy } from '$lib/hpo/replay/race';
import { spreadRace, type AskWorker } from '$lib/hpo/replay/spread';
import type { ReplayMode } from '$lib/hpo/replay/model';
import type { Configuration } from '$lib/hpo/objective/replay';
import type { Raced } from '$lib/hpo/plots/regret';
import { createStudyClient, type StudyClient } from '$lib/hpo/worker/client';
import { startStudyWorker } from '$lib/hpo/worker/start';
import type { DataRows } from '$lib/stats/data-api';
import { isAbort } from '$lib/worker/rpc-error';
import { siteRoot } from './data.svelte';
import { panelError, type PanelError } from './resource.svelte';
import { studies } from './studies.svelte';

export interface RaceSettings extends Configuration {
	readonly entrants: readonly Entrant[];
	readonly seeds: number;
	readonly trials: number;
	readonly epochs: number;
	readonly mode: ReplayMode;
}

/** What the finished studies of a race say. */
export interface RaceStanding {
	/** regrets by trial and by simulated time */
	readonly trial: readonly Raced[];
	readonly time: readonly Raced[];
	/** the best value that is known */
	readonly known: number;
}

/** One core stays for the page. */
const MOST_WORKERS = 4;
/** ms between two looks at the standing */
const LOOK_EVERY = 1_000;

export class SamplerRace {
	running = $state(false);
	/** studies that are over, of all */
	done = $state(0);
	all = $state(0);
	/** ms that the race has taken */
	took = $state(0);
	workers = $state(0);
	standing = $state.raw<RaceStanding>();
	/** of the standing */
	settings = $state.raw<RaceSettings>();
	error = $state.raw<PanelError>();
	stopped = $state(false);
	#work: AbortController | undefined;
	#clients: StudyClient[] = [];

	/** Runs a race; does nothing while another one runs. */
	async start(settings: RaceSettings): Promise<void> {
		if (this.running) return;
		const work = (this.#work = new AbortController());
		const begun = performance.now();
		Object.assign(this, { running: true, stopped: false, done: 0, took: 0 });
		this.error = undefined;
		this.standing = undefined;
		this.settings = settings;
		this.all = settings.seeds * settings.entrants.length;
		const finished = settings.entrants.map((): RaceStudy[] => []);
		let known = NaN;
		let looked = begun;
		try {
			const rows = await studies.rows(settings);
			work.signal.throwIfAborted();
			await spreadRace(this.#open(settings, rows, work.signal), settings, {
				signal: work.signal,
				onPart: (place, some, best) => {
					finished[place]?.push(...some);
					known = best;
					this.done += some.length;
					this.took = performance.now() - begun;
					if (performance.now() - looked < LOOK_EVERY) return;
					this.standing = standingOf(settings.entrants, finished, known);
					looked = performance.now();
				},
			});
		} catch (thrown) {
			if (isAbort(thrown)) this.stopped = true;
			else this.error = panelError(thrown);
		} finally {
			if (this.done > 0) this.standing = standingOf(settings.entrants, finished, known);
			this.took = performance.now() - begun;
			this.#close();
			this.running = false;
		}
	}

	/** Ends the workers at once; what finished stays. */
	stop(): void {
		this.#work?.abort();
		this.#close();
	}

	#open({ mode, epochs, trials }: RaceSettings, rows: DataRows, signal: AbortSignal): AskWorker[] {
		const cores = navigator.hardwareConcurrency || 2;
		this.workers = Math.max(1, Math.min(MOST_WORKERS, cores - 1));
		this.#clients = Array.from({ length: this.workers }, () =>
			createStudyClient(() => startStudyWorker(siteRoot())),
		);
		return this.#clients.map(
			(client): AskWorker =>
				(entrant, from, to) =>
					client.call('race', { rows, entrant, mode, epochs, trials, from, to }, { signal }),
		);
	}

	#close(): void {
		for (const client of this.#clients) client.close();
		this.#clients = [];
	}
}

function standingOf(
	entrants: readonly Entrant[],
	finished: readonly (readonly RaceStudy[])[],
	known: number,
): RaceStanding {
	const raced = (curve: typeof regretByTrial) =>
		entrants.flatMap(({ label }, place): Raced[] => {
			const some = finished[place] ?? [];
			return some.length === 0 ? [] : [{ label, studies: some.length, curve: curve(some, known) }];
		});
	return { trial: raced(regretByTrial), time: raced(regretByTime), known };
}
