/** `globalThis.lemur`: the script interface on the snapshot that the page shows. */
import { createClients, type Clients } from '$lib/scripting/clients';
import { createLemur } from '$lib/scripting/lemur';
import type { Trainer } from '$lib/scripting/train';
import { data, siteRoot } from './data.svelte';
import { training } from './train.svelte';

let clients: Clients | undefined;

/** The page's clients, shared by scripts and the SQL room. */
export function pageClients(): Clients {
	clients ??= createClients(siteRoot(), {
		shown: () => ({ version: data.snapshot?.version ?? '', client: data.client }),
		own: () => data.own,
	});
	return clients;
}

/** A script's trial is the page's: /train shows it, its rows join the data, leaving asks first. */
const trainer: Trainer = {
	backend: () => training.backend,
	train: (config, backend, onEvent) => training.train(config, backend, onEvent),
	control: (action) => training.client.control(action),
};

export function startScripting(): void {
	const { data: client, sql: sqlClient } = pageClients();
	globalThis.lemur = createLemur({
		client,
		sqlClient,
		baseUrl: siteRoot(),
		fetch: (...args) => fetch(...args),
		trainer: () => trainer,
		studies: async () => (await import('./studies.svelte')).studies.client,
	});
}
