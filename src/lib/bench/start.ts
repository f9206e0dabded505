/** Where the bundled bench worker is, and its start. Apart from `race.ts`, which runs in Node too. */
import { spawn, type SpawnedWorker } from '../worker/spawn';
import workerUrl from './worker.ts?worker&url';

/** Starts a bench worker of this build: the `spawnWorker` of `race` in the page. */
export function startBenchWorker(name: string): SpawnedWorker {
	return spawn(workerUrl, { name: `lemur-bench-${name}` });
}
