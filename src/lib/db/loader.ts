/**
 * Gets the bytes of a snapshot's database: from this device when it has them, otherwise chunk by
 * chunk from the site. Everything is checked by hash. It does not open the database.
 */
import * as v from 'valibot';
import { isAbort, RpcError } from '../worker/rpc-error';
import type { ContentCache, NotStored } from './cache';
import { fetchPart, type NetworkEffects, type Part } from './fetch-part';
import { inflate } from './inflate';
import { manifestSchema, type Manifest, type Snapshot } from './manifest';
import { sha256 } from './sha256';

/** The outside world. */
export interface LoadEffects {
	readonly network: NetworkEffects;
	readonly cache: ContentCache;
}

export interface LoadRequest {
	/** a snapshot's version, or '' for the manifest's default */
	readonly version: string;
	/** absolute URL of the site's root folder, with its last slash */
	readonly baseUrl: string;
	/** bytes of all chunks so far, of how many; never goes back */
	readonly onProgress: (done: number, total: number) => void;
	readonly signal: AbortSignal;
}

export interface LoadedSnapshot {
	readonly snapshot: Snapshot;
	/** the sqlite file, whole and verified */
	readonly bytes: Uint8Array;
	readonly openedFrom: 'cache' | 'network';
	/** why the next visit must download it again; absent when it is stored */
	readonly notStored?: NotStored;
}

/** ms to wait for the site's own manifest when a cached one could serve */
const MANIFEST_PATIENCE = 1_000;
/** ms to wait for it when there is no other */
const MANIFEST_LIMIT = 15_000;
const PARALLEL = 4;

/**
 * The site's manifest decides when it answers within a second, the cached one otherwise; meanwhile the
 * cached database is read, so a second visit waits for the slower of the two and not for both.
 * @throws RpcError `DB_MISSING`, `DB_HASH`, `DB_OFFLINE` (see `fetchPart`), `DB_VERSION` (no such
 * snapshot), `DB_FORMAT` (data of a newer site)
 */
export async function loadSnapshot(
	effects: LoadEffects,
	request: LoadRequest,
): Promise<LoadedSnapshot> {
	const { cache } = effects;
	const text = await cache.getManifest();
	const known = text === undefined ? undefined : tryParse(text);
	const expected = known && pick(known, request.version);
	const early = expected && cache.get(expected.database.sha256);

	const manifest = await currentManifest(effects, request, known);
	const snapshot = pick(manifest, request.version);
	if (!snapshot) throw unknownVersion(manifest, request.version);
	const hash = snapshot.database.sha256;
	const cached = await (expected?.database.sha256 === hash ? early : cache.get(hash));
	if (cached) {
		request.onProgress(1, 1);
		return { snapshot, bytes: cached, openedFrom: 'cache' };
	}

	const bytes = await download(effects, request, snapshot);
	const notStored = await store(cache, manifest, hash, bytes);
	return {
		snapshot,
		bytes,
		openedFrom: 'network',
		...(notStored === undefined ? {} : { notStored }),
	};
}

/** Once stored, the parts and the databases that no snapshot has any more are of no use. */
async function store(
	cache: ContentCache,
	manifest: Manifest,
	hash: string,
	bytes: Uint8Array,
): Promise<NotStored | undefined> {
	const wanted = manifest.snapshots.map((snapshot) => snapshot.database.sha256);
	const reason = await cache.put(hash, bytes);
	if (reason === 'STORE_BLOCKED') return reason;
	await cache.keepOnly(wanted);
	return reason && cache.put(hash, bytes);
}

function pick(manifest: Manifest, version: string): Snapshot | undefined {
	const wanted = version === '' ? manifest.default : version;
	return manifest.snapshots.find((snapshot) => snapshot.version === wanted);
}

function unknownVersion(manifest: Manifest, version: string): RpcError {
	const versions = manifest.snapshots.map((snapshot) => snapshot.version).join(', ');
	const message = `This site has no snapshot ${version || manifest.default}; it has ${versions}.`;
	return new RpcError('DB_VERSION', message, { version, versions });
}

function tryParse(text: string): Manifest | undefined {
	try {
		const parsed = v.safeParse(manifestSchema, JSON.parse(text));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

async function currentManifest(
	effects: LoadEffects,
	{ baseUrl, signal }: LoadRequest,
	known: Manifest | undefined,
): Promise<Manifest> {
	const limit = new AbortController();
	const stop = () => limit.abort();
	signal.addEventListener('abort', stop, { once: true });
	const forget = effects.network.timer(known ? MANIFEST_PATIENCE : MANIFEST_LIMIT, stop);
	try {
		const manifest = await fetchManifest(effects, baseUrl, limit.signal);
		return manifest;
	} catch (error) {
		if (known && !signal.aborted) return known;
		throw signal.aborted || !isAbort(error) ? error : noManifest('the server did not answer');
	} finally {
		forget();
		signal.removeEventListener('abort', stop);
	}
}

async function fetchManifest(
	{ network, cache }: LoadEffects,
	baseUrl: string,
	signal: AbortSignal,
): Promise<Manifest> {
	const url = new URL('stat-db/manifest.json', baseUrl).href;
	const text = await untilAborted(signal, async () => {
		const response = await network.fetch(url, { signal });
		if (!response.ok) throw noManifest(`the server answered ${response.status}`);
		return response.text();
	}).catch((error: unknown) => {
		if (error instanceof RpcError || isAbort(error)) throw error;
		if (network.online()) throw noManifest('the server was not reached', error);
		const message = 'You are offline, and the database is not on this device yet.';
		throw new RpcError('DB_OFFLINE', message, { part: 'manifest.json' }, { cause: error });
	});
	const manifest = tryParse(text);
	if (!manifest) throw unreadable(text);
	await cache.putManifest(text);
	return manifest;
}

/** A fetch that ignores its signal must not hold the opening up. */
function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(new DOMException('The work was cancelled.', 'AbortError'));
		if (signal.aborted) return stop();
		signal.addEventListener('abort', stop, { once: true });
		work()
			.then(resolve, reject)
			.finally(() => signal.removeEventListener('abort', stop));
	});
}

function noManifest(why: string, cause?: unknown): RpcError {
	const message = `The list of snapshots (manifest.json) did not arrive: ${why}.`;
	return new RpcError('DB_MISSING', message, { part: 'manifest.json', why }, { cause });
}

function unreadable(text: string): RpcError {
	const format = /"format"\s*:\s*(\d+)/.exec(text)?.[1];
	if (format !== undefined && format !== '1') {
		const message = 'The data is newer than this page. Reload the page to get its new version.';
		return new RpcError('DB_FORMAT', message, { format: Number(format) });
	}
	const message = 'The list of snapshots (manifest.json) is damaged.';
	return new RpcError('DB_HASH', message, { part: 'manifest.json', why: 'it cannot be read' });
}

async function download(
	effects: LoadEffects,
	request: LoadRequest,
	snapshot: Snapshot,
): Promise<Uint8Array> {
	const { version, chunks, database } = snapshot;
	const parts = chunks.map(({ name, bytes, sha256: hash }, i): Part => ({
		name: `part ${i + 1} of ${chunks.length} of the database`,
		url: new URL(`stat-db/${name}`, request.baseUrl).href,
		bytes,
		sha256: hash,
	}));
	const pieces = await fetchAll(effects, parts, request);
	const bytes = await inflate(pieces, database.bytes);
	if (bytes && (await sha256(bytes)) === database.sha256) return bytes;
	throw new RpcError('DB_HASH', `The database of snapshot ${version} is damaged.`, {
		part: 'the database',
		why: 'its parts do not make up what the list of snapshots promises',
	});
}

/** Parts that arrived are kept, so that a visit that was cut off goes on where it stopped. */
async function fetchAll(
	{ network, cache }: LoadEffects,
	parts: readonly Part[],
	{ onProgress, signal }: LoadRequest,
): Promise<Uint8Array[]> {
	const report = progressOver(parts, onProgress);
	const others = new AbortController();
	const stop = () => others.abort();
	signal.addEventListener('abort', stop, { once: true });
	const pieces: Uint8Array[] = [];
	let next = 0;

	async function lane(): Promise<void> {
		for (let i = next++; i < parts.length; i = next++) {
			const part = parts[i];
			if (!part) return;
			const kept = await cache.get(part.sha256);
			const onBytes = (received: number) => report(i, received);
			pieces[i] = kept ?? (await fetchPart(network, part, onBytes, others.signal));
			report(i, part.bytes);
			if (!kept) await cache.put(part.sha256, pieces[i] ?? new Uint8Array());
		}
	}
	try {
		await Promise.all(Array.from({ length: PARALLEL }, lane));
		return pieces;
	} finally {
		stop();
		signal.removeEventListener('abort', stop);
	}
}

/** One bar over all parts; a try that starts again does not take it back. */
function progressOver(
	parts: readonly Part[],
	onProgress: (done: number, total: number) => void,
): (part: number, received: number) => void {
	const total = parts.reduce((sum, part) => sum + part.bytes, 0);
	const most = parts.map(() => 0);
	let done = 0;
	onProgress(0, total);
	return (part, received) => {
		const before = most[part] ?? 0;
		if (received <= before) return;
		most[part] = received;
		done += received - before;
		onProgress(done, total);
	};
}
