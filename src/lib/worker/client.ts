/**
 * The page's side of a worker that may die: one typed method, and a new worker after the old one died.
 * What was asked and not answered is rejected; whether it is asked again is the caller's decision.
 */
import {
	connect,
	type CallOptions,
	type Connection,
	type ConnectOptions,
	type RequestMap,
} from './rpc';
import { RpcError } from './rpc-error';
import type { SpawnedWorker } from './spawn';

export interface WorkerClient<Requests extends RequestMap, Event> {
	/** @throws RpcError with a code of the worker's, WORKER_DIED, WORKER_CLOSED, or an AbortError */
	call<Kind extends keyof Requests & string>(
		kind: Kind,
		params: Requests[Kind]['params'],
		options?: CallOptions<Event>,
	): Promise<Requests[Kind]['result']>;
	/** Ends the worker; a later call starts another. */
	close(): void;
}

/**
 * @param start makes a worker; called at the first request, and again after one died
 * @param closed what pending requests are told by `close`
 */
export function createWorkerClient<Requests extends RequestMap, Event>(
	start: () => SpawnedWorker,
	schemas: ConnectOptions<Requests, Event>,
	closed: string,
): WorkerClient<Requests, Event> {
	let worker: SpawnedWorker | undefined;
	let connection: Connection<Requests, Event> | undefined;

	function connected(): Connection<Requests, Event> {
		if (connection) return connection;
		const started = start();
		const opened = connect<Requests, Event>(started, schemas);
		started.onDead((reason) => {
			opened.close(reason);
			if (connection === opened) connection = undefined;
		});
		[worker, connection] = [started, opened];
		return opened;
	}

	return {
		call: async (kind, params, options) => connected().call(kind, params, options),
		close() {
			connection?.close(new RpcError('WORKER_CLOSED', closed));
			worker?.terminate();
			[worker, connection] = [undefined, undefined];
		},
	};
}
