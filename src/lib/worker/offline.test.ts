import { describe, expect, test } from 'vitest';
import { createOffline, type OfflineEffects, type Shell } from './offline';

const ORIGIN = 'https://lemur.example';

/** As much of the browser's caches as is used, in memory; everything by its URL. */
class Caches {
	readonly all = new Map<string, Map<string, Response>>();

	async open(name: string): Promise<Cache> {
		const entries = this.all.get(name) ?? new Map<string, Response>();
		this.all.set(name, entries);
		const cache = {
			match: async (url: string) => entries.get(url)?.clone(),
			put: async (url: string, response: Response) => void entries.set(url, response),
		};
		return cache as unknown as Cache;
	}

	async keys(): Promise<string[]> {
		return [...this.all.keys()];
	}

	async delete(name: string): Promise<boolean> {
		return this.all.delete(name);
	}
}

const WORKER_URL = '/sub/_app/immutable/workers/worker-1.js';
const site = new Map([
	['/sub/', 'home'],
	['/sub/explore/', 'explore'],
	['/sub/404.html', 'not found'],
	['/sub/_app/immutable/entry/start.js', 'start'],
	[WORKER_URL, 'import"./chunk-1.js";new URL(`assets/sqlite-1.wasm`,import.meta.url)'],
	['/sub/_app/immutable/workers/chunk-1.js', 'chunk'],
	['/sub/_app/immutable/workers/assets/sqlite-1.wasm', 'wasm'],
	['/sub/stat-db/manifest.json', 'manifest 1'],
	['/sub/stat-db/2.1.2-abc.bin', 'chunk of the database'],
	['/sub/stat-db/2.1.2-summary-abc.bin', 'summary'],
	['/sub/datasets/digits/train-0-abc.bin', 'digits'],
	['/sub/datasets/mnist/train-0-abc.bin', 'shard of MNIST'],
]);

const shell: Shell = {
	base: '/sub',
	version: '1',
	files: [
		'/sub/_app/immutable/entry/start.js',
		WORKER_URL,
		'/sub/stat-db/manifest.json',
		'/sub/stat-db/2.1.2-abc.bin',
		'/sub/stat-db/2.1.2-summary-abc.bin',
		'/sub/datasets/digits/train-0-abc.bin',
		'/sub/datasets/mnist/train-0-abc.bin',
	],
	pages: ['/sub/', '/sub/explore/'],
};

function setUp(changes: Partial<Shell> = {}) {
	const caches = new Caches();
	const files = new Map(site);
	const state = { online: true, requests: 0 };
	const effects: OfflineEffects = {
		origin: ORIGIN,
		caches,
		fetch: async (request) => {
			state.requests++;
			if (!state.online) throw new TypeError('Failed to fetch');
			const url = typeof request === 'string' ? request : request.url;
			const text = files.get(new URL(url).pathname);
			return new Response(text ?? 'not found', { status: text === undefined ? 404 : 200 });
		},
	};
	const offline = createOffline({ ...shell, ...changes }, effects);
	const get = async (path: string, mode: RequestMode = 'cors') => {
		const request = new Request(ORIGIN + path);
		Object.defineProperty(request, 'mode', { value: mode });
		const response = offline.respond(request);
		return response && (await response).text();
	};
	return { caches, files, state, offline, get };
}

describe('createOffline()', () => {
	test('after install, every page works without a network, with what its worker brings', async () => {
		const { offline, state, get } = setUp();
		await offline.install();
		state.online = false;
		expect(await get('/sub/', 'navigate')).toBe('home');
		expect(await get('/sub/explore/?x=1', 'navigate')).toBe('explore');
		expect(await get(WORKER_URL)).toContain('import');
		expect(await get('/sub/_app/immutable/workers/chunk-1.js')).toBe('chunk');
		expect(await get('/sub/_app/immutable/workers/assets/sqlite-1.wasm')).toBe('wasm');
		expect(await get('/sub/stat-db/manifest.json')).toBe('manifest 1');
		expect(await get('/sub/stat-db/2.1.2-summary-abc.bin')).toBe('summary');
		expect(await get('/sub/nowhere/', 'navigate')).toBe('not found');
	});

	test('databases are neither fetched at install nor answered', async () => {
		const { offline, caches, get } = setUp();
		await offline.install();
		const urls = [...(caches.all.get(offline.cacheName)?.keys() ?? [])];
		expect(urls).not.toContain(`${ORIGIN}/sub/stat-db/2.1.2-abc.bin`);
		expect(await get('/sub/stat-db/2.1.2-abc.bin')).toBeUndefined();
		expect(urls).not.toContain(`${ORIGIN}/sub/datasets/mnist/train-0-abc.bin`);
		expect(await get('/sub/datasets/mnist/train-0-abc.bin')).toBeUndefined();
		expect(await get('/sub/datasets/digits/train-0-abc.bin')).toBe('digits');
	});

	test('an install that misses a file fails', async () => {
		const { offline, files } = setUp();
		files.delete('/sub/_app/immutable/entry/start.js');
		await expect(offline.install()).rejects.toThrow('start.js: 404');
	});

	test('a missing summary or 404 page does not stop an install', async () => {
		const { offline, files, state, get } = setUp();
		files.delete('/sub/stat-db/2.1.2-summary-abc.bin');
		files.delete('/sub/404.html');
		await offline.install();
		state.online = false;
		expect(await get('/sub/', 'navigate')).toBe('home');
		await expect(get('/sub/nowhere/', 'navigate')).rejects.toThrow('Failed to fetch');
	});

	test('the manifest comes from the network while there is one', async () => {
		const { offline, files, state, get } = setUp();
		await offline.install();
		files.set('/sub/stat-db/manifest.json', 'manifest 2');
		expect(await get('/sub/stat-db/manifest.json')).toBe('manifest 2');
		state.online = false;
		expect(await get('/sub/stat-db/manifest.json')).toBe('manifest 2');
	});

	test('the open page keeps its set: a file is answered without asking the network', async () => {
		const { offline, files, get } = setUp();
		await offline.install();
		files.set('/sub/explore/', 'a newer explore');
		expect(await get('/sub/explore/', 'navigate')).toBe('explore');
	});

	test('activate deletes other builds of this site, and nothing else', async () => {
		const { offline, caches } = setUp();
		const others = [
			'lemur:/sub/:stat-db:v1',
			'lemur:/:app:1-00000000',
			'lemur:/sub2/:app:1-00000000',
			'their cache',
		];
		for (const name of [...others, 'lemur:/sub/:app:0-11111111']) await caches.open(name);
		await offline.install();
		await offline.activate();
		expect((await caches.keys()).sort()).toEqual([...others, offline.cacheName].sort());
	});

	test('two builds of one version have caches of their own', () => {
		const other = setUp({ files: [...shell.files, '/sub/_app/immutable/chunks/new.js'] });
		expect(other.offline.cacheName).not.toBe(setUp().offline.cacheName);
	});

	test('leaves other origins, other paths, other methods and unknown files alone', () => {
		const { offline, state } = setUp();
		const requests = [
			new Request('https://elsewhere.example/sub/'),
			new Request(`${ORIGIN}/neighbour/`),
			new Request(`${ORIGIN}/sub2/`),
			new Request(`${ORIGIN}/sub/`, { method: 'POST' }),
			new Request(`${ORIGIN}/sub/stat-db/cached/abc`),
		];
		expect(requests.map((request) => offline.respond(request))).toEqual(
			requests.map(() => undefined),
		);
		expect(state.requests).toBe(0);
	});
});
