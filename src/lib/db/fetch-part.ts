/**
 * One file of a snapshot over an unreliable network: three tries, a limit on silence, and nothing but
 * exactly the promised bytes comes back.
 */
import { abortError, isAbort, RpcError } from '../worker/rpc-error';
import { sha256 } from './sha256';

/** The outside world; tests give a faulty one. */
export interface NetworkEffects {
	readonly fetch: (url: string, init: { signal: AbortSignal }) => Promise<Response>;
	/** false when the device knows that it has no network */
	readonly online: () => boolean;
	/** resolves after `ms`; the returned function forgets it */
	readonly timer: (ms: number, done: () => void) => () => void;
}

/** The browser's, or Node's. */
export const realNetwork: NetworkEffects = {
	fetch: (url, init) => fetch(url, init),
	online: () => globalThis.navigator?.onLine !== false,
	timer: (ms, done) => {
		const handle = setTimeout(done, ms);
		return () => clearTimeout(handle);
	},
};

/** What is to be fetched: `name` as people read it, in messages. */
export interface Part {
	readonly name: string;
	readonly url: string;
	readonly bytes: number;
	/** hex */
	readonly sha256: string;
}

const TRIES = 3;
/** ms before the second and third try */
const PAUSES = [300, 1_000];
/** ms without a byte after which a try is given up */
const STALL = 15_000;

/**
 * @param onBytes bytes received of this try so far; starts again with each try
 * @throws RpcError `DB_MISSING` (did not arrive), `DB_HASH` (arrived damaged), `DB_OFFLINE`, each
 * naming the part; or an `AbortError`
 */
export async function fetchPart(
	effects: NetworkEffects,
	part: Part,
	onBytes: (received: number) => void,
	signal: AbortSignal,
): Promise<Uint8Array> {
	for (let attempt = 0; ; attempt++) {
		try {
			return await tryOnce(effects, part, onBytes, signal);
		} catch (error) {
			if (signal.aborted) throw abortError();
			const last = attempt + 1 >= TRIES || !effects.online();
			if (last) throw describe(effects, part, error);
			await pause(effects, PAUSES[attempt] ?? 0, signal);
		}
	}
}

async function tryOnce(
	effects: NetworkEffects,
	part: Part,
	onBytes: (received: number) => void,
	signal: AbortSignal,
): Promise<Uint8Array> {
	const bytes = new Uint8Array(part.bytes);
	let received = 0;
	await receive(effects, part, signal, (piece) => {
		if (received + piece.length > bytes.length)
			throw damaged(part, 'it is longer than it should be');
		bytes.set(piece, received);
		received += piece.length;
		onBytes(received);
	});
	if (received < bytes.length) {
		throw damaged(part, `it ended after ${received} of ${part.bytes} bytes`);
	}
	if ((await sha256(bytes)) !== part.sha256) throw damaged(part, 'its content has changed');
	return bytes;
}

/** Streams an answer's body to `take`; gives up when nothing arrives for `STALL` ms. */
async function receive(
	effects: NetworkEffects,
	part: Part,
	signal: AbortSignal,
	take: (piece: Uint8Array) => void,
): Promise<void> {
	const attempt = new AbortController();
	const stop = () => attempt.abort(abortError());
	signal.addEventListener('abort', stop, { once: true });
	try {
		const response = await inTime(effects, effects.fetch(part.url, { signal: attempt.signal }));
		if (!response.ok) throw missing(part, `the server answered ${response.status}`);
		if (response.headers.get('content-type')?.startsWith('text/html')) {
			throw damaged(part, 'a web page came instead');
		}
		const reader = response.body?.getReader();
		if (!reader) throw missing(part, 'the answer was empty');
		for (;;) {
			const { done, value } = await inTime(effects, reader.read());
			if (done) return;
			take(value);
		}
	} catch (error) {
		stop();
		throw error;
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

class Stalled extends Error {}

function inTime<T>(effects: NetworkEffects, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const forget = effects.timer(STALL, () => reject(new Stalled()));
		work.then(resolve, reject).finally(forget);
	});
}

function pause(effects: NetworkEffects, ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const forget = effects.timer(ms, resolve);
		signal.addEventListener('abort', () => (forget(), reject(abortError())), { once: true });
	});
}

function describe(effects: NetworkEffects, part: Part, error: unknown): Error {
	if (error instanceof RpcError && error.code === 'DB_HASH') return error;
	if (!effects.online()) {
		return new RpcError(
			'DB_OFFLINE',
			`You are offline, and ${part.name} is not on this device yet.`,
			{ part: part.name },
			{ cause: error },
		);
	}
	if (error instanceof RpcError) return error;
	if (error instanceof Stalled) return missing(part, `nothing came for ${STALL / 1_000} seconds`);
	return missing(part, isAbort(error) ? 'the transfer was cut off' : 'the server was not reached');
}

function missing(part: Part, why: string): RpcError {
	return new RpcError('DB_MISSING', `${sentence(part)} did not arrive: ${why}.`, {
		part: part.name,
		why,
	});
}

function damaged(part: Part, why: string): RpcError {
	return new RpcError('DB_HASH', `${sentence(part)} is damaged: ${why}.`, { part: part.name, why });
}

function sentence(part: Part): string {
	return part.name.charAt(0).toUpperCase() + part.name.slice(1);
}
