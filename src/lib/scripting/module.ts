/**
 * Entry of `lemur.js`, the ES module that the site serves beside its pages:
 * `import { lemur } from './lemur.js'`. Opens nothing before the first call.
 */
import type { OwnRun } from '../db/own';
import type { StudyClient } from '../hpo/worker/client';
import { createClients } from './clients';
import { createLemur, type Lemur } from './lemur';
import { createModuleTrainer } from './module-trainer';
import type { Trainer } from './train';

function create(): Lemur {
	const baseUrl = new URL(/* @vite-ignore */ './', import.meta.url).href;
	let own: readonly OwnRun[] = [];
	const clients = createClients(baseUrl, { own: () => own });
	let trainer: Trainer | undefined;
	let studies: Promise<StudyClient> | undefined;
	return createLemur({
		client: clients.data,
		sqlClient: clients.sql,
		baseUrl,
		fetch: (...args) => fetch(...args),
		trainer: () => (trainer ??= createModuleTrainer(baseUrl, (runs) => (own = runs))),
		studies: () => (studies ??= openStudies(baseUrl)),
	});
}

async function openStudies(baseUrl: string): Promise<StudyClient> {
	const { createStudyClient } = await import('../hpo/worker/client');
	const { startStudyWorker } = await import('../hpo/worker/start');
	return createStudyClient(() => startStudyWorker(baseUrl));
}

/** On a page of the site it is the page's own, with the snapshot that is open there already. */
export const lemur = 'lemur' in globalThis ? globalThis.lemur : create();

export const { data, sql, snapshots, link, state, plot, report, train, study } = lemur;
export default lemur;
