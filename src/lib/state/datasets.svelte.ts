/**
 * The datasets of this device as the page sees them: what is here, what is being loaded, what stopped
 * and why. Wraps the plain library client in runes; loading goes on while other pages are open.
 */
import type { DatasetSpec, Split } from '$lib/datasets/dataset';
import { createLibraryClient, type LibraryClient } from '$lib/datasets/library-client';
import type { LibraryEvent, Preview, Stock } from '$lib/datasets/library-protocol';
import { startLibraryWorker } from '$lib/datasets/library-start';
import { isAbort } from '$lib/worker/rpc-error';
import { changed } from './changed';
import { siteRoot } from './data.svelte';
import { panelError, type PanelError } from './resource.svelte';

/** Where a dataset is loaded from. */
export type OriginKind = 'site' | 'mirror' | 'files';

/** What is going on with one dataset. */
export interface Job {
	readonly origin: OriginKind;
	/** of the visitor, for going on after a pause */
	readonly files: readonly File[];
	readonly state: 'running' | 'stopping' | 'paused' | 'failed';
	readonly event?: LibraryEvent;
	/** ms as of `performance.now()` */
	readonly started: number;
	/** ms that it has taken, as of the last event */
	readonly elapsed: number;
	readonly error?: PanelError;
}

/** What came of looking at every byte. */
export interface Verdict {
	readonly shards: number;
	readonly broken: number;
}

class DatasetsState {
	stock = $state.raw<Stock>();
	error = $state.raw<PanelError>();
	jobs = $state.raw<ReadonlyMap<string, Job>>(new Map());
	/** while every byte of a dataset is looked at: its progress */
	verifying = $state.raw<ReadonlyMap<string, LibraryEvent | undefined>>(new Map());
	verdicts = $state.raw<ReadonlyMap<string, Verdict>>(new Map());
	/** whether the browser promised to keep the data; undefined until it was asked */
	kept = $state<boolean>();
	/** one sentence for screen readers */
	said = $state('');
	#client: LibraryClient | undefined;
	readonly #stops = new Map<string, AbortController>();

	get #library(): LibraryClient {
		return (this.#client ??= createLibraryClient(() => startLibraryWorker(siteRoot())));
	}

	/** Looks what is here. */
	async refresh(): Promise<void> {
		try {
			this.stock = await this.#library.call('list', {});
			this.error = undefined;
		} catch (thrown) {
			this.error = panelError(thrown);
		}
		this.kept = await navigator.storage?.persisted?.().catch(() => undefined);
	}

	/** Loads a dataset, or goes on with it. Nothing of another host is asked before this is called. */
	async load(spec: DatasetSpec, origin: OriginKind, files: readonly File[] = []): Promise<void> {
		const running = this.jobs.get(spec.id)?.state;
		if (running === 'running' || running === 'stopping') return;
		const stop = new AbortController();
		this.#stops.set(spec.id, stop);
		const started = performance.now();
		this.#setJob(spec.id, { origin, files, state: 'running', started, elapsed: 0 });
		this.#setVerdict(spec.id, undefined);
		this.said = `Loading ${spec.title}.`;
		let ended: PanelError | 'done' | 'stopped' = 'done';
		await new Promise<void>((answered) => {
			const named = files.map((file) => ({ name: file.name, blob: file }));
			this.#library
				.call(
					'load',
					{ dataset: spec.id, origin, files: named },
					{
						signal: stop.signal,
						onProgress: (event) => this.#progress(spec.id, event),
						onAnswered: answered,
					},
				)
				.catch((thrown: unknown) => (ended = isAbort(thrown) ? 'stopped' : panelError(thrown)));
		});
		await this.refresh();
		await this.#settle(spec, ended);
	}

	/** Stops after what is being stored; what is stored stays. */
	pause(id: string): void {
		const job = this.jobs.get(id);
		if (job?.state !== 'running') return;
		this.#setJob(id, { ...job, state: 'stopping' });
		this.#stops.get(id)?.abort();
	}

	/** Stops, and frees what was begun. */
	async cancel(spec: DatasetSpec): Promise<void> {
		this.#discarding.add(spec.id);
		this.pause(spec.id);
		if (this.jobs.get(spec.id)?.state === 'stopping') return; // `#settle` goes on from there
		await this.#discard(spec);
	}

	/** Takes the message of a failure away. */
	dismiss(id: string): void {
		this.#setJob(id, undefined);
	}

	async remove(spec: DatasetSpec): Promise<void> {
		await this.#attempt(() => this.#library.call('remove', { dataset: spec.id }));
		this.#setVerdict(spec.id, undefined);
		this.#setJob(spec.id, undefined);
		this.said = `${spec.title} was removed.`;
	}

	async verify(spec: DatasetSpec): Promise<void> {
		this.#setVerdict(spec.id, undefined);
		this.#setVerifying(spec.id, { step: 'verify', done: 0, total: 0 });
		await this.#attempt(async () => {
			const onProgress = (event: LibraryEvent) => this.#setVerifying(spec.id, event);
			const verdict = await this.#library.call('verify', { dataset: spec.id }, { onProgress });
			this.#setVerdict(spec.id, verdict);
			this.said =
				verdict.broken === 0
					? `${spec.title}: all ${verdict.shards} parts are sound.`
					: `${spec.title}: ${verdict.broken} of ${verdict.shards} parts are damaged.`;
		});
		this.#setVerifying(spec.id, undefined);
	}

	/** Some samples to look at. */
	preview(id: string, split: Split, count: number, seed: number): Promise<Preview> {
		return this.#library.call('preview', { dataset: id, split, count, seed });
	}

	/** Asks the browser not to throw the data away when the disk runs full. */
	async keep(): Promise<void> {
		this.kept = await navigator.storage?.persist?.().catch(() => false);
		this.said = this.kept ? 'The browser keeps the data.' : 'The browser did not promise it.';
	}

	readonly #discarding = new Set<string>();

	async #settle(spec: DatasetSpec, ended: PanelError | 'done' | 'stopped'): Promise<void> {
		const job = this.jobs.get(spec.id);
		if (this.#discarding.has(spec.id)) return this.#discard(spec);
		if (ended === 'done' || !job) {
			this.#setJob(spec.id, undefined);
			this.said = `${spec.title} is on this device.`;
		} else if (ended === 'stopped') {
			this.#setJob(spec.id, { ...job, state: 'paused' });
			this.said = `${spec.title} is paused.`;
		} else {
			this.#setJob(spec.id, { ...job, state: 'failed', error: ended });
			this.said = '';
		}
	}

	async #discard(spec: DatasetSpec): Promise<void> {
		this.#discarding.delete(spec.id);
		await this.#attempt(() => this.#library.call('discard', { dataset: spec.id }));
		this.#setJob(spec.id, undefined);
		this.said = `Cancelled: nothing of the unfinished ${spec.title} is kept.`;
	}

	async #attempt(work: () => Promise<unknown>): Promise<void> {
		try {
			await work();
		} catch (thrown) {
			this.error = panelError(thrown);
			return;
		}
		await this.refresh();
	}

	#progress(id: string, event: LibraryEvent): void {
		const job = this.jobs.get(id);
		if (job) this.#setJob(id, { ...job, event, elapsed: performance.now() - job.started });
	}

	#setJob(id: string, job: Job | undefined): void {
		this.jobs = changed(this.jobs, id, job);
	}

	#setVerdict(id: string, verdict: Verdict | undefined): void {
		this.verdicts = changed(this.verdicts, id, verdict);
	}

	#setVerifying(id: string, event: LibraryEvent | undefined): void {
		this.verifying = changed(this.verifying, id, event);
	}
}

export const datasets = new DatasetsState();
