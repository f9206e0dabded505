/** Where the bundled SQL worker is, and its start. Apart from `client.ts`, which runs in Node too. */
import { spawn, type SpawnedWorker } from '../../worker/spawn';
import workerUrl from './worker.ts?worker&url';

/** Starts a SQL worker of this build: the `spawnWorker` of `createSqlClient` in the page. */
export function startSqlWorker(): SpawnedWorker {
	return spawn(workerUrl, { name: 'lemur-sql' });
}
