/** Where `lemur.js` trains on a page of another kind: a training worker of its own, on the site's storage. */
import type { OwnRun } from '../db/own';
import { SCHEMA } from '../store/collections';
import { storeName } from '../store/store';
import { createTrainClient } from '../train/client';
import { locksBy } from '../train/locks';
import { ownRunsOf } from '../train/own-runs';
import { startTrainWorker } from '../train/start';
import type { Trainer } from './train';

/**
 * @param baseUrl absolute URL of the site's root folder, with its last slash
 * @param onRuns told all runs of this device after each trial
 */
export function createModuleTrainer(
	baseUrl: string,
	onRuns: (runs: readonly OwnRun[]) => void,
): Trainer {
	const base = new URL(baseUrl).pathname.replace(/\/$/, '');
	const store = storeName(base, SCHEMA);
	const client = createTrainClient({
		spawn: () => startTrainWorker(baseUrl),
		...{ base, siteRoot: baseUrl, store, locks: locksBy() },
	});
	return {
		backend: () => 'auto',
		async train(config, backend, onEvent) {
			const trained = await client.train({ config, backend }, onEvent);
			onRuns(ownRunsOf((await client.runs()).runs));
			return trained;
		},
		control: (action) => client.control(action),
	};
}
