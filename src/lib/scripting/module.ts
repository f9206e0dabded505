/**
 * Entry of `lemur.js`, the ES module that the site serves beside its pages:
 * `import { lemur } from './lemur.js'`. Opens nothing before the first call.
 */
import { createClients } from './clients';
import { createLemur, type Lemur } from './lemur';

function create(): Lemur {
	const baseUrl = new URL(/* @vite-ignore */ './', import.meta.url).href;
	const clients = createClients(baseUrl);
	return createLemur({
		client: clients.data,
		sqlClient: clients.sql,
		baseUrl,
		fetch: (...args) => fetch(...args),
	});
}

/** On a page of the site it is the page's own, with the snapshot that is open there already. */
export const lemur = 'lemur' in globalThis ? globalThis.lemur : create();

export const { data, sql, snapshots, link, state, plot, report } = lemur;
export default lemur;
