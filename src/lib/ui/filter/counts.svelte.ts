/**
 * What the filter leaves: totals and facet counts. One request serves the panel, the heading and the
 * empty state, so that they can never disagree.
 */
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { Resource } from '$lib/state/resource.svelte';
import type { FacetField, Facets } from '$lib/stats/facets';
import type { Filter } from '$lib/stats/filter';

class FilterCounts {
	readonly facets = new Resource<Facets>();
	/** facets that are unfolded: only their values are counted and sent */
	readonly open = new SvelteSet<FacetField>(['task', 'dataset', 'metric', 'nnFamily', 'source']);
	#of = $state.raw<Filter>();

	/** trials that pass the filter; undefined while the count of this very filter is on its way */
	readonly total: number | undefined = $derived(
		this.#of === link.view.filter && !this.facets.pending ? this.facets.value?.total : undefined,
	);

	/** the filter that was asked last, and with the data it was asked of as text */
	#asked: Filter = {};
	#key = '';

	/**
	 * Counts anew, unless the same is counted already: a sort or a new column makes no other counts.
	 * Call from an effect that reads the filter.
	 */
	async load(filter: Filter): Promise<void> {
		this.#asked = filter;
		const fields = [...this.open].sort();
		const key = JSON.stringify([untrack(() => data.catalogue?.hash), filter, fields]);
		const { error, pending } = untrack(() => ({
			error: this.facets.error,
			pending: this.facets.pending,
		}));
		if (key === this.#key && !error) {
			if (!pending) this.#of = filter;
			return;
		}
		this.#key = key;
		await this.facets.load(async () => {
			const facets = await data.client.facets(filter, fields, { lane: 'facets' });
			this.#of = this.#asked;
			return facets;
		});
	}
}

export const counts = new FilterCounts();
