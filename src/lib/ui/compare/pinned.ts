/** The pinned runs of the link, found in the open snapshot; and two to begin with. */
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { panelError } from '$lib/state/resource.svelte';
import { toasts } from '$lib/state/toast.svelte';
import type { ColumnId } from '$lib/stats/fields';
import type { RunDetail } from '$lib/stats/run-detail';
import type { RowIdentity } from '$lib/url/view';
import { identityAt } from '../table/identity';

/** Most runs that are compared at once. */
export const MOST_RUNS = 50;

export interface PinnedRuns {
	readonly runs: readonly RunDetail[];
	/** pins that this snapshot does not have */
	readonly missing: readonly RowIdentity[];
}

/** @returns the details of the first 50 pins, in their order */
export async function findRuns(pins: readonly RowIdentity[]): Promise<PinnedRuns> {
	const wanted = pins.slice(0, MOST_RUNS);
	const found = await Promise.all(
		wanted.map(async (pin) => {
			const trial = await data.client.find(pin);
			return trial < 0 ? undefined : data.client.run(trial);
		}),
	);
	return {
		runs: found.filter((run) => run !== undefined),
		missing: wanted.filter((_, i) => found[i] === undefined),
	};
}

const IDENTITY: readonly ColumnId[] = ['task', 'dataset', 'metric', 'nn', 'epoch', 'uid', 'repeat'];

/** Pins the best rows of the two best runs of the current filter. */
export async function pinTwoBest(): Promise<void> {
	try {
		const filter = { ...link.view.filter, best: 'run' as const };
		const query = { filter, sort: [{ column: 'accuracy' as const, descending: true }] };
		// Equal rows of one run all count as its best: look further down for the second run.
		const rows = await data.client.window(query, 0, 200, IDENTITY);
		const pins = new Map<string, RowIdentity>();
		for (let i = 0; i < rows.trials.length && pins.size < 2; i++) {
			const identity = identityAt(rows, i);
			const run = identity && JSON.stringify({ ...identity, epoch: 0 });
			if (identity && run && !pins.has(run)) pins.set(run, identity);
		}
		if (pins.size < 2)
			toasts.show('The filter leaves fewer than two runs: remove a condition first.');
		else link.set({ pins: [...pins.values()] });
	} catch (thrown) {
		toasts.show(`Nothing was pinned: ${panelError(thrown).message}`);
	}
}

/** Takes a pin away; undo brings it back. */
export function unpin(index: number): void {
	link.set({ pins: link.view.pins.filter((_, i) => i !== index) });
}

/** Makes a pin the first one. */
export function makeBaseline(index: number): void {
	const pin = link.view.pins[index];
	if (pin) link.set({ pins: [pin, ...link.view.pins.filter((_, i) => i !== index)] });
}
