/** What the page of one study shows: its state, a window of its trials, one plot; all under one filter. */
import { ALL_TRIALS, type TrialFilter, type TrialSort } from '$lib/hpo/worker/filter';
import type { StudyFormat, StudyState, TrialWindow } from '$lib/hpo/worker/protocol';
import type { StudyPlotId, StudyPlotOptions } from '$lib/hpo/plots/plot';
import type { Figure } from '$lib/stats/plots/plot';
import { createLane } from '$lib/worker/lane';
import { Resource } from './resource.svelte';
import { studies } from './studies.svelte';

/** Rows of the table at a time. */
export const PAGE_ROWS = 50;

export class StudyPage {
	readonly id: string;
	readonly state = new Resource<StudyState>();
	readonly window = new Resource<TrialWindow>(({ total }) => total === 0);
	readonly figure = new Resource<Figure>(({ empty }) => empty !== undefined);
	filter = $state.raw<TrialFilter>(ALL_TRIALS);
	sort = $state.raw<TrialSort>({ by: 'number', descending: true });
	/** page of the table, from 0 */
	page = $state(0);
	plot = $state<StudyPlotId>('history');
	/** of each plot, as chosen */
	prm = $state.raw<readonly string[]>([]);
	evaluator = $state<'ped-anova' | 'fanova'>('ped-anova');
	top = $state(20);
	/** the trial whose details are open */
	open = $state<number>();
	readonly #rows = createLane();
	readonly #figures = createLane();

	constructor(id: string) {
		this.id = id;
	}

	get filtered(): boolean {
		const { states, tag, improving, text } = this.filter;
		return states.length > 0 || tag !== null || improving || text !== '';
	}

	/** Sets part of the filter; the table starts at its first page again. */
	choose(change: Partial<TrialFilter>): void {
		this.filter = { ...this.filter, ...change };
		this.page = 0;
	}

	order(by: string): void {
		const same = this.sort.by === by;
		this.sort = { by, descending: same ? !this.sort.descending : by === 'value' };
		this.page = 0;
	}

	loadState(): Promise<void> {
		const { id } = this;
		return this.state.load(() => studies.client.call('state', { id }));
	}

	loadRows(): Promise<void> {
		const { id, filter, sort, page } = this;
		const params = { id, filter, sort, start: page * PAGE_ROWS, count: PAGE_ROWS };
		return this.window.load(() =>
			this.#rows((signal, onAnswered) =>
				studies.client.call('rows', params, { signal, onAnswered }),
			),
		);
	}

	loadFigure(theme: 'light' | 'dark'): Promise<void> {
		const { id, plot, filter, prm, evaluator, top } = this;
		const options: StudyPlotOptions = {
			theme,
			evaluator,
			top,
			...(prm.length > 0 ? { prm } : {}),
		};
		return this.figure.load(() =>
			this.#figures((signal, onAnswered) =>
				studies.client.call('figure', { ids: [id], plot, filter, options }, { signal, onAnswered }),
			),
		);
	}

	export(format: StudyFormat) {
		return studies.client.call('export', { id: this.id, format, filter: this.filter });
	}
}
