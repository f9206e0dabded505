/** The training worker: the engine behind its port. Started by `start.ts`. */
import { serve, type Port } from '../worker/rpc';
import { createTrainEngine } from './engine';
import { locksBy } from './locks';
import { openRunStorage } from './open-storage';
import type { Requests } from './protocol';

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

const computing = () => import('./computing');
serve<Requests>(
	scope,
	createTrainEngine({ openStorage: openRunStorage, computing, locks: locksBy() }),
);
