/**
 * The cache of downloaded files on this device, by the sha256 of their content: Cache API, or
 * IndexedDB where that is missing, or nothing. A stored copy is never trusted: what does not hash to its
 * name is dropped. The visitor's own records do not live here; all of this can be fetched again.
 */
import { createStore, del, get, keys, set } from 'idb-keyval';
import { sha256 } from './sha256';

/** Why the last file was not kept. */
export type NotStored = 'STORE_BLOCKED' | 'STORE_QUOTA';

/** A place for files by name. Any of its methods may throw: the browser may forbid storage. */
export interface FileStore {
	read(name: string): Promise<Uint8Array | undefined>;
	write(name: string, bytes: Uint8Array): Promise<void>;
	remove(name: string): Promise<void>;
	names(): Promise<readonly string[]>;
}

/** Files by content. No method throws: a store that fails is a cache that is empty. */
export interface ContentCache {
	/** @returns the bytes, verified; undefined when there is no sound copy */
	get(hash: string): Promise<Uint8Array | undefined>;
	/** @returns undefined when stored, otherwise why not */
	put(hash: string, bytes: Uint8Array): Promise<NotStored | undefined>;
	/** removes every file whose hash is not listed; the manifest stays */
	keepOnly(hashes: Iterable<string>): Promise<void>;
	/** the last sound manifest, as its text */
	getManifest(): Promise<string | undefined>;
	putManifest(text: string): Promise<void>;
}

const MANIFEST = 'manifest.json';

/** @param stores in order of preference; the first that works keeps a file */
export function createContentCache(stores: readonly FileStore[]): ContentCache {
	async function find(name: string): Promise<Uint8Array | undefined> {
		for (const store of stores) {
			const bytes = await store.read(name).catch(() => undefined);
			if (bytes) return bytes;
		}
		return undefined;
	}
	async function forget(name: string): Promise<void> {
		for (const store of stores) await store.remove(name).catch(() => undefined);
	}
	async function keep(name: string, bytes: Uint8Array): Promise<NotStored | undefined> {
		let reason: NotStored = 'STORE_BLOCKED';
		for (const store of stores) {
			try {
				await store.write(name, bytes);
				return undefined;
			} catch (error) {
				if (isQuota(error)) reason = 'STORE_QUOTA';
			}
		}
		return reason;
	}

	return {
		async get(hash) {
			const bytes = await find(hash);
			if (!bytes || (await sha256(bytes)) === hash) return bytes;
			await forget(hash);
			return undefined;
		},
		put: keep,
		async keepOnly(hashes) {
			const wanted = new Set([MANIFEST, ...hashes]);
			for (const store of stores) {
				const names = await store.names().catch(() => []);
				for (const name of names) {
					if (!wanted.has(name)) await store.remove(name).catch(() => undefined);
				}
			}
		},
		async getManifest() {
			const bytes = await find(MANIFEST);
			return bytes && new TextDecoder().decode(bytes);
		},
		async putManifest(text) {
			await keep(MANIFEST, new TextEncoder().encode(text));
		},
	};
}

function isQuota(error: unknown): boolean {
	return error instanceof Error || error instanceof DOMException
		? error.name === 'QuotaExceededError'
		: false;
}

/** The stores of a browser for the site at `baseUrl`; the names carry its path, as neighbours on the
 * same origin have theirs. */
export function browserStores(baseUrl: string): readonly FileStore[] {
	const base = new URL(baseUrl);
	const name = `lemur:${base.pathname}:stat-db:v1`;
	return [cacheApiStore(name, new URL('stat-db/cached/', base)), indexedDbStore(name)];
}

/** @param root what file names are resolved against: the Cache API's keys are URLs */
export function cacheApiStore(name: string, root: URL): FileStore {
	const open = async () => caches.open(name);
	const url = (file: string) => new URL(file, root).href;
	return {
		async read(file) {
			const response = await (await open()).match(url(file));
			return response && new Uint8Array(await response.arrayBuffer());
		},
		async write(file, bytes) {
			const headers = { 'content-type': 'application/octet-stream' };
			await (await open()).put(url(file), new Response(new Blob([bytes.slice()]), { headers }));
		},
		async remove(file) {
			await (await open()).delete(url(file));
		},
		async names() {
			const requests = await (await open()).keys();
			return requests.map((request) => request.url.slice(root.href.length));
		},
	};
}

/** Opens its database at the first use, so that a browser that forbids it fails there and not here. */
export function indexedDbStore(name: string): FileStore {
	let opened: ReturnType<typeof createStore> | undefined;
	const store = () => (opened ??= createStore(name, 'files'));
	return {
		async read(file) {
			const value = await get<unknown>(file, store());
			return value instanceof Uint8Array ? value : undefined;
		},
		async write(file, bytes) {
			await set(file, bytes, store());
		},
		async remove(file) {
			await del(file, store());
		},
		async names() {
			return (await keys(store())).map(String);
		},
	};
}
