/**
 * One life of the data worker: started, opening its snapshot, watched until it dies or is ended.
 * Starting the next one is `client.ts`'s decision.
 */
import type { Catalogue } from '../stats/catalogue';
import { heartbeat, type HeartbeatOptions } from '../worker/heartbeat';
import { connect, RpcError, type Connection } from '../worker/rpc';
import type { SpawnedWorker } from '../worker/spawn';
import type { OwnRun } from './own';
import type { ProgressEvent, Requests } from './protocol';
import { progressSchema, resultSchemas } from './results';

/** Settings of one session. */
export interface SessionOptions {
	/** `startDataWorker` of `start.ts`, or a test's stand-in */
	readonly spawn: () => SpawnedWorker;
	/** absolute URL of the site's root folder, with its last slash; snapshots are in `stat-db/` below */
	readonly baseUrl: string;
	/** a snapshot's version, or '' for the manifest's default */
	readonly version: string;
	/** progress of opening; an export's progress goes to its own call */
	readonly onProgress?: (event: ProgressEvent) => void;
	readonly heartbeat?: HeartbeatOptions;
	/** the visitor's own runs, when the snapshot is opened */
	readonly own?: () => readonly OwnRun[];
}

/** A worker with its connection; lives until it dies, is restarted or closed. */
export interface Session {
	readonly connection: Connection<Requests, ProgressEvent>;
	readonly opened: Promise<Catalogue>;
	end(reason: RpcError): void;
}

/**
 * Starts the worker and begins to open the snapshot.
 * @param onDead called once when the worker died, before what is pending rejects
 */
export function openSession(options: SessionOptions, onDead: (reason: RpcError) => void): Session {
	const worker = spawnOrNone(options.spawn);
	const connection = connect<Requests, ProgressEvent>(worker, {
		results: resultSchemas,
		event: progressSchema,
	});
	function end(reason: RpcError): void {
		stopListening();
		stopHeartbeat();
		worker.terminate();
		connection.close(reason);
	}
	function die(reason: RpcError): void {
		// First the state, then the rejections: whoever catches one finds the client opening again.
		onDead(reason);
		end(reason);
	}
	const stopListening = worker.onDead(die);
	const stopHeartbeat = heartbeat(
		connection,
		() => die(new RpcError('WORKER_DIED', 'The data worker does not answer any more.')),
		options.heartbeat,
	);
	const { version, baseUrl, onProgress } = options;
	const own = options.own?.() ?? [];
	const params = own.length === 0 ? { version, baseUrl } : { version, baseUrl, own };
	const opened = connection.call('open', params, onProgress ? { onProgress } : {});
	// Whoever asks learns of the failure; with nobody asking it is no unhandled rejection.
	opened.catch(() => undefined);
	return { connection, opened, end };
}

/** A browser that refuses the worker is a worker that dies at its first message. */
function spawnOrNone(spawn: () => SpawnedWorker): SpawnedWorker {
	try {
		return spawn();
	} catch (error) {
		return {
			postMessage() {
				throw toRpcError(error);
			},
			addEventListener: () => undefined,
			removeEventListener: () => undefined,
			terminate: () => undefined,
			onDead: () => () => undefined,
		};
	}
}

/** What a client that was closed answers. */
export function closedError(): RpcError {
	return new RpcError('WORKER_CLOSED', 'The data worker was closed.');
}

/** Any rejection as an RpcError. */
export function toRpcError(reason: unknown): RpcError {
	if (reason instanceof RpcError) return reason;
	return new RpcError('INTERNAL', reason instanceof Error ? reason.message : String(reason));
}
