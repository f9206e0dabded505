/** The link that opens the form of a new study, with a filter to begin from. */
import { link } from '$lib/state/link.svelte';
import { withState } from '$lib/state/routes';
import type { Filter } from '$lib/stats/filter';
import { DEFAULT_VIEW } from '$lib/url/view';

/** Stands in the link for the form itself: nothing is described yet. */
export const NEW = 'new';

/** @returns the route of the form; what the filter leaves open, the form chooses */
export function newStudyRoute(filter: Filter): `/studies/#${string}` {
	const { snapshot } = link.view;
	const view = { ...DEFAULT_VIEW, snapshot, filter, study: NEW };
	return withState('/studies', link.started ? link.fragment(view) : '');
}
