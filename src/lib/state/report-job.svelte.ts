/**
 * The report that is being made, one at a time. It belongs to the site and not to a page: it goes on
 * while other pages are open, and is saved when it is done.
 */
import { page } from '$app/state';
import { isAbort } from '$lib/db/client';
import type { ProgressEvent, Requests } from '$lib/db/protocol';
import { REPORT_MEDIA_TYPE, type ReportPlan } from '$lib/stats/report/report';
import { saveFile } from './copy';
import { data } from './data.svelte';
import { panelError, type PanelError } from './resource.svelte';
import { toasts } from './toast.svelte';

/** What is being made. */
export interface RunningReport {
	readonly file: string;
	/** the rows in words */
	readonly sentence: string;
	readonly plan: ReportPlan;
	readonly pictures: boolean;
	/** ms as of `performance.now()` */
	readonly started: number;
}

export interface SavedReport {
	readonly file: string;
	readonly sentence: string;
	readonly bytes: number;
	/** ms from the order to the file */
	readonly ms: number;
}

/** How far a report is. @param before the share so far */
export type ShareOf = (running: RunningReport, event: ProgressEvent, before: number) => number;

class ReportJob {
	running = $state.raw<RunningReport>();
	progress = $state.raw<ProgressEvent>();
	/** of the whole work, 0..1; never goes back */
	share = $state(0);
	/** ms that the report takes so far, as of the last progress */
	elapsed = $state(0);
	saved = $state.raw<SavedReport>();
	error = $state.raw<PanelError>();
	/** file of the report that was cancelled last, until another is made */
	cancelled = $state<string>();
	#work: AbortController | undefined;

	/** Makes a report and saves it; does nothing while another one is made. */
	async start(
		asked: Requests['report']['params'],
		about: Omit<RunningReport, 'started'>,
		shareOf: ShareOf,
	): Promise<void> {
		if (this.running) return;
		const running = { ...about, started: performance.now() };
		const work = (this.#work = new AbortController());
		this.#begin(running);
		try {
			const made = await data.client.report(asked, {
				signal: work.signal,
				onProgress: (event) => {
					if (this.running !== running || event.what !== 'report') return;
					this.progress = event;
					this.share = shareOf(running, event, this.share);
					this.elapsed = performance.now() - running.started;
				},
			});
			this.#save(running, made.file);
		} catch (thrown) {
			this.#fail(running, thrown);
		}
		this.running = undefined;
	}

	/** Stops at once; nothing is saved. */
	cancel(): void {
		this.#work?.abort();
	}

	#begin(running: RunningReport): void {
		this.running = running;
		this.progress = undefined;
		this.share = 0;
		this.elapsed = 0;
		this.saved = undefined;
		this.error = undefined;
		this.cancelled = undefined;
	}

	#save({ file, sentence, started }: RunningReport, made: Blob): void {
		saveFile([made], file, REPORT_MEDIA_TYPE);
		this.saved = { file, sentence, bytes: made.size, ms: performance.now() - started };
		if (page.route.id !== '/reports') toasts.show(`The report is ready: ${file}`);
	}

	#fail({ file }: RunningReport, thrown: unknown): void {
		if (isAbort(thrown)) {
			this.cancelled = file;
			return;
		}
		const error = panelError(thrown);
		const closed = error.code === 'WORKER_CLOSED' || error.code === 'WORKER_RESTARTED';
		const message = `${file} was given up because the data was opened anew. Create it again.`;
		this.error = closed ? { ...error, message } : error;
		if (page.route.id !== '/reports') toasts.show(`The report failed: ${this.error.message}`);
	}
}

export const reportJob = new ReportJob();
