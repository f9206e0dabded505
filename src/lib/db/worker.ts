/** The data worker: the engine behind its port. Started by `start.ts`. */
import { serve, type Port } from '../worker/rpc';
import { createEngine } from './engine';
import type { Requests } from './protocol';
import { loadSqlite } from './sqlite';

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

const { handlers, keeps } = createEngine({ sqlite: loadSqlite });
serve<Requests>(scope, handlers, { keeps });
