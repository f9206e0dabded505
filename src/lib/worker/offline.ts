/**
 * What the service worker does, apart from it so that Node can test it: keeps one complete set of the
 * site's own files per build, and answers from it. Databases are not its business: the data worker keeps
 * them by their hash. Caches of others on the same origin are never touched.
 */

/** The files of one build, as absolute paths on this origin. */
export interface Shell {
	/** the site's base path, '' or `/sub` */
	readonly base: string;
	readonly version: string;
	/** bundled and static files */
	readonly files: readonly string[];
	/** prerendered pages, such as `/sub/explore/` */
	readonly pages: readonly string[];
}

/** The part of the browser's caches that is used. */
export interface OfflineEffects {
	readonly origin: string;
	readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
	readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
}

export interface Offline {
	readonly cacheName: string;
	/** Fetches the whole set. @throws when a file is missing: the previous set then stays in use */
	install(): Promise<void>;
	/** Deletes the sets of other builds of this site. */
	activate(): Promise<void>;
	/** @returns undefined for whatever is left to the browser */
	respond(request: Request): Promise<Response> | undefined;
}

/** requests at a time while installing */
const PARALLEL = 6;

/** A worker's script, and the names of what its bundle brings along: chunks and wasm files. SvelteKit's
 * list of a build has the script only. */
const WORKER = /\/workers\/[^/]+\.js$/;
const BROUGHT = /[`'"]((?:\.\/|assets\/)[\w./-]+\.(?:js|wasm))[`'"]/g;

/** The site's files, offline; see the module's comment. */
export function createOffline(shell: Shell, effects: OfflineEffects): Offline {
	const prefix = `lemur:${shell.base}/:app:`;
	const cacheName = `${prefix}${shell.version}-${fingerprint(shell)}`;
	const fallback = `${shell.base}/404.html`;
	const data = `${shell.base}/stat-db/`;
	const manifest = `${data}manifest.json`;
	const datasets = `${shell.base}/datasets/`;
	// Stored as shards by whoever trains on them; the digits are small and always there.
	const isLargeDataset = (path: string) =>
		path.startsWith(datasets) && path.endsWith('.bin') && !path.startsWith(`${datasets}digits/`);
	const isSummary = (path: string) => path.startsWith(data) && path.includes('-summary-');
	const own = shell.files.filter((path) => !path.startsWith(data) && !isLargeDataset(path));
	const kept = new Set([...own, ...shell.pages]);
	const open = () => effects.caches.open(cacheName);
	const cached = async (path: string) => (await open()).match(effects.origin + path);

	async function keep(path: string, response: Response): Promise<void> {
		await (await open()).put(effects.origin + path, await plainCopy(response));
	}

	async function fetchInto(path: string): Promise<void> {
		const response = await effects.fetch(effects.origin + path, { cache: 'no-cache' });
		if (!response.ok) {
			// The site works without them; a file of the build that is missing must stop the install.
			if (path === fallback || path.startsWith(data)) return;
			throw new Error(`${path}: ${response.status}`);
		}
		await keep(path, response.clone());
		if (!WORKER.test(path)) return;
		for (const [, name = ''] of (await response.text()).matchAll(BROUGHT)) {
			const brought = new URL(name, effects.origin + path).pathname;
			if (!(await cached(brought))) await fetchInto(brought);
		}
	}

	async function cacheFirst(request: Request, path: string): Promise<Response> {
		return (await cached(path)) ?? effects.fetch(request);
	}

	async function keepOnUse(request: Request, path: string): Promise<Response> {
		const known = await cached(path);
		if (known) return known;
		const response = await effects.fetch(request);
		if (response.ok) await keep(path, response.clone()).catch(() => undefined);
		return response;
	}

	async function networkFirst(request: Request, path: string): Promise<Response> {
		try {
			const response = await effects.fetch(request);
			if (response.ok) await keep(path, response.clone()).catch(() => undefined);
			return response;
		} catch (error) {
			const known = await cached(path);
			if (known) return known;
			throw error;
		}
	}

	async function unknownPage(request: Request): Promise<Response> {
		try {
			return await effects.fetch(request);
		} catch (error) {
			const page = await cached(fallback);
			if (page) return page;
			throw error;
		}
	}

	return {
		cacheName,
		async install() {
			// The first screen needs the list of snapshots and their summaries; never the databases.
			const summaries = shell.files.filter((path) => path === manifest || isSummary(path));
			const paths = [...kept, ...summaries, fallback];
			const lane = async () => {
				for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
					await fetchInto(path);
				}
			};
			await Promise.all(Array.from({ length: PARALLEL }, lane));
		},
		async activate() {
			for (const name of await effects.caches.keys()) {
				if (name.startsWith(prefix) && name !== cacheName) await effects.caches.delete(name);
			}
		},
		respond(request) {
			const { origin, pathname } = new URL(request.url);
			if (request.method !== 'GET' || origin !== effects.origin) return undefined;
			if (!pathname.startsWith(`${shell.base}/`)) return undefined;
			if (kept.has(pathname)) return cacheFirst(request, pathname);
			if (pathname === manifest) return networkFirst(request, pathname);
			if (isSummary(pathname)) return keepOnUse(request, pathname);
			// Files of this build that its list lacks; their names carry their hashes.
			if (pathname.startsWith(`${shell.base}/_app/immutable/`)) return keepOnUse(request, pathname);
			if (request.mode === 'navigate') return unknownPage(request);
			return undefined;
		},
	};
}

/** Without the mark of a redirect, which the browser refuses as the answer to a navigation. */
async function plainCopy(response: Response): Promise<Response> {
	const { status, statusText, headers } = response;
	return new Response(await response.blob(), { status, statusText, headers });
}

/** FNV-1a over the names of all files: a new build has other names, even under the same version. */
function fingerprint({ files, pages }: Shell): string {
	let hash = 0x811c9dc5;
	for (const char of [...files, ...pages].join('\n')) {
		hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
	}
	return (hash >>> 0).toString(16).padStart(8, '0');
}
