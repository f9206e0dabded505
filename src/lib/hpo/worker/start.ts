/** Where the bundled study worker is, and its start. */
import { spawn, type SpawnedWorker } from '../../worker/spawn';
import workerUrl from './worker.ts?worker&url';

/** @param siteRoot absolute URL of the site's root, with its last slash */
export function startStudyWorker(siteRoot: string): SpawnedWorker {
	const worker = spawn(workerUrl, { name: 'lemur-studies', base: siteRoot });
	worker.postMessage(siteRoot, []);
	return worker;
}
