/** Header histograms: one column after the other, so that rows are never kept waiting for long. */
import { data } from '$lib/state/data.svelte';
import type { ColumnId } from '$lib/stats/fields';
import type { Filter } from '$lib/stats/filter';
import type { Histogram } from '$lib/stats/histogram';

/** Bins of a header histogram. */
export const BINS = 20;

/** Histograms of numeric columns under one filter; older ones stay until theirs is there. */
export class HeaderBars {
	histograms = $state.raw<{ readonly [id in ColumnId]?: Histogram }>({});
	#current: readonly ColumnId[] = [];
	#key = '';
	#turn = 0;

	/** Loads what is missing of these columns; a later call takes over. */
	async load(filter: Filter, columns: readonly ColumnId[], version: string): Promise<void> {
		const turn = ++this.#turn;
		const key = JSON.stringify([filter, version]);
		if (key !== this.#key) this.#current = [];
		this.#key = key;
		for (const column of columns) {
			if (this.#current.includes(column)) continue;
			try {
				const lane = `hist-${column}`;
				const histogram = await data.client.histogram(filter, column, BINS, { lane });
				if (turn !== this.#turn) return;
				this.#current = [...this.#current, column];
				this.histograms = { ...this.histograms, [column]: histogram };
			} catch {
				// A header without bars is still a header; the rows say what is wrong.
				if (turn !== this.#turn) return;
			}
		}
	}
}
