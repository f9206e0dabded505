/** Routes of the table with a filter, and of a net's page, ready for `resolve`. */
import { link } from '$lib/state/link.svelte';
import type { Filter } from '$lib/stats/filter';
import { DEFAULT_VIEW, type RowIdentity } from '$lib/url/view';

/** The table with a filter, and a run's drawer open where `row` is given; pins are taken along. */
export function exploreRoute(filter: Filter, row?: RowIdentity): `/explore/#${string}` {
	const view = { ...DEFAULT_VIEW, pins: link.view.pins, filter, ...(row ? { row } : {}) };
	return withState('/explore', link.started ? link.fragment(view) : '');
}

/** A page with a fragment of the link. */
export function withState<Page extends '/explore' | '/compare'>(
	page: Page,
	fragment: string,
): `${Page}/#${string}` {
	return `${page}/#${fragment.replace(/^#/, '')}`;
}

/** The parameter of a net's page: a name may hold any character. */
export function netParam(name: string): { name: string } {
	return { name: encodeURIComponent(name) };
}
