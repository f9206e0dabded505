/**
 * The studies of this device as the page sees them: the list, which of them run, and the worker that
 * holds them. A study goes on running while other pages are open.
 */
import { createStudyClient, type StudyClient } from '$lib/hpo/worker/client';
import type { StudyList, StudyRequests } from '$lib/hpo/worker/protocol';
import { startStudyWorker } from '$lib/hpo/worker/start';
import { configurationSchema, type Configuration } from '$lib/hpo/objective/replay';
import type { Observation } from '$lib/hpo/lemur/warm-start';
import type { StudyDefinition } from '$lib/hpo/study/definition';
import type { Pace } from '$lib/hpo/study/eta';
import type { StudySummary } from '$lib/hpo/study/summary';
import type { DataRows } from '$lib/stats/data-api';
import { isAbort } from '$lib/worker/rpc-error';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import * as v from 'valibot';
import { data, siteRoot } from './data.svelte';
import { runConditions } from './run-conditions.svelte';
import { panelError, Resource, type PanelError } from './resource.svelte';
import { toasts } from './toast.svelte';
import { keepAwake } from './while-training';

/** A study that this page runs. */
export interface Running {
	readonly summary: StudySummary | undefined;
	/** it will begin no new trial */
	readonly pausing: boolean;
	/** where it stood when the first trial of this run was over */
	readonly since: Pace | undefined;
	/** and now */
	readonly now: Pace | undefined;
}

class StudiesState {
	readonly list = new Resource<StudyList>(({ studies }) => studies.length === 0);
	readonly running = new SvelteMap<string, Running>();
	/** why the last run of a study ended early */
	readonly ended = new SvelteMap<string, PanelError>();
	/** ids of those that are to be compared */
	readonly chosen = new SvelteSet<string>();
	/** one sentence for screen readers */
	said = $state('');
	/** raised by every change that the list or a page shows */
	revision = $state(0);
	#client: StudyClient | undefined;
	#listening = false;

	get client(): StudyClient {
		return (this.#client ??= createStudyClient(() => startStudyWorker(siteRoot())));
	}

	refresh(): Promise<void> {
		return this.list.load(() => this.client.call('list', {}));
	}

	/** The stored rows of a configuration. */
	rows({ task, dataset, metric, nn }: Configuration): Promise<DataRows> {
		return data.client.data({ task, dataset, metric, nn });
	}

	/** @returns the id of the new study @throws RpcError in words */
	async create(
		definition: StudyDefinition,
		trials: number,
		observations: readonly Observation[],
	): Promise<string> {
		const { head, outside } = await this.client.call('create', {
			definition,
			trials,
			observations,
		});
		if (outside > 0)
			toasts.show(`${outside} stored runs lie outside of the ranges and were left out.`);
		void this.refresh();
		return head.id;
	}

	async remove(id: string, title: string): Promise<void> {
		this.chosen.delete(id);
		await this.#attempt(() => this.client.call('remove', { id }));
		toasts.show(`Deleted “${title}”.`, {
			label: 'Undo',
			run: () => void this.#attempt(() => this.client.call('undo', { id })),
		});
	}

	rename(id: string, name: string): Promise<void> {
		return this.#attempt(() => this.client.call('rename', { id, name }));
	}

	/** @returns what was found in the file; undefined when it was refused, which is said */
	async importFile(file: File): Promise<StudyRequests['import']['result'] | undefined> {
		let result: StudyRequests['import']['result'] | undefined;
		await this.#attempt(async () => {
			const bytes = new Uint8Array(await file.arrayBuffer());
			result = await this.client.call('import', { bytes });
		}, 'Not opened');
		return result;
	}

	/** Runs a study until its plan is done; does nothing while it runs. */
	async run(id: string, definition: StudyDefinition, parallel = 1): Promise<void> {
		if (this.running.has(id)) return;
		const begun = { summary: undefined, pausing: false, since: undefined, now: undefined };
		this.running.set(id, begun);
		this.#listen();
		this.ended.delete(id);
		this.said = `${definition.name} is running.`;
		// A screen that goes off would slow the training of hours down; a replay is over in seconds.
		const letSleep = definition.objective.id === 'train' ? keepAwake() : undefined;
		try {
			const rows = await this.#rowsFor(definition);
			const end = await this.client.call(
				'run',
				{ id, rows, parallel, held: runConditions.held !== undefined },
				{
					onProgress: ({ summary }) => {
						this.#progress(id, summary);
					},
				},
			);
			this.said = `${definition.name}: ${'reason' in end ? end.reason : end.kind}.`;
			if ('reason' in end) this.ended.set(id, { code: 'STUDY_ENDED', message: end.reason });
		} catch (thrown) {
			if (!isAbort(thrown)) this.ended.set(id, panelError(thrown));
		} finally {
			letSleep?.();
			this.running.delete(id);
			this.revision++;
			void this.refresh();
		}
	}

	/** The rows that a replay answers from; other objectives need none. */
	async #rowsFor({ objective }: StudyDefinition): Promise<DataRows | null> {
		if (objective.id !== 'replay') return null;
		const settings = v.safeParse(configurationSchema, objective.settings);
		return settings.success ? this.rows(settings.output) : null;
	}

	#progress(id: string, summary: StudySummary): void {
		const known = this.running.get(id);
		if (!known) return;
		const now = { at: performance.now(), done: summary.done };
		const first = known.summary !== undefined && summary.done > known.summary.done;
		const since = known.since ?? (first ? now : undefined);
		this.running.set(id, { ...known, summary, since, now });
		this.revision++;
	}

	/** A pause of the machine is no pace of the search. */
	#listen(): void {
		runConditions.begin();
		if (this.#listening) return;
		this.#listening = true;
		runConditions.listen(() => this.hold(runConditions.held !== undefined));
	}

	/** Lets the trials that run come to their end. */
	pause(id: string): Promise<void> {
		const known = this.running.get(id);
		if (known) this.running.set(id, { ...known, pausing: true });
		return this.#attempt(() => this.client.call('control', { id, what: 'pause' }));
	}

	/** Ends the trials that run, too. */
	stop(id: string): Promise<void> {
		return this.#attempt(() => this.client.call('control', { id, what: 'stop' }));
	}

	/** Begins no new trial of any study, or goes on. */
	hold(on: boolean): void {
		for (const [id, running] of this.running) {
			this.running.set(id, { ...running, since: undefined });
			void this.client
				.call('control', { id, what: on ? 'hold' : 'release' })
				.catch(() => undefined);
		}
	}

	/** Changes something; a failure is said, never swallowed. */
	async change(work: () => Promise<unknown>): Promise<void> {
		await this.#attempt(work);
	}

	async #attempt(work: () => Promise<unknown>, failed = 'Not done'): Promise<void> {
		try {
			await work();
		} catch (thrown) {
			toasts.show(`${failed}: ${panelError(thrown).message}`);
		}
		this.revision++;
		await this.refresh();
	}
}

export const studies = new StudiesState();
