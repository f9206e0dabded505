/** A loader in a worker of its own: reads shards and makes batches while another worker trains. */
import { serve, type Port } from '../worker/rpc';
import { loaderHandlers } from './loader-engine';
import type { LoaderRequests } from './loader-protocol';
import { openLibrary } from './open-library';

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

serve<LoaderRequests>(scope, loaderHandlers(openLibrary));
