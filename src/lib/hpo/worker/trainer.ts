/**
 * The training worker of a study: a worker of the study worker's own, with the locks, records and
 * checkpoints of the page Train. Pages learn of its runs as they do of another tab's.
 */
import type { Library } from '../../datasets/library';
import { SCHEMA } from '../../store/collections';
import { storeName } from '../../store/store';
import { createTrainClient } from '../../train/client';
import { deviceLock, type Locks } from '../../train/locks';
import { startTrainWorker } from '../../train/start';
import type { Trainer } from '../objective/train';

/** ms: the browser takes the locks of a dead worker away within this */
const LOCKS_LINGER = 5_000;
const ASK_AGAIN = 250;

/** @param siteRoot absolute URL of the site's root, with its last slash */
export function createTrainer(siteRoot: string, locks: Locks): Trainer {
	const base = new URL(siteRoot).pathname.replace(/\/$/, '');
	const store = storeName(base, SCHEMA);
	const spawn = () => startTrainWorker(siteRoot);
	const client = createTrainClient({ spawn, base, siteRoot, store, locks });
	const pages =
		typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${store}:runs`);
	let library: Promise<Library> | undefined;
	return {
		runs: () => client.runs(),
		control: (action) => client.control(action),
		kill: () => client.kill(),
		forget: (run) => client.forget(run),
		async train(params, onEvent) {
			try {
				return await client.train(params, onEvent);
			} finally {
				pages?.postMessage('changed');
			}
		},
		async isBusy() {
			for (let waited = 0; ; waited += ASK_AGAIN) {
				if (!(await locks.held()).includes(deviceLock(store))) return false;
				if (waited >= LOCKS_LINGER) return true;
				await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
			}
		},
		async hasData(dataset) {
			library ??= openLibrary(siteRoot);
			const { signal } = new AbortController();
			for (const split of ['train', 'test'] as const)
				await (await library).split(dataset, split, signal);
		},
		close() {
			client.close();
			pages?.close();
		},
	};
}

/** Its decoders are no matter of a study that trains nothing. */
async function openLibrary(siteRoot: string): Promise<Library> {
	return (await import('../../datasets/open-library')).openLibrary(siteRoot);
}
