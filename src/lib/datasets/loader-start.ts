/** Where the bundled worker of a loader is, and its start, from a page or from another worker. */
import { spawn, type SpawnedWorker } from '../worker/spawn';
import workerUrl from './loader-worker.ts?worker&url';

/** @param siteRoot absolute URL of the site's root, with its last slash */
export function startLoaderWorker(siteRoot: string): SpawnedWorker {
	return spawn(workerUrl, { name: 'lemur-loader', base: siteRoot });
}
