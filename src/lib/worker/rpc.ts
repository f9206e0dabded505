/**
 * The only transport between the page and its workers: typed requests with ids, cancel, progress,
 * errors with codes, buffers moved instead of copied. It knows nothing of what is asked, and it makes
 * no workers (`spawn.ts` does).
 */
import * as v from 'valibot';
import { abortError, RpcError, toWire, wireErrorSchema } from './rpc-error';
import { transferables } from './transfer';

export { isAbort, RpcError } from './rpc-error';

/** What one side may ask of the other, by name. */
export type RequestMap = Record<string, { params: unknown; result: unknown }>;

/** A `Worker`, a worker's own scope, a `MessagePort`, or a test's stand-in. */
export interface Port {
	postMessage(message: unknown, transfer: Transferable[]): void;
	addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
	removeEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/** What a handler gets beside its parameters. */
export interface HandlerContext {
	/** aborted when the caller cancels; a handler that waits should heed it */
	readonly signal: AbortSignal;
	/** sends a progress event to the caller of this request */
	readonly progress: (event: unknown) => void;
}

/** One kind of request: the schema of its parameters and its work. */
export interface Handler<Params, Result> {
	readonly params: v.GenericSchema<unknown, Params>;
	run(params: Params, context: HandlerContext): Result | Promise<Result>;
}

export type Handlers<Requests extends RequestMap> = {
	readonly [Kind in keyof Requests]: Handler<Requests[Kind]['params'], Requests[Kind]['result']>;
};

const toWorkerSchema = v.variant('type', [
	v.object({ type: v.literal('call'), id: v.number(), kind: v.string(), params: v.unknown() }),
	v.object({ type: v.literal('cancel'), id: v.number() }),
	v.object({ type: v.literal('ping'), id: v.number() }),
]);
type ToWorker = v.InferOutput<typeof toWorkerSchema>;

const toPageSchema = v.variant('type', [
	v.object({ type: v.literal('result'), id: v.number(), result: v.unknown() }),
	v.object({ type: v.literal('error'), id: v.number(), error: wireErrorSchema }),
	v.object({ type: v.literal('progress'), id: v.number(), event: v.unknown() }),
	v.object({ type: v.literal('pong'), id: v.number() }),
]);
type ToPage = v.InferOutput<typeof toPageSchema>;

/** Settings of `serve`. */
export interface ServeOptions {
	/** true for a buffer that the worker goes on using: it is copied, never moved away */
	readonly keeps?: (buffer: ArrayBuffer) => boolean;
}

/**
 * Answers requests at `scope`. Every request is answered: an unknown kind with `UNKNOWN_REQUEST`,
 * parameters that fail their schema with `BAD_REQUEST`, anything thrown with its code.
 * @returns a function that stops listening and aborts what runs
 */
export function serve<Requests extends RequestMap>(
	scope: Port,
	handlers: Handlers<Requests>,
	options: ServeOptions = {},
): () => void {
	const byKind = new Map<string, Handler<unknown, unknown>>(Object.entries(handlers));
	const running = new Map<number, AbortController>();
	const send = (message: ToPage, transfer: Transferable[] = []) =>
		scope.postMessage(message, transfer);

	async function answer(id: number, kind: string, params: unknown): Promise<void> {
		const controller = new AbortController();
		running.set(id, controller);
		try {
			const result = await dispatch(byKind.get(kind), kind, params, {
				signal: controller.signal,
				progress: (event) => send({ type: 'progress', id, event }),
			});
			send({ type: 'result', id, result }, transferables(result, options.keeps));
		} catch (error) {
			send({ type: 'error', id, error: toWire(error) });
		} finally {
			running.delete(id);
		}
	}

	function onMessage(event: { data: unknown }): void {
		const parsed = v.safeParse(toWorkerSchema, event.data);
		if (!parsed.success) return;
		const message = parsed.output;
		if (message.type === 'ping') send({ type: 'pong', id: message.id });
		else if (message.type === 'cancel') running.get(message.id)?.abort(abortError());
		else void answer(message.id, message.kind, message.params);
	}

	scope.addEventListener('message', onMessage);
	return () => {
		scope.removeEventListener('message', onMessage);
		for (const controller of running.values()) controller.abort(abortError());
	};
}

async function dispatch(
	handler: Handler<unknown, unknown> | undefined,
	kind: string,
	params: unknown,
	context: HandlerContext,
): Promise<unknown> {
	if (!handler) {
		throw new RpcError('UNKNOWN_REQUEST', `This worker does not know the request "${kind}".`, {
			kind,
		});
	}
	const parsed = v.safeParse(handler.params, params);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		const path = v.getDotPath(issue) ?? 'params';
		throw new RpcError('BAD_REQUEST', `${kind}: ${path}: ${issue.message}`, { kind, path });
	}
	return handler.run(parsed.output, context);
}

/** Settings of one call. */
export interface CallOptions<Event> {
	/** aborting rejects the call at once with an `AbortError` and tells the worker */
	readonly signal?: AbortSignal;
	readonly onProgress?: (event: Event) => void;
	/** called once when the worker is done with the call (or gone), also after an abort */
	readonly onAnswered?: () => void;
}

/** The asking side of a port. */
export interface Connection<Requests extends RequestMap, Event> {
	/** @throws RpcError with the worker's code, `WORKER_DIED`, or an `AbortError` */
	call<Kind extends keyof Requests & string>(
		kind: Kind,
		params: Requests[Kind]['params'],
		options?: CallOptions<Event>,
	): Promise<Requests[Kind]['result']>;
	/** Resolves when the worker answers between two pieces of its work. */
	ping(): Promise<void>;
	/** Rejects everything pending with `reason` and every later call too. */
	close(reason: RpcError): void;
	/** calls that the worker has not answered */
	readonly pending: number;
}

interface Pending {
	resolve(result: unknown): void;
	reject(error: unknown): void;
	progress(event: unknown): void;
	answered(): void;
}

/** What each result must look like; as shallow as the reader of the result needs it. */
export type ResultSchemas<Requests extends RequestMap> = {
	readonly [Kind in keyof Requests]: v.GenericSchema<unknown, Requests[Kind]['result']>;
};

/** Settings of `connect`. */
export interface ConnectOptions<Requests extends RequestMap, Event> {
	readonly results: ResultSchemas<Requests>;
	/** what a progress event must look like; others are dropped */
	readonly event: v.GenericSchema<unknown, Event>;
	/** every progress event of every call */
	readonly onEvent?: (event: Event) => void;
}

/** Opens the asking side of `port`: checks the envelope, then the result against its schema. */
export function connect<Requests extends RequestMap, Event>(
	port: Port,
	options: ConnectOptions<Requests, Event>,
): Connection<Requests, Event> {
	const pending = new Map<number, Pending>();
	let lastId = 0;
	let closed: RpcError | undefined;
	const send = (message: ToWorker) => port.postMessage(message, []);

	function onMessage(event: { data: unknown }): void {
		const parsed = v.safeParse(toPageSchema, event.data);
		if (!parsed.success) return;
		const message = parsed.output;
		const entry = pending.get(message.id);
		if (!entry) return;
		if (message.type === 'progress') return entry.progress(message.event);
		pending.delete(message.id);
		if (message.type === 'error') {
			const { code, message: text, details } = message.error;
			entry.reject(new RpcError(code, text, details));
		} else entry.resolve(message.type === 'result' ? message.result : undefined);
		entry.answered();
	}
	port.addEventListener('message', onMessage);

	function progressTo(call: CallOptions<Event>): (event: unknown) => void {
		return (event) => {
			const parsed = v.safeParse(options.event, event);
			if (!parsed.success) return;
			call.onProgress?.(parsed.output);
			options.onEvent?.(parsed.output);
		};
	}

	function request(message: (id: number) => ToWorker, call: CallOptions<Event>): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const { signal } = call;
			const answered = () => {
				signal?.removeEventListener('abort', onAbort);
				call.onAnswered?.();
			};
			const id = ++lastId;
			function onAbort() {
				reject(abortError());
				send({ type: 'cancel', id });
			}
			if (closed || signal?.aborted) {
				reject(closed ?? abortError());
				return answered();
			}
			signal?.addEventListener('abort', onAbort, { once: true });
			pending.set(id, { resolve, reject, progress: progressTo(call), answered });
			try {
				send(message(id));
			} catch (error) {
				pending.delete(id);
				reject(error);
				answered();
			}
		});
	}

	return {
		async call(kind, params, call = {}) {
			const result = await request((id) => ({ type: 'call', id, kind, params }), call);
			const parsed = v.safeParse(options.results[kind], result);
			if (parsed.success) return parsed.output;
			throw new RpcError('BAD_RESULT', `${kind}: the worker's answer has another shape.`, { kind });
		},
		async ping() {
			await request((id) => ({ type: 'ping', id }), {});
		},
		close(reason) {
			closed ??= reason;
			port.removeEventListener('message', onMessage);
			for (const entry of pending.values()) {
				entry.reject(reason);
				entry.answered();
			}
			pending.clear();
		},
		get pending() {
			return pending.size;
		},
	};
}
