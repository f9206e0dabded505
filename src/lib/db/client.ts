/**
 * The page's side of the data worker: one typed method per request, a state, and a new worker when
 * the old one dies. Plain TypeScript: `lib/state` wraps it in runes.
 */
import type { ColumnId } from '../stats/fields';
import type { Filter } from '../stats/filter';
import type { Catalogue } from '../stats/catalogue';
import type { FacetField } from '../stats/facets';
import type { GroupField } from '../stats/summary';
import type { CurveBy } from '../stats/curves';
import type { ScatterRequest } from '../stats/scatter';
import type { DataArguments } from '../stats/data-api';
import type { ExportFormat } from '../stats/export/registry';
import type { PlotId } from '../stats/plots/ids';
import type { PlotOptions } from '../stats/plots/plot';
import type { ReportKind } from '../stats/report/report';
import { createLane } from '../worker/lane';
import { RpcError } from '../worker/rpc';
import { abortError, isAbort } from '../worker/rpc-error';
import type { ReferenceQuestion } from '../stats/training-reference';
import type { OwnRun } from './own';
import type { ProgressEvent, Query, RequestKind, Requests, WriteOptions } from './protocol';
import { closedError, openSession, toRpcError, type Session, type SessionOptions } from './session';

export { isAbort, RpcError };

/** `opening` also while a new worker replaces a dead one; `failed` until `retry()`. */
export type DataClientState = 'opening' | 'ready' | 'failed' | 'closed';

/** Settings of `createDataClient`. */
export interface DataClientOptions extends SessionOptions {
	/** called after every change of `state`; `error` is what made it `failed` */
	readonly onState?: (state: DataClientState, error?: RpcError) => void;
}

/** Settings of one request. */
export interface RequestOptions {
	/** aborting rejects at once with an `AbortError` (see `isAbort`) */
	readonly signal?: AbortSignal;
	/**
	 * Newest wins within a lane: a later request of the same lane rejects an earlier unanswered one
	 * with an `AbortError`, and what was not sent yet is never sent. Give every control its own name.
	 */
	readonly lane?: string;
	readonly onProgress?: (event: ProgressEvent) => void;
}

/** Settings of an export. */
export interface ExportRequest extends RequestOptions {
	/** the sentence that says which rows these are */
	readonly title?: string;
	/** address that shows the same rows */
	readonly link?: string;
	readonly write?: WriteOptions;
}

type Result<Kind extends RequestKind> = Promise<Requests[Kind]['result']>;

/** The open snapshot. Every method waits for the opening and rejects with an `RpcError` or AbortError. */
export interface DataClient {
	readonly state: DataClientState;
	/** what made the state `failed` */
	readonly error: RpcError | undefined;
	/** Resolves with the catalogue once the snapshot is open; rejects with the reason it is not. */
	ready(): Promise<Catalogue>;
	facets(filter: Filter, fields: readonly FacetField[], options?: RequestOptions): Result<'facets'>;
	window(
		query: Query,
		start: number,
		count: number,
		columns: readonly ColumnId[],
		options?: RequestOptions,
	): Result<'window'>;
	/** @returns the row's position in the query, or -1 */
	locate(query: Query, trial: number, options?: RequestOptions): Result<'locate'>;
	histogram(
		filter: Filter,
		column: ColumnId,
		bins: number,
		options?: RequestOptions,
	): Result<'histogram'>;
	summary(filter: Filter, by: readonly GroupField[], options?: RequestOptions): Result<'summary'>;
	curves(filter: Filter, by: CurveBy, top: number, options?: RequestOptions): Result<'curves'>;
	scatter(filter: Filter, request: ScatterRequest, options?: RequestOptions): Result<'scatter'>;
	run(trial: number, options?: RequestOptions): Result<'run'>;
	/** @returns the trial with this identity, or -1 */
	find(identity: Requests['find']['params'], options?: RequestOptions): Result<'find'>;
	/** LEMUR's `data()`, as columns */
	data(args?: DataArguments, options?: RequestOptions): Result<'data'>;
	export(
		query: Query,
		columns: readonly ColumnId[],
		format: ExportFormat,
		options?: ExportRequest,
	): Result<'export'>;
	plot(filter: Filter, id: PlotId, options: PlotOptions, request?: RequestOptions): Result<'plot'>;
	picture(params: Requests['picture']['params'], request?: RequestOptions): Result<'picture'>;
	reportPlan(filter: Filter, kind: ReportKind, request?: RequestOptions): Result<'reportPlan'>;
	report(params: Requests['report']['params'], request?: RequestOptions): Result<'report'>;
	/** the training of a net among LEMUR's */
	reference(question: ReferenceQuestion, options?: RequestOptions): Result<'reference'>;
	/** Replaces the visitor's own runs, now and whenever a worker opens the snapshot anew. */
	setOwn(runs: readonly OwnRun[]): Promise<Catalogue>;
	/** raised by every `setOwn`: who keeps a copy of the data compares it */
	readonly ownRevision: number;
	/** a copy of the database file */
	bytes(options?: RequestOptions): Result<'bytes'>;
	/** Stops the worker, whatever it does, and opens the snapshot again (from the cache). */
	restart(): Promise<Catalogue>;
	/** Tries again after a failure; the same as `restart`. */
	retry(): Promise<Catalogue>;
	/** Ends the worker; everything pending rejects with `WORKER_CLOSED`. */
	close(): void;
}

/** a worker that dies again and again is not restarted for ever: deaths without an answer between */
const MAX_DEATHS = 3;

/** Starts the worker and begins to open the snapshot at once. */
export function createDataClient(options: DataClientOptions): DataClient {
	const lanes = new Map<string, ReturnType<typeof createLane>>();
	let state: DataClientState = 'opening';
	let error: RpcError | undefined;
	let deaths = 0;
	let own: readonly OwnRun[] = [];
	let ownRevision = 0;
	let session = begin();

	function change(next: DataClientState, reason?: RpcError): void {
		state = next;
		error = reason;
		options.onState?.(next, reason);
	}

	function begin(): Session {
		const started: Session = openSession({ ...options, own: () => own }, (reason) => {
			if (session !== started) return;
			deaths++;
			if (deaths > MAX_DEATHS) return change('failed', reason);
			change('opening');
			session = begin();
		});
		started.opened.then(
			() => {
				if (session === started) change('ready');
			},
			(reason: unknown) => {
				// A worker that died has been replaced already; what is left is a snapshot that does not open.
				if (session === started && state === 'opening') change('failed', toRpcError(reason));
			},
		);
		return started;
	}

	function restart(): Promise<Catalogue> {
		if (state === 'closed') return Promise.reject(closedError());
		deaths = 0;
		const old = session;
		change('opening');
		session = begin();
		old.end(new RpcError('WORKER_RESTARTED', 'The data worker was started anew.'));
		return session.opened;
	}

	async function send<Kind extends RequestKind>(
		kind: Kind,
		params: Requests[Kind]['params'],
		request: RequestOptions,
		answered?: () => void,
	): Result<Kind> {
		const { opened, connection } = session;
		try {
			await opened;
			if (request.signal?.aborted) throw abortError();
		} catch (reason) {
			answered?.();
			throw reason;
		}
		const result = await connection.call(kind, plain(params), {
			...request,
			...(answered ? { onAnswered: answered } : {}),
		});
		deaths = 0;
		return result;
	}

	function ask<Kind extends RequestKind>(
		kind: Kind,
		params: Requests[Kind]['params'],
		request: RequestOptions = {},
	): Result<Kind> {
		if (request.lane === undefined) return send(kind, params, request);
		let lane = lanes.get(request.lane);
		if (!lane) lanes.set(request.lane, (lane = createLane()));
		return lane(
			(signal, answered) => send(kind, params, { ...request, signal }, answered),
			request.signal,
		);
	}

	return {
		get state() {
			return state;
		},
		get error() {
			return error;
		},
		ready: () => session.opened,
		...methods(ask),
		get ownRevision() {
			return ownRevision;
		},
		setOwn(runs) {
			own = runs;
			ownRevision++;
			return ask('own', { runs });
		},
		restart,
		retry: restart,
		close() {
			if (state === 'closed') return;
			change('closed');
			session.end(closedError());
		},
	};
}

type Ask = <Kind extends RequestKind>(
	kind: Kind,
	params: Requests[Kind]['params'],
	options?: RequestOptions,
) => Result<Kind>;

function methods(ask: Ask) {
	return {
		facets: (filter, fields, options) => ask('facets', { filter, fields }, options),
		window: (query, start, count, columns, options) =>
			ask('window', { query, start, count, columns }, options),
		locate: (query, trial, options) => ask('locate', { query, trial }, options),
		histogram: (filter, column, bins, options) =>
			ask('histogram', { filter, column, bins }, options),
		summary: (filter, by, options) => ask('summary', { filter, by }, options),
		curves: (filter, by, top, options) => ask('curves', { filter, by, top }, options),
		scatter: (filter, request, options) => ask('scatter', { filter, request }, options),
		run: (trial, options) => ask('run', { trial }, options),
		find: (identity, options) => ask('find', identity, options),
		data: (args = {}, options) => ask('data', args, options),
		export: (query, columns, format, { title = '', link = '', write = {}, ...options } = {}) =>
			ask('export', { query, columns, format, title, link, write }, options),
		plot: (filter, id, options, request) => ask('plot', { filter, id, options }, request),
		picture: (params, request) => ask('picture', params, request),
		reportPlan: (filter, kind, request) => ask('reportPlan', { filter, kind }, request),
		report: (params, request) => ask('report', params, request),
		reference: (question, options) => ask('reference', question, options),
		bytes: (options) => ask('bytes', {}, options),
	} satisfies Partial<DataClient>;
}

/** Parameters are plain values. The copy takes reactive proxies off, which cannot be posted. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value));
}
