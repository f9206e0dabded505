/** Where the bundled worker that loads datasets is, and its start. */
import { spawn, type SpawnedWorker } from '../worker/spawn';
import workerUrl from './library-worker.ts?worker&url';

/** @param siteRoot absolute URL of the site's root, with its last slash */
export function startLibraryWorker(siteRoot: string): SpawnedWorker {
	const worker = spawn(workerUrl, { name: 'lemur-datasets', base: siteRoot });
	worker.postMessage(siteRoot, []);
	return worker;
}
