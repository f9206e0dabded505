/** Shows a state that came from a file or a saved view: one step, so that Undo leads back. */
import { link } from '$lib/state/link.svelte';
import type { ReadLink } from '$lib/url/codec';

/** What the state at hand has and the new one does not is cleared, not kept. */
const CLEARED = {
	columns: undefined,
	viewport: undefined,
	plot: undefined,
	plotMode: undefined,
	plotBoard: undefined,
	plotMetric: undefined,
	plotTop: undefined,
	plotPrm: undefined,
	plotEvaluator: undefined,
	plotWindow: undefined,
	row: undefined,
	sql: undefined,
	theme: undefined,
	lang: undefined,
};

/** Shows what `readFragment` or `readFile` gave, and what it could not read. */
export function openView({ view, problems }: ReadLink): void {
	link.set({ ...CLEARED, ...view });
	link.problems = problems;
	link.made = view.snapshot;
}
