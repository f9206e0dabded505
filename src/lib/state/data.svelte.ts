/**
 * The open snapshot as the page sees it: manifest, summary, catalogue, progress. Wraps the plain
 * data client in runes; pages ask `data.client` for counts and rows.
 */
import { untrack } from 'svelte';
import { asset } from '$app/paths';
import { createDataClient, type DataClient } from '$lib/db/client';
import { fetchManifest, fetchSummary } from '$lib/db/summary';
import { absolute } from '$lib/url/absolute';
import type { Manifest, Snapshot, SummaryFile } from '$lib/db/manifest';
import type { OwnRun } from '$lib/db/own';
import type { ProgressEvent } from '$lib/db/protocol';
import { startDataWorker } from '$lib/db/start';
import type { Catalogue } from '$lib/stats/catalogue';
import { panelError, type PanelError } from './resource.svelte';

export type DataStatus = 'idle' | 'opening' | 'ready' | 'failed';

/** Absolute URL of the site's root folder, with its last slash. */
export function siteRoot(): string {
	return absolute(asset('/favicon.svg').replace(/favicon\.svg$/, ''));
}

class DataState {
	status = $state<DataStatus>('idle');
	catalogue = $state.raw<Catalogue>();
	progress = $state.raw<ProgressEvent>();
	error = $state.raw<PanelError>();
	manifest = $state.raw<Manifest>();
	summary = $state.raw<SummaryFile>();
	summaryError = $state.raw<PanelError>();
	#client: DataClient | undefined;
	#version = '';
	#own: readonly OwnRun[] = [];
	/** raised when the visitor's own runs have changed: whoever asked is to ask again */
	#revision = $state(0);

	/** the manifest's entry of the snapshot that is shown */
	readonly snapshot: Snapshot | undefined = $derived(
		this.manifest?.snapshots.find(
			(one) =>
				one.version === (this.catalogue?.version ?? (this.#version || this.manifest?.default)),
		),
	);

	/** @throws when nothing was opened yet: ask only when `status` is not 'idle' */
	get client(): DataClient {
		if (!this.#client) throw new Error('No snapshot has been opened yet; call data.open first.');
		void this.#revision;
		return this.#client;
	}

	/** Opens a snapshot ('' = the site's default); a second call with the same version does nothing. */
	open(version: string): void {
		if (this.#client && this.#opened(version)) return;
		this.#client?.close();
		this.#version = version;
		this.catalogue = undefined;
		this.progress = undefined;
		this.error = undefined;
		this.status = 'opening';
		void this.#loadSummary(version);
		this.#client = createDataClient({
			spawn: startDataWorker,
			baseUrl: siteRoot(),
			version,
			onProgress: (event) => (this.progress = event),
			onState: (state, error) => {
				if (state === 'failed') this.error = panelError(error);
				if (state === 'failed' || state === 'opening') this.status = state;
			},
		});
		void this.#await(this.#client);
		if (this.#own.length > 0) void this.setOwn(this.#own);
	}

	/** the visitor's own runs as they were read last */
	get own(): readonly OwnRun[] {
		return this.#own;
	}

	/** The visitor's own runs, as rows beside LEMUR's in whatever snapshot is shown. */
	async setOwn(runs: readonly OwnRun[]): Promise<void> {
		this.#own = runs;
		const client = this.#client;
		if (!client) return;
		try {
			const catalogue = await client.setOwn(runs);
			if (client !== this.#client || runs !== this.#own) return;
			this.catalogue = catalogue;
			this.#revision++;
		} catch {
			// The snapshot does not open: that is said where it is shown, and a new worker takes them along.
		}
	}

	/** '' and the version it stands for are the same snapshot: Back must not load it anew. */
	#opened(version: string): boolean {
		const fallback = untrack(() => this.manifest?.default) ?? '';
		return (version || fallback) === (this.#version || fallback);
	}

	/** Starts again after a failure. */
	retry(): void {
		this.error = undefined;
		this.progress = undefined;
		this.status = 'opening';
		void this.#loadSummary(this.#version);
		void this.client.retry().catch(() => undefined);
		void this.#await(this.client);
	}

	async #await(client: DataClient): Promise<void> {
		try {
			const catalogue = await client.ready();
			if (client !== this.#client) return;
			this.catalogue = catalogue;
			this.status = 'ready';
			this.error = undefined;
		} catch (thrown) {
			if (client !== this.#client) return;
			this.error = panelError(thrown);
			this.status = 'failed';
		}
	}

	async #loadSummary(version: string): Promise<void> {
		this.summaryError = undefined;
		try {
			const folder = new URL('stat-db/', siteRoot());
			this.manifest = await fetchManifest(folder);
			const wanted = version || this.manifest.default;
			const snapshot = this.manifest.snapshots.find((one) => one.version === wanted);
			const summary = snapshot && (await fetchSummary(folder, snapshot.summary));
			// Another snapshot may have been chosen meanwhile: its summary is the one to show.
			if (summary && version === this.#version) this.summary = summary;
		} catch (thrown) {
			if (version === this.#version) this.summaryError = panelError(thrown);
		}
	}
}

export const data = new DataState();
