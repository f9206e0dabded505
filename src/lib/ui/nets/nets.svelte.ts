/** All nets of the open snapshot with their results: loaded once, used by the list and every net's page. */
import { data } from '$lib/state/data.svelte';
import { Resource } from '$lib/state/resource.svelte';
import { EVERYTHING } from '$lib/stats/filter';
import { netsOfSummary, netsOfTable, type NetList } from './net-list';

class NetsState {
	readonly all = new Resource<NetList>();
	#version = '';

	/** every net once the database is here; before that the named ones */
	readonly list: NetList | undefined = $derived(
		this.all.value ?? (data.summary ? netsOfSummary(data.summary) : undefined),
	);
	readonly complete: boolean = $derived(this.all.value !== undefined);

	/** Asks once per snapshot; call when the data is ready. */
	load(again = false): void {
		const version = data.catalogue?.hash ?? '';
		if (version === this.#version && !again) return;
		this.#version = version;
		void this.all.load(async () =>
			netsOfTable(await data.client.summary(EVERYTHING, ['nn', 'task', 'dataset', 'metric'])),
		);
	}
}

export const nets = new NetsState();
