/** The worker that loads datasets: fetches, unpacks, decodes and stores off the page's thread. */
import { serve, type Port } from '../worker/rpc';
import { libraryHandlers } from './library-engine';
import type { LibraryRequests } from './library-protocol';
import { openLibrary } from './open-library';

const scope: Port = {
	postMessage: (message, transfer) => self.postMessage(message, { transfer }),
	addEventListener: (type, listener) => self.addEventListener(type, listener),
	removeEventListener: (type, listener) => self.removeEventListener(type, listener),
};

// The site's root is the first message: a worker that was started from a blob has no address of its own.
self.addEventListener('message', begin, { once: true });

function begin({ data }: MessageEvent<unknown>): void {
	if (typeof data !== 'string') return;
	const library = openLibrary(data);
	serve<LibraryRequests>(scope, libraryHandlers({ library, now: () => performance.now() }));
}
