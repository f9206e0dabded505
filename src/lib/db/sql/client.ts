/**
 * The page's side of user SQL: runs one statement at a time and can stop it. SQLite cannot be
 * interrupted here, so stopping ends the worker, and a standby that already has the database open
 * takes over. Not for the page's own queries: those go to the data worker.
 */
import { connect, RpcError, type Connection } from '../../worker/rpc';
import * as v from 'valibot';
import { SQL_ERROR_CODES, SqlError } from './sql-error';
import { sqlResultSchemas } from './protocol';
import type { SpawnedWorker } from '../../worker/spawn';
import type { SqlParams, SqlRequests, SqlResult } from './protocol';
import type { SqlErrorCode } from './sql-error';

/** Effects and settings of `createSqlClient`. */
export interface SqlClientOptions {
	/** `startSqlWorker` of `start.ts`, or a test's stand-in */
	readonly spawnWorker: () => SpawnedWorker;
	/** a copy of the database file, asked for once per worker */
	readonly bytes: () => Promise<Uint8Array>;
	/** ms a statement may run; default 10,000 */
	readonly timeout?: number;
	/** called after every change of `state` */
	readonly onState?: (state: SqlClientState) => void;
	/** ms on a clock that never goes back; default `performance.now` */
	readonly now?: () => number;
}

/** `idle`: no worker yet, none is needed before the first statement. */
export type SqlClientState = 'idle' | 'opening' | 'ready' | 'running' | 'closed';

/** Settings of one statement. */
export interface SqlRunOptions {
	/** rows at most, 1 to 10,000,000; default 10,000 */
	readonly limit?: number;
	/** ms the statement may run, without opening and waiting; default that of the client */
	readonly timeout?: number;
	/** aborting stops the statement */
	readonly signal?: AbortSignal;
}

/** SQL on a private copy of the open snapshot. */
export interface SqlClient {
	readonly state: SqlClientState;
	/**
	 * Runs one reading statement; a second call waits for the first.
	 * @throws SqlError (see its codes); RpcError when the database cannot be opened
	 */
	run(sql: string, params?: SqlParams, options?: SqlRunOptions): Promise<SqlResult>;
	/** Stops the running statement: it rejects at once with SQL_STOPPED. */
	cancel(): void;
	/** Resolves when a statement can start; `ms` = from the last stop until then, 0 without one. */
	ready(): Promise<{ readonly ms: number }>;
	/** Ends the workers; what runs or waits rejects with SQL_STOPPED. */
	dispose(): void;
}

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_LIMIT = 10_000;

/** A worker that has, or is about to have, the database open. */
interface Engine {
	readonly connection: Connection<SqlRequests, never>;
	readonly opened: Promise<null>;
	alive: boolean;
	end(): void;
}

type Stop = (code: 'SQL_STOPPED' | 'SQL_LIMIT', message: string) => void;

/** No worker is made before the first statement, and no standby before it has ended. */
export function createSqlClient(options: SqlClientOptions): SqlClient {
	return new Client(options);
}

class Client implements SqlClient {
	readonly #options: SqlClientOptions;
	readonly #now: () => number;
	#state: SqlClientState = 'idle';
	#active: Engine | undefined;
	#standby: Engine | undefined;
	#stop: Stop | undefined;
	#last: Promise<unknown> = Promise.resolve();
	#recovery: Promise<{ readonly ms: number }> = Promise.resolve({ ms: 0 });

	constructor(options: SqlClientOptions) {
		this.#options = options;
		this.#now = options.now ?? (() => performance.now());
	}

	get state(): SqlClientState {
		return this.#state;
	}

	run(sql: string, params: SqlParams = [], options: SqlRunOptions = {}): Promise<SqlResult> {
		const run = this.#last.then(() => this.#runNow(sql, params, options));
		this.#last = run.catch(() => undefined);
		return run;
	}

	cancel(): void {
		this.#stop?.('SQL_STOPPED', 'The statement was stopped; the data is unchanged.');
	}

	async ready(): Promise<{ readonly ms: number }> {
		if (this.#state === 'closed') throw closed('');
		await this.#engine().opened;
		return this.#recovery;
	}

	dispose(): void {
		if (this.#state === 'closed') return;
		this.#change('closed');
		this.#stop?.('SQL_STOPPED', 'The SQL workers were closed.');
		this.#active?.end();
		this.#standby?.end();
		this.#active = this.#standby = undefined;
	}

	#change(state: SqlClientState): void {
		if (this.#state === 'closed' || this.#state === state) return;
		this.#state = state;
		this.#options.onState?.(state);
	}

	async #runNow(sql: string, params: SqlParams, options: SqlRunOptions): Promise<SqlResult> {
		if (this.#state === 'closed') throw closed(sql);
		let stop: Stop = () => undefined;
		const stopped = new Promise<never>((_, reject) => {
			stop = (code, message) => reject(new SqlError(code, message, sql));
		});
		stopped.catch(() => undefined); // raced below
		const onAbort = () => this.cancel();
		this.#stop = stop;
		options.signal?.addEventListener('abort', onAbort, { once: true });
		if (options.signal?.aborted) onAbort();
		try {
			return await this.#race(sql, params, options, stop, stopped);
		} finally {
			options.signal?.removeEventListener('abort', onAbort);
			this.#stop = undefined;
		}
	}

	async #race(
		sql: string,
		params: SqlParams,
		options: SqlRunOptions,
		stop: Stop,
		stopped: Promise<never>,
	): Promise<SqlResult> {
		const engine = this.#engine();
		await Promise.race([stopped, engine.opened]);
		this.#change('running');
		const { limit = DEFAULT_LIMIT, timeout = this.#options.timeout ?? DEFAULT_TIMEOUT } = options;
		const timer = setTimeout(() => {
			const after = `${Number((timeout / 1000).toFixed(1))} s`;
			stop(
				'SQL_LIMIT',
				`The statement was stopped at its limit of ${after}; the data is unchanged.`,
			);
		}, timeout);
		try {
			const result = await Promise.race([
				stopped,
				engine.connection.call('run', { sql, params, limit }),
			]);
			this.#change('ready');
			return result;
		} catch (thrown) {
			const error = toSqlError(thrown, sql);
			if (error.code !== 'SQL_ERROR' && error.code !== 'SQL_REFUSED') this.#replace(engine);
			else this.#change('ready');
			throw error;
		} finally {
			clearTimeout(timer);
			this.#prepareStandby();
		}
	}

	/** The engine that runs the next statement. */
	#engine(): Engine {
		if (!this.#active?.alive) {
			const { opened } = (this.#active = this.#takeStandby() ?? this.#start());
			this.#change('opening');
			opened.then(
				() => this.#state === 'opening' && this.#change('ready'),
				() => this.#change('idle'),
			);
		}
		return this.#active;
	}

	#takeStandby(): Engine | undefined {
		const standby = this.#standby;
		this.#standby = undefined;
		return standby?.alive ? standby : undefined;
	}

	/** Ends a worker that computes on, or whose memory has grown, and lets the standby take over. */
	#replace(engine: Engine): void {
		const from = this.#now();
		engine.end();
		if (this.#state === 'closed') return;
		const { opened } = this.#engine();
		this.#recovery = opened.then(() => ({ ms: this.#now() - from }));
		this.#recovery.catch(() => undefined);
	}

	/** Only people who use SQL pay for a second copy; it opens after the active one has. */
	#prepareStandby(): void {
		const active = this.#active;
		active?.opened.then(
			() => {
				if (this.#state === 'closed' || this.#active !== active || this.#standby?.alive) return;
				this.#standby = this.#start();
			},
			() => undefined,
		);
	}

	#start(): Engine {
		const worker = this.#options.spawnWorker();
		const connection = connect<SqlRequests, never>(worker, {
			results: sqlResultSchemas,
			event: v.never(),
		});
		const opened = this.#options.bytes().then((bytes) => connection.call('open', { bytes }));
		const end = (reason = new RpcError('WORKER_CLOSED', 'The SQL worker was closed.')) => {
			engine.alive = false;
			stopListening();
			worker.terminate();
			connection.close(reason);
		};
		const engine: Engine = { connection, opened, alive: true, end: () => end() };
		const stopListening = worker.onDead((reason) => end(reason));
		opened.catch((reason: unknown) => {
			if (engine.alive) end(reason instanceof RpcError ? reason : undefined);
		});
		return engine;
	}
}

function closed(sql: string): SqlError {
	return new SqlError('SQL_STOPPED', 'The SQL workers were closed.', sql);
}

function codeOf(code: string): SqlErrorCode | undefined {
	return SQL_ERROR_CODES.find((known) => known === code);
}

/** A worker that died took its statement with it: to the visitor that is a lack of memory. */
function toSqlError(thrown: unknown, sql: string): SqlError {
	if (thrown instanceof SqlError) return thrown;
	if (!(thrown instanceof RpcError)) {
		return new SqlError('SQL_ERROR', String(thrown), sql, null, { cause: thrown });
	}
	const { code, message, details } = thrown;
	const known = code === 'WORKER_DIED' ? 'SQL_MEMORY' : (codeOf(code) ?? 'SQL_ERROR');
	const { start, end } = details;
	const position = typeof start === 'number' && typeof end === 'number' ? { start, end } : null;
	return new SqlError(known, message, sql, position, { cause: thrown });
}
