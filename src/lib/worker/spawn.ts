/**
 * Makes workers; nothing else in the project may. A worker starts from a blob that imports its module,
 * so that the page's content policy holds inside it, and its death is noticed. What is said to it is
 * `rpc.ts`'s matter.
 */
import type { Port } from './rpc';
import { RpcError } from './rpc-error';
import { workerBootstrap, type Bootstrap } from './trusted';

/** A running worker. */
export interface SpawnedWorker extends Port {
	/** Stops it at once, whatever it is doing. Not reported to `onDead`. */
	terminate(): void;
	/**
	 * Called once when the worker fails to start, throws outside a request, or sends what cannot be
	 * read. A worker that hangs or closes itself gives no sign: `heartbeat.ts` finds those.
	 * @returns stops listening
	 */
	onDead(listener: (reason: RpcError) => void): () => void;
}

/** Settings of `spawn`, with the page's own as defaults. */
export interface SpawnOptions {
	/** shown in the browser's tools */
	readonly name?: string;
	/** what relative URLs are relative to */
	readonly base?: string;
	readonly create?: (url: string, options: WorkerOptions) => Worker;
}

/**
 * @param moduleUrl the worker's bundled module, as `import url from './worker.ts?worker&url'` gives
 * it: absolute, or relative to the page
 * @throws RpcError `SCRIPT_REFUSED` when it is on another origin
 */
export function spawn(moduleUrl: string, options: SpawnOptions = {}): SpawnedWorker {
	const base = options.base ?? document.baseURI;
	const create = options.create ?? ((url, settings) => new Worker(url, settings));
	const bootstrap = workerBootstrap(new URL(moduleUrl, base).href, new URL(base).origin);
	const worker = create(bootstrap.url, {
		type: 'module',
		...(options.name === undefined ? {} : { name: options.name }),
	});
	return watch(worker, bootstrap);
}

function watch(worker: Worker, bootstrap: Bootstrap): SpawnedWorker {
	const listeners = new Set<(reason: RpcError) => void>();
	let over = false;

	function end(reason?: RpcError): void {
		if (over) return;
		over = true;
		bootstrap.release();
		worker.terminate();
		if (reason) for (const listener of listeners) listener(reason);
		listeners.clear();
	}
	worker.addEventListener('error', (event) => {
		// It is reported to whoever listens here, so the browser need not do it again.
		event.preventDefault();
		const cause = event.message || 'its script did not load';
		end(new RpcError('WORKER_DIED', `The worker stopped: ${cause}.`, { cause }));
	});
	worker.addEventListener('messageerror', () => {
		end(new RpcError('WORKER_DIED', 'The worker sent a message that cannot be read.'));
	});
	worker.addEventListener('message', () => bootstrap.release(), { once: true });

	return {
		postMessage: (message, transfer) => worker.postMessage(message, transfer),
		addEventListener: (type, listener) => worker.addEventListener(type, listener),
		removeEventListener: (type, listener) => worker.removeEventListener(type, listener),
		terminate: () => end(),
		onDead(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
