/** What the page of one study shows: its state, a window of its trials, one plot; all under one filter. */
import { filterOf, isFiltered, lookAfter, USUAL_SORT, type LookPatch } from '$lib/hpo/look';
import type { StudyPlotId, StudyPlotOptions } from '$lib/hpo/plots/plot';
import type { StudyFormat, StudyState, TrialRow, TrialWindow } from '$lib/hpo/worker/protocol';
import type { Figure } from '$lib/stats/plots/plot';
import { createLane } from '$lib/worker/lane';
import { link, type Commit } from './link.svelte';
import { Resource } from './resource.svelte';
import { studies } from './studies.svelte';

/** Rows of the table at a time. */
export const PAGE_ROWS = 50;
/** Lines of a plot, where nothing is chosen. */
export const USUAL_TOP = 20;

/** A figure with the plot that it is of. */
export interface DrawnFigure {
	readonly of: StudyPlotId;
	readonly figure: Figure;
}

export class StudyPage {
	readonly id: string;
	readonly state = new Resource<StudyState>();
	readonly window = new Resource<TrialWindow>(({ total }) => total === 0);
	readonly figure = new Resource<DrawnFigure>(({ figure }) => figure.empty !== undefined);
	readonly look = $derived(link.view.look ?? {});
	readonly filter = $derived(filterOf(this.look));
	readonly filtered = $derived(isFiltered(this.look));
	readonly sort = $derived(this.look.sort ?? USUAL_SORT);
	readonly plot = $derived(this.look.plot ?? 'history');
	readonly pageNumber = $derived(this.look.page ?? 0);
	/** change only when there is something else to ask for: an open trial is no other filter */
	readonly rowsKey = $derived(JSON.stringify([this.filter, this.sort, this.pageNumber]));
	readonly figureKey = $derived(
		JSON.stringify([
			...[this.plot, this.filter],
			...[this.look.prm, this.look.evaluator, this.look.top],
		]),
	);
	readonly #rows = createLane();
	readonly #figures = createLane();

	constructor(id: string) {
		this.id = id;
	}

	/** Changes what is looked at; another filter or order starts at the first page. */
	choose(patch: LookPatch, commit: Commit = 'push'): void {
		const restarts = ['states', 'tag', 'improving', 'text', 'sort'].some((key) => key in patch);
		const next = restarts ? { page: undefined, ...patch } : patch;
		link.set({ look: lookAfter(this.look, next) }, commit);
	}

	showAll(): void {
		this.choose({ states: undefined, tag: undefined, improving: undefined, text: undefined });
	}

	/** A second press turns the order round. */
	order(by: string): void {
		const same = this.sort.by === by;
		const descending = same ? !this.sort.descending : by === 'value' || by === 'number';
		this.choose({ sort: { by, descending } });
	}

	loadState(): Promise<void> {
		const { id } = this;
		return this.state.load(() => studies.client.call('state', { id }));
	}

	loadRows(): Promise<void> {
		const { id, filter, sort, pageNumber } = this;
		const params = { id, filter, sort, start: pageNumber * PAGE_ROWS, count: PAGE_ROWS };
		return this.window.load(() =>
			this.#rows((signal, onAnswered) =>
				studies.client.call('rows', params, { signal, onAnswered }),
			),
		);
	}

	loadFigure(theme: 'light' | 'dark'): Promise<void> {
		const { id, plot, filter } = this;
		const { prm, evaluator, top = USUAL_TOP } = this.look;
		const options: StudyPlotOptions = {
			...{ theme, top },
			...(evaluator ? { evaluator } : {}),
			...(prm ? { prm } : {}),
		};
		return this.figure.load(async () => {
			const params = { ids: [id], plot, filter, options };
			const figure = await this.#figures((signal, onAnswered) =>
				studies.client.call('figure', params, { signal, onAnswered }),
			);
			return { of: plot, figure };
		});
	}

	/** @returns one trial as the table shows it, whatever the filter hides */
	async trial(number: number): Promise<TrialRow | undefined> {
		const { rows } = await studies.client.call('rows', {
			...{ id: this.id, filter: filterOf({}), sort: { by: 'number', descending: false } },
			...{ start: number, count: 1 },
		});
		return rows[0];
	}

	export(format: StudyFormat) {
		return studies.client.call('export', { id: this.id, format, filter: this.filter });
	}
}
