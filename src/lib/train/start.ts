/** Where the bundled training worker is, and its start. Apart from `client.ts`, which runs in Node too. */
import { spawn, type SpawnedWorker } from '../worker/spawn';
import workerUrl from './worker.ts?worker&url';

/** Starts the training worker of this build: the `spawn` of `createTrainClient` in the page. */
export function startTrainWorker(): SpawnedWorker {
	return spawn(workerUrl, { name: 'lemur-train' });
}
