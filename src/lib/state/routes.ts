/** Routes of pages with a state, and of a net's page, ready for `resolve`. */
import type { Filter } from '$lib/stats/filter';
import { DEFAULT_VIEW, type RowIdentity, type ViewState } from '$lib/url/view';
import type { TrainSetup } from '$lib/train/setup';
import { link } from './link.svelte';

/** The pages that a state can be taken to. */
export type StatePage =
	| '/explore'
	| '/nets'
	| '/compare'
	| '/plots'
	| '/embed'
	| '/reports'
	| '/sql'
	| '/train'
	| '/studies'
	| '/datasets'
	| '/bench'
	| '/settings'
	| '/docs';

/** A page with a fragment of the link, with or without its `#`. */
export function withState<Page extends StatePage>(
	page: Page,
	fragment: string,
): `${Page}/#${string}` {
	return `${page}/#${fragment.replace(/^#/, '')}`;
}

/** The explorer in a state; the plain page before the address was read. */
export function viewRoute(patch: Partial<ViewState>): `/explore/#${string}` {
	return withState('/explore', link.started ? link.fragment({ ...DEFAULT_VIEW, ...patch }) : '');
}

/** The table with a filter, and a run's drawer open where `row` is given; pins are taken along. */
export function exploreRoute(filter: Filter, row?: RowIdentity): `/explore/#${string}` {
	return viewRoute({ pins: link.view.pins, filter, ...(row ? { row } : {}) });
}

/** The training room with a choice. */
export function trainRoute(train: TrainSetup): `/train/#${string}` {
	return withState('/train', link.started ? link.fragment({ ...DEFAULT_VIEW, train }) : '');
}

/** The parameter of a net's page: a name may hold any character. */
export function netParam(name: string): { name: string } {
	return { name: encodeURIComponent(name) };
}
