/** Where the bundled data worker is, and its start. Apart from `client.ts`, which runs in Node too. */
import { spawn, type SpawnedWorker } from '../worker/spawn';
import workerUrl from './worker.ts?worker&url';

/** Starts the data worker of this build: the `spawn` of `createDataClient` in the page. */
export function startDataWorker(): SpawnedWorker {
	return spawn(workerUrl, { name: 'lemur-data' });
}
