/** The training worker: the engine behind its port. Started by `start.ts`. */
import { openOpfs, opfsFolder } from '../store/opfs';
import { exclusiveBy, Journal } from '../store/journal';
import { openStore } from '../store/open-store';
import { createReserve } from '../store/reserve';
import { serve, type Port } from '../worker/rpc';
import { createTrainEngine } from './engine';
import { locksBy } from './locks';
import type { Requests } from './protocol';
import { compactRuns } from './recover';
import type { RunStorage } from './run-store';

async function openStorage(base: string): Promise<RunStorage> {
	const { store } = await openStore({ base });
	try {
		const files = await openOpfs(opfsFolder(store.name));
		if (!files) return { store };
		const exclusive = exclusiveBy(`${store.name}:journal`);
		const reserve = createReserve({ files, estimate: () => store.estimate() });
		const journal = new Journal({ files, exclusive, compact: compactRuns });
		return { store, files, journal, reserve };
	} catch {
		// Private windows and old browsers: the database alone then.
		return { store };
	}
}

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

const computing = () => import('./computing');
serve<Requests>(scope, createTrainEngine({ openStorage, computing, locks: locksBy() }));
