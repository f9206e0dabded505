/**
 * The page's side of the worker that loads datasets: one typed method per request, and a new worker
 * after the old one died. What it was loading is begun on the device and can be gone on with.
 */
import { connect, type CallOptions, type Connection } from '../worker/rpc';
import { RpcError } from '../worker/rpc-error';
import type { SpawnedWorker } from '../worker/spawn';
import {
	libraryEvent,
	libraryResults,
	type LibraryEvent,
	type LibraryRequests,
} from './library-protocol';

/** See the module's comment. */
export interface LibraryClient {
	/** @throws RpcError with a code of `errors.ts`, WORKER_DIED, or an AbortError */
	call<Kind extends keyof LibraryRequests & string>(
		kind: Kind,
		params: LibraryRequests[Kind]['params'],
		options?: CallOptions<LibraryEvent>,
	): Promise<LibraryRequests[Kind]['result']>;
	close(): void;
}

/** @param start makes a worker; called again after one died */
export function createLibraryClient(start: () => SpawnedWorker): LibraryClient {
	let worker: SpawnedWorker | undefined;
	let connection: Connection<LibraryRequests, LibraryEvent> | undefined;

	function connected(): Connection<LibraryRequests, LibraryEvent> {
		if (connection) return connection;
		const started = start();
		const opened = connect<LibraryRequests, LibraryEvent>(started, {
			results: libraryResults,
			event: libraryEvent,
		});
		started.onDead((reason) => {
			opened.close(reason);
			if (connection === opened) connection = undefined;
		});
		[worker, connection] = [started, opened];
		return opened;
	}

	return {
		async call(kind, params, options) {
			return connected().call(kind, params, options);
		},
		close() {
			connection?.close(new RpcError('WORKER_CLOSED', 'The page of datasets was closed.'));
			worker?.terminate();
			[worker, connection] = [undefined, undefined];
		},
	};
}
