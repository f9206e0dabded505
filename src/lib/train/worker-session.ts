/**
 * One life of the training worker: started, its storage opened, watched until it dies or is ended.
 * A worker that computes a slow step answers nothing, and neither does a dead one: the browser takes
 * a dead one's locks away, and that tells them apart. What follows a death is `client.ts`'s decision.
 */
import { heartbeat, type HeartbeatOptions } from '../worker/heartbeat';
import { connect, RpcError, type Connection } from '../worker/rpc';
import type { SpawnedWorker } from '../worker/spawn';
import type { Requests, TrainEvent } from './protocol';
import { eventSchema, resultSchemas } from './requests';

export interface WorkerSessionOptions {
	/** `startTrainWorker` of `start.ts`, or a test's stand-in */
	readonly spawn: () => SpawnedWorker;
	/** the site's base path, '' or '/sub' */
	readonly base: string;
	/** absolute URL of the site's root folder, with its last slash */
	readonly siteRoot: string;
	readonly heartbeat?: HeartbeatOptions;
	/** whether a silent worker is still there; default: it cannot be told, so it is */
	readonly isAlive?: () => Promise<boolean>;
}

export interface WorkerSession {
	readonly connection: Connection<Requests, TrainEvent>;
	readonly opened: Promise<Requests['open']['result']>;
	end(reason: RpcError): void;
}

/** s: asked every second, missed so often, a worker is looked after */
const SILENT_AFTER = 5;

/**
 * @param onDead called once when the worker died, before what is pending rejects
 * @param onSilent called when it has not answered for a while and is still there
 */
export function openWorkerSession(
	options: WorkerSessionOptions,
	onDead: (reason: RpcError) => void,
	onSilent: () => void,
): WorkerSession {
	const worker = options.spawn();
	const connection = connect<Requests, TrainEvent>(worker, {
		results: resultSchemas,
		event: eventSchema,
	});
	let over = false;
	let stopHeartbeat: () => void = () => undefined;

	function end(reason: RpcError): void {
		if (over) return;
		over = true;
		stopListening();
		stopHeartbeat();
		worker.terminate();
		connection.close(reason);
	}
	function die(reason: RpcError): void {
		if (over) return;
		onDead(reason);
		end(reason);
	}
	const stopListening = worker.onDead(die);
	function watch(): void {
		const settings = { allowed: SILENT_AFTER, ...options.heartbeat };
		stopHeartbeat = heartbeat(connection, () => void look(), settings);
	}
	async function look(): Promise<void> {
		const alive = (await options.isAlive?.().catch(() => true)) ?? true;
		if (over) return;
		if (!alive) return die(new RpcError('WORKER_DIED', 'The training worker is gone.'));
		onSilent();
		watch();
	}
	watch();
	const opened = connection.call('open', { base: options.base, siteRoot: options.siteRoot });
	opened.catch(() => undefined); // whoever asks learns of it
	return { connection, opened, end };
}
