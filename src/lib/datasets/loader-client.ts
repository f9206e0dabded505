/**
 * A loader whose work is done in another worker: the same batches in the same order as `openLoader`
 * gives, but shards are read and pictures transformed while the caller trains on earlier batches.
 */
import * as v from 'valibot';
import { connect } from '../worker/rpc';
import type { SpawnedWorker } from '../worker/spawn';
import { RpcError } from '../worker/rpc-error';
import type { Loader, LoaderOptions, RawBatch } from './loader';
import { loaderResults, type LoaderRequests } from './loader-protocol';

/** What the other worker is started with. */
export interface LoaderClientEffects {
	/** `startLoaderWorker`, or a stand-in */
	readonly start: (siteRoot: string) => SpawnedWorker;
	/** absolute URL of the site's root, with its last slash */
	readonly siteRoot: string;
	readonly signal?: AbortSignal;
	/** bytes of shards that may be held; see `LoaderEffects` */
	readonly memory?: number;
}

/** batches that are being made or wait while one is used */
const AHEAD = 4;

/**
 * Opens the loader in a worker of its own.
 * @throws as `openLoader`; WORKER_DIED from any batch after the worker ended: open another and go on
 * with `epoch(epoch, from)`
 */
export async function openLoaderInWorker(
	options: LoaderOptions,
	effects: LoaderClientEffects,
): Promise<Loader> {
	const worker = effects.start(effects.siteRoot);
	const connection = connect<LoaderRequests, never>(worker, {
		results: loaderResults,
		event: v.never(),
	});
	const stopListening = worker.onDead((reason) => connection.close(reason));
	function close(): void {
		stopListening();
		connection.close(new RpcError('WORKER_CLOSED', 'The loader was closed.'));
		worker.terminate();
	}
	const { siteRoot, signal, memory = null } = effects;
	try {
		const params = { options: { ...options }, siteRoot, memory };
		const facts = await connection.call('open', params, signal ? { signal } : {});
		let runs = 0;
		return {
			...facts,
			close,
			epoch: (epoch, from = 0) => passage(connection, { run: runs++, epoch, from }),
		};
	} catch (error) {
		close();
		throw error;
	}
}

/** Keeps some batches asked for ahead of the one that is used. */
async function* passage(
	connection: Pick<ReturnType<typeof connect<LoaderRequests, never>>, 'call'>,
	begin: LoaderRequests['begin']['params'],
): AsyncGenerator<RawBatch> {
	const { run } = begin;
	await connection.call('begin', begin);
	const asked: Promise<RawBatch | null>[] = [];
	const ask = () => {
		const batch = connection.call('next', { run });
		batch.catch(() => undefined); // whoever takes it from the queue hears of it
		asked.push(batch);
	};
	try {
		for (let i = 0; i < AHEAD; i++) ask();
		for (;;) {
			const batch = await asked.shift();
			if (!batch) return;
			ask();
			yield batch;
		}
	} finally {
		connection.call('end', { run }).catch(() => undefined);
	}
}
