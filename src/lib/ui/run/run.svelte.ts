/** The run that the link opens: found by its identity, with its detail and its neighbours in the list. */
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { Resource } from '$lib/state/resource.svelte';
import type { RunDetail } from '$lib/stats/run-detail';
import type { RowIdentity } from '$lib/url/view';
import { identityAt } from '../table/identity';
import { IDENTITY_COLUMNS } from '../table/layout';
import { openRun } from './open-run.svelte';

/** What is known of the row in the link. */
export interface FoundRun {
	readonly row: RowIdentity;
	/** undefined: the snapshot has no such row */
	readonly detail: RunDetail | undefined;
	/** how many records share the run's configuration, uid and epoch */
	readonly records: number;
	/** place in the current list, -1 where the filter leaves it out */
	readonly position: number;
	/** rows of the current list */
	readonly total: number;
}

/** Loads the open run; a later call wins. */
export class OpenedRun {
	readonly found = new Resource<FoundRun>();

	load(row: RowIdentity): Promise<void> {
		return this.found.load(async () => {
			const trial = await data.client.find(row, { lane: 'find' });
			if (trial < 0) {
				openRun.show(undefined, -1);
				return { row, detail: undefined, records: 0, position: -1, total: 0 };
			}
			const [detail, position, records, total] = await Promise.all([
				data.client.run(trial, { lane: 'run' }),
				data.client.locate(this.#query, trial, { lane: 'locate' }),
				countRecords(row),
				this.#total(),
			]);
			openRun.show(trial, position);
			return { row, detail, records, position, total };
		});
	}

	/** Opens the row `step` places further on in the current list. */
	async step(step: 1 | -1): Promise<void> {
		const found = this.found.value;
		if (!found || found.position < 0) return;
		const position = found.position + step;
		if (position < 0 || position >= found.total) return;
		const lane = { lane: 'neighbour' };
		const window = await data.client.window(this.#query, position, 1, IDENTITY_COLUMNS, lane);
		const row = identityAt(window, 0);
		// Walking through a list is one step of the history, not hundreds.
		if (row) link.set({ row }, 'replace');
	}

	get #query() {
		const { filter, sort } = link.view;
		return { filter, sort };
	}

	async #total(): Promise<number> {
		return (await data.client.window(this.#query, 0, 0, [], { lane: 'list' })).total;
	}
}

async function countRecords(row: RowIdentity): Promise<number> {
	let records = 0;
	while ((await data.client.find({ ...row, repeat: records })) >= 0) records++;
	return records;
}
