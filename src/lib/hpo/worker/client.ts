/**
 * The page's side of a study worker: one typed method, and a new worker after the old one died. What it
 * was running is stored up to the last event and can be gone on with.
 */
import { connect, type CallOptions, type Connection } from '../../worker/rpc';
import { RpcError } from '../../worker/rpc-error';
import type { SpawnedWorker } from '../../worker/spawn';
import { studyEvent, studyResults, type StudyEventMessage, type StudyRequests } from './protocol';

export interface StudyClient {
	/** @throws RpcError with a code of `serve.ts` or the store, WORKER_DIED, or an AbortError */
	call<Kind extends keyof StudyRequests & string>(
		kind: Kind,
		params: StudyRequests[Kind]['params'],
		options?: CallOptions<StudyEventMessage>,
	): Promise<StudyRequests[Kind]['result']>;
	close(): void;
}

/** @param start makes a worker; called again after one died */
export function createStudyClient(start: () => SpawnedWorker): StudyClient {
	let worker: SpawnedWorker | undefined;
	let connection: Connection<StudyRequests, StudyEventMessage> | undefined;

	function connected(): Connection<StudyRequests, StudyEventMessage> {
		if (connection) return connection;
		const started = start();
		const opened = connect<StudyRequests, StudyEventMessage>(started, {
			results: studyResults,
			event: studyEvent,
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
			connection?.close(new RpcError('WORKER_CLOSED', 'The study worker was closed.'));
			worker?.terminate();
			[worker, connection] = [undefined, undefined];
		},
	};
}
