/** The bench worker: one library, and counters around the WebGPU that it is going to use. */
import { installCounter } from './count';
import { loadStrategy, serveBench } from './serve';

serveBench(
	{
		postMessage: (message, transfer) => self.postMessage(message, { transfer }),
		addEventListener: (type, listener) => self.addEventListener(type, listener),
		removeEventListener: (type, listener) => self.removeEventListener(type, listener),
	},
	{ count: () => installCounter(), now: () => performance.now(), load: loadStrategy },
);
