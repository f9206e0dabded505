/** A worker that answers what it is asked: for the browser's test of `spawn`. */
import { serve, type Port } from './rpc';
import { echoParams, type Echo } from './echo';

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

serve<Echo>(scope, {
	echo: { params: echoParams.echo, run: ({ values }) => values.map((value) => value * 2) },
	location: { params: echoParams.location, run: () => self.location.href },
	die: {
		params: echoParams.die,
		run: () => {
			setTimeout(() => {
				throw new Error('as asked');
			});
			return null;
		},
	},
});
