/**
 * Entry of `lemur.js`, the ES module that the site serves beside its pages:
 * `import { lemur } from './lemur.js'`. Opens nothing before the first call.
 */
import { createClients } from './clients';
import { createLemur } from './lemur';

const baseUrl = new URL(/* @vite-ignore */ './', import.meta.url).href;
const clients = createClients(baseUrl);

export const lemur = createLemur({
	client: clients.data,
	sqlClient: clients.sql,
	baseUrl,
	fetch: (...args) => fetch(...args),
});

export const { data, sql, snapshots, link, state } = lemur;
export default lemur;
