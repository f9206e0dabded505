/** `globalThis.lemur`: the script interface on the snapshot that the page shows. */
import { createClients, type Clients } from '$lib/scripting/clients';
import { createLemur } from '$lib/scripting/lemur';
import { data, siteRoot } from './data.svelte';

let clients: Clients | undefined;

/** The page's clients, shared by scripts and the SQL room. */
export function pageClients(): Clients {
	clients ??= createClients(siteRoot(), () => ({
		version: data.snapshot?.version ?? '',
		client: data.client,
	}));
	return clients;
}

export function startScripting(): void {
	const { data: client, sql: sqlClient } = pageClients();
	globalThis.lemur = createLemur({
		client,
		sqlClient,
		baseUrl: siteRoot(),
		fetch: (...args) => fetch(...args),
	});
}
