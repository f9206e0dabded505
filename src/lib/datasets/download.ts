/**
 * A file of another host, fetched on the visitor's word and kept in pieces until it is read, so that
 * a stopped download goes on where it was. Mirrors that do not allow asking for the rest of a file
 * from a page are read from the start again, without storing twice.
 */
import { sha256 as Sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { NetworkEffects } from '../db/fetch-part';
import { recordIn } from '../store/records';
import type { Store } from '../store/store';
import { abortError, type RpcError } from '../worker/rpc-error';
import type { MirrorFile } from './dataset';
import { datasetError } from './errors';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const downloadSchema = v.object({ url: v.string(), received: count, total: count, parts: count });
type Download = v.InferOutput<typeof downloadSchema>;

/** bytes that are stored at once */
const PART = 8 * 2 ** 20;
const TRIES = 3;
/** ms before the second and third try */
const PAUSES = [500, 2_000];
/** ms without a byte after which a try is given up */
const STALL = 20_000;
const BOTH = ['downloads', 'parts'] as const;

const partKey = (url: string, index: number) => `${url}#${String(index).padStart(5, '0')}`;

/** Network with the header that asks for the rest of a file. */
export type DownloadFetch = (
	url: string,
	init: { signal: AbortSignal; headers?: Record<string, string> },
) => Promise<Response>;

/** Settings of `download`. */
export interface DownloadOptions {
	readonly store: Store;
	readonly network: Omit<NetworkEffects, 'fetch'> & { readonly fetch: DownloadFetch };
	readonly signal: AbortSignal;
	/** bytes on this device so far, of how many */
	readonly onBytes: (done: number, total: number) => void;
}

/**
 * @returns the whole file, checked by its hash where that is known
 * @throws RpcError DATASET_NETWORK, DATASET_OFFLINE; StoreError; an AbortError. What arrived is kept,
 * but for a file whose hash is wrong.
 */
export async function download(file: MirrorFile, options: DownloadOptions): Promise<Blob> {
	for (let attempt = 0; ; attempt++) {
		try {
			await receive(file, await begun(options.store, file), options);
			return await assemble(file, options);
		} catch (error) {
			if (options.signal.aborted) throw abortError();
			const isNetwork = error instanceof TypeError || error instanceof Interrupted;
			if (!isNetwork) throw error;
			const last = attempt + 1 >= TRIES || !options.network.online();
			if (last) throw failure(file, options, error);
			await pause(options, PAUSES[attempt] ?? 0);
		}
	}
}

/** Forgets what arrived of a file. */
export async function forget(store: Store, url: string): Promise<void> {
	await store.tx(BOTH, 'write', async (tx) => {
		const known = recordIn(downloadSchema, await tx.get('downloads', url));
		await tx.delete('downloads', url);
		for (let index = 0; index < (known?.parts ?? 0); index++)
			await tx.delete('parts', partKey(url, index));
	});
}

/** Bytes that are on this device of each address. */
export async function downloadsIn(store: Store): Promise<ReadonlyMap<string, number>> {
	const entries = await store.scan('downloads');
	const found = entries.map(({ value }) => recordIn(downloadSchema, value));
	return new Map(found.flatMap((one) => (one ? [[one.url, one.received] as const] : [])));
}

/** The transfer ended or stood still; another try may do. */
class Interrupted extends Error {}

async function begun(store: Store, file: MirrorFile): Promise<Download> {
	const known = recordIn(downloadSchema, await store.get('downloads', file.url));
	return known ?? { url: file.url, received: 0, total: file.bytes, parts: 0 };
}

/** Asks for the rest; `skip` bytes of the answer are on this device already. */
async function ask(
	{ url, received }: Download,
	{ network }: DownloadOptions,
	signal: AbortSignal,
): Promise<{ response: Response; skip: number }> {
	if (received > 0) {
		try {
			const headers = { Range: `bytes=${received}-` };
			const response = await network.fetch(url, { signal, headers });
			if (response.status === 206) return { response, skip: 0 };
			if (response.ok) return { response, skip: received };
		} catch (error) {
			// Some hosts allow pages to read a file but not to ask for a part of it.
			if (signal.aborted || !network.online()) throw error;
		}
	}
	return { response: await network.fetch(url, { signal }), skip: received };
}

/** @returns bytes of the whole file as the host tells it; undefined when it does not */
function lengthOf(response: Response, received: number, skip: number): number | undefined {
	const length = Number(response.headers.get('content-length') ?? NaN);
	if (!Number.isSafeInteger(length) || length <= 0) return undefined;
	return received > 0 && skip === 0 ? received + length : length;
}

async function receive(file: MirrorFile, known: Download, options: DownloadOptions): Promise<void> {
	if (known.received >= known.total && known.received > 0) return;
	const attempt = new AbortController();
	const stop = () => attempt.abort(abortError());
	options.signal.addEventListener('abort', stop, { once: true });
	try {
		const { response, skip } = await inTime(options, ask(known, options, attempt.signal));
		if (!response.ok) throw refused(file, `its server answered ${response.status}`);
		if (response.headers.get('content-type')?.startsWith('text/html'))
			throw refused(file, 'a web page came instead');
		const total = file.sha256 ? file.bytes : lengthOf(response, known.received, skip);
		const reader = response.body?.getReader();
		if (!reader) throw new Interrupted('the answer was empty');
		const last = await store(reader, { ...known, total: total ?? known.total }, skip, options);
		if (total !== undefined && last.received < total)
			throw new Interrupted('the transfer ended early');
		// What came is the file where nobody knew its length.
		if (last.received !== last.total)
			await options.store.put('downloads', file.url, { ...last, total: last.received });
	} finally {
		options.signal.removeEventListener('abort', stop);
		stop();
	}
}

/** Stores an answer's bytes in parts; what came of the last one is stored too when the answer ends. */
async function store(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	from: Download,
	skip: number,
	options: DownloadOptions,
): Promise<Download> {
	let state = from;
	let pieces: Uint8Array<ArrayBuffer>[] = [];
	let waiting = 0;
	async function flush(): Promise<void> {
		if (waiting === 0) return;
		const next = { ...state, received: state.received + waiting, parts: state.parts + 1 };
		const blob = new Blob(pieces);
		await options.store.tx(BOTH, 'write', async (tx) => {
			await tx.put('parts', partKey(state.url, state.parts), blob);
			await tx.put('downloads', state.url, next);
		});
		[state, pieces, waiting] = [next, [], 0];
	}
	let left = skip;
	for (;;) {
		const { done, value } = await inTime(options, reader.read()).catch(async (error: unknown) => {
			await flush();
			throw error;
		});
		if (done) break;
		const piece = value.subarray(Math.min(left, value.length));
		left -= value.length - piece.length;
		pieces.push(new Uint8Array(piece));
		waiting += piece.length;
		options.onBytes(state.received + waiting, state.total);
		if (waiting >= PART || options.signal.aborted) await flush();
		if (options.signal.aborted) throw abortError();
	}
	await flush();
	return state;
}

async function assemble(file: MirrorFile, options: DownloadOptions): Promise<Blob> {
	const { parts, received } = await begun(options.store, file);
	const blobs: Blob[] = [];
	for (let index = 0; index < parts; index++) {
		const part = await options.store.get('parts', partKey(file.url, index));
		if (part instanceof Blob) blobs.push(part);
	}
	const whole = new Blob(blobs);
	const sound = whole.size === received && (!file.sha256 || (await hashOf(whole)) === file.sha256);
	if (sound) return whole;
	await forget(options.store, file.url);
	throw refused(file, 'it arrived damaged, and was dropped');
}

async function hashOf(blob: Blob): Promise<string> {
	const hash = Sha256.create();
	for (let at = 0; at < blob.size; at += PART)
		hash.update(new Uint8Array(await blob.slice(at, at + PART).arrayBuffer()));
	return bytesToHex(hash.digest());
}

function inTime<T>({ network }: DownloadOptions, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const why = new Interrupted(`nothing came for ${STALL / 1000} seconds`);
		const forgetTimer = network.timer(STALL, () => reject(why));
		work.then(resolve, reject).finally(forgetTimer);
	});
}

function pause({ network, signal }: DownloadOptions, ms: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const forgetTimer = network.timer(ms, resolve);
		signal.addEventListener('abort', () => (forgetTimer(), reject(abortError())), { once: true });
	});
}

const hostOf = (file: MirrorFile) => new URL(file.url).host;

function refused(file: MirrorFile, why: string): RpcError {
	const words = `The file of ${hostOf(file)} cannot be used: ${why}. Try again, or download it in the browser and drop it here.`;
	return datasetError('DATASET_NETWORK', words, { url: file.url, why });
}

function failure(file: MirrorFile, { network }: DownloadOptions, cause: unknown): RpcError {
	const details = { url: file.url };
	if (!network.online()) {
		const words = 'You are offline. What arrived is kept: go on when the network is back.';
		return datasetError('DATASET_OFFLINE', words, details, cause);
	}
	const why = cause instanceof Interrupted ? cause.message : 'the page was not let through to it';
	const words = `${hostOf(file)} did not give the file: ${why}. What arrived is kept. Try again, or download it in the browser and drop it here.`;
	return datasetError('DATASET_NETWORK', words, details, cause);
}
