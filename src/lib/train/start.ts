/** Where the bundled training worker is, and its start. Apart from `client.ts`, which runs in Node too. */
import { spawn, type SpawnedWorker } from '../worker/spawn';
import workerUrl from './worker.ts?worker&url';

/**
 * Starts the training worker of this build: the `spawn` of `createTrainClient`.
 * @param siteRoot absolute URL of the site's root, with its last slash: another worker has to say it
 */
export function startTrainWorker(siteRoot?: string): SpawnedWorker {
	const base = siteRoot === undefined ? {} : { base: siteRoot };
	return spawn(workerUrl, { name: 'lemur-train', ...base });
}
