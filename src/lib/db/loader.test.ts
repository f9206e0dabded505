import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RpcError } from '../worker/rpc-error';
import { createContentCache, type FileStore } from './cache';
import type { NetworkEffects } from './fetch-part';
import { loadSnapshot } from './loader';

const BASE = 'https://lemur.example/sub/';
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A site with one snapshot in five chunks; the content is noise, so that it does not compress. */
function site() {
	const database = new Uint8Array(20_000);
	let seed = 1;
	for (let i = 0; i < database.length; i++) database[i] = seed = (seed * 75 + 74) % 65_537;
	const packed = new Uint8Array(gzipSync(database));
	const size = Math.ceil(packed.length / 5);
	const files = new Map<string, Uint8Array>();
	const chunks = Array.from({ length: 5 }, (_, i) => {
		const bytes = packed.slice(i * size, (i + 1) * size);
		const name = `1.0-${hashOf(bytes).slice(0, 16)}.bin`;
		files.set(`${BASE}stat-db/${name}`, bytes);
		return { name, bytes: bytes.length, sha256: hashOf(bytes) };
	});
	const summary = { name: '1.0-summary.bin', bytes: 1, sha256: hashOf(new Uint8Array(1)) };
	const counts = { trials: 1, runs: 1, configurations: 1, nets: 1, deviceRuns: 0 };
	const snapshot = {
		version: '1.0',
		title: 'One',
		source: { file: 'a.whl', sha256: hashOf(packed) },
		counts,
		database: { bytes: database.length, sha256: hashOf(database) },
		chunks,
		summary,
		date: '2026-01-01',
	};
	const manifest = { format: 1, default: '1.0', snapshots: [snapshot] };
	files.set(`${BASE}stat-db/manifest.json`, new TextEncoder().encode(JSON.stringify(manifest)));
	return { database, files, manifest, snapshot, chunks, packed };
}

const SITE = site();
const chunkUrl = (i: number) => `${BASE}stat-db/${SITE.chunks[i]?.name}`;

/** What happens to one request: an answer of its own, or nothing special. */
type Fault = (url: string, time: number, honest: Uint8Array) => Response | Promise<Response> | null;

function network(fault: Fault = () => null, online = () => true) {
	const requests: string[] = [];
	const effects: NetworkEffects = {
		async fetch(url) {
			requests.push(url);
			const honest = SITE.files.get(url);
			if (!online()) throw new TypeError('Failed to fetch');
			const time = requests.filter((other) => other === url).length;
			const faulty = await fault(url, time, honest ?? new Uint8Array());
			if (faulty) return faulty;
			if (!honest) return new Response('Not found', { status: 404 });
			return inPieces(honest);
		},
		online,
		// A clock that runs 1,000 times faster, so that a stall of 15 s is one of 15 ms.
		timer: (ms, done) => {
			const handle = setTimeout(done, ms / 1_000 + 15);
			return () => clearTimeout(handle);
		},
	};
	return { effects, requests };
}

function inPieces(bytes: Uint8Array, headers: Record<string, string> = {}): Response {
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			for (let at = 0; at < bytes.length; at += 700) {
				controller.enqueue(bytes.slice(at, at + 700));
			}
			controller.close();
		},
	});
	return new Response(stream, { headers });
}

function memoryStore(): FileStore & { files: Map<string, Uint8Array> } {
	const files = new Map<string, Uint8Array>();
	return {
		files,
		read: async (name) => files.get(name)?.slice(),
		write: async (name, bytes) => void files.set(name, bytes.slice()),
		remove: async (name) => void files.delete(name),
		names: async () => [...files.keys()],
	};
}

function failingStore(errorName: string): FileStore {
	const fail = () => Promise.reject(new DOMException('no', errorName));
	return { read: fail, write: fail, remove: fail, names: fail };
}

async function load(
	net: ReturnType<typeof network>,
	stores: readonly FileStore[] = [],
	version = '',
) {
	const progress: [number, number][] = [];
	const loaded = await loadSnapshot(
		{ network: net.effects, cache: createContentCache(stores) },
		{
			version,
			baseUrl: BASE,
			onProgress: (done, total) => progress.push([done, total]),
			signal: new AbortController().signal,
		},
	);
	return { ...loaded, progress };
}

const failure = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error: unknown) => error as RpcError,
	);

describe('loadSnapshot(): the network', () => {
	test('puts the database together, with one bar that never goes back', async () => {
		const { bytes, openedFrom, progress, snapshot } = await load(network());
		expect(hashOf(bytes)).toBe(hashOf(SITE.database));
		expect([openedFrom, snapshot.version]).toEqual(['network', '1.0']);
		const total = SITE.packed.length;
		expect(progress[0]).toEqual([0, total]);
		expect(progress.at(-1)).toEqual([total, total]);
		const values = progress.map(([done]) => done);
		expect(values).toEqual([...values].sort((a, b) => a - b));
	});

	test('a bar does not go back when a part starts again', async () => {
		const net = network((url, time, honest) =>
			url === chunkUrl(1) && time < 3 ? inPieces(honest.slice(0, -1)) : null,
		);
		const { progress } = await load(net);
		const values = progress.map(([done]) => done);
		expect(values).toEqual([...values].sort((a, b) => a - b));
		expect(values.at(-1)).toBe(SITE.packed.length);
	});

	test('cut, flipped or lengthened anywhere: only that part is fetched again', async () => {
		const chunk = fc.integer({ min: 0, max: 4 });
		const how = fc.constantFrom('cut', 'flip', 'longer');
		await fc.assert(
			fc.asyncProperty(
				chunk,
				how,
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				async (i, h, x) => {
					const net = network((url, time, honest) => {
						if (url !== chunkUrl(i) || time > 1) return null;
						return inPieces(damage(honest, h, Math.floor(x * honest.length)));
					});
					const { bytes } = await load(net);
					expect(hashOf(bytes)).toBe(hashOf(SITE.database));
					expect(net.requests.filter((url) => url === chunkUrl(i)).length).toBe(2);
					expect(net.requests.length).toBe(7);
				},
			),
			{ numRuns: 60 },
		);
	});

	test.each(['cut', 'flip', 'longer'])('%s three times: DB_HASH names the part', async (how) => {
		const net = network((url, _, honest) =>
			url === chunkUrl(2) ? inPieces(damage(honest, how, 100)) : null,
		);
		const error = await failure(load(net));
		expect(error?.code).toBe('DB_HASH');
		expect(error?.message).toContain('Part 3 of 5 of the database is damaged');
		expect(net.requests.filter((url) => url === chunkUrl(2)).length).toBe(3);
	});

	test('a web page with status 200 is DB_HASH', async () => {
		const html = { 'content-type': 'text/html; charset=utf-8' };
		const net = network((url, _, honest) => (url === chunkUrl(0) ? inPieces(honest, html) : null));
		const error = await failure(load(net));
		expect(error?.message).toContain('a web page came instead');
		expect(error?.code).toBe('DB_HASH');
	});

	test('404 is DB_MISSING and says so', async () => {
		const net = network((url) => (url === chunkUrl(4) ? new Response('', { status: 404 }) : null));
		const error = await failure(load(net));
		expect(error?.code).toBe('DB_MISSING');
		expect(error?.message).toContain('Part 5 of 5 of the database did not arrive');
		expect(error?.message).toContain('404');
	});

	test('a server that is not reached is DB_MISSING, a device without network DB_OFFLINE', async () => {
		const refusing = network((url) => {
			if (url === chunkUrl(0)) throw new TypeError('Failed to fetch');
			return null;
		});
		expect((await failure(load(refusing)))?.code).toBe('DB_MISSING');
		let calls = 0;
		const going = network(
			() => null,
			() => calls++ < 4,
		);
		expect((await failure(load(going)))?.code).toBe('DB_OFFLINE');
		const offline = network(
			() => null,
			() => false,
		);
		expect((await failure(load(offline)))?.code).toBe('DB_OFFLINE');
	});

	test('a stalled part is tried again, then DB_MISSING', async () => {
		const stalled = () => new Response(new ReadableStream({ start: () => undefined }));
		const once = network((url, time) => (url === chunkUrl(3) && time === 1 ? stalled() : null));
		expect(hashOf((await load(once)).bytes)).toBe(hashOf(SITE.database));
		const always = network((url) => (url === chunkUrl(3) ? stalled() : null));
		const error = await failure(load(always));
		expect(error?.code).toBe('DB_MISSING');
		expect(error?.message).toContain('nothing came for 15 seconds');
	});

	test('sound parts that do not make up the database are DB_HASH', async () => {
		const wrong = structuredClone(SITE.manifest);
		const database = wrong.snapshots[0]?.database;
		if (database) database.sha256 = hashOf(new Uint8Array(7));
		const net = network((url) => (url.endsWith('manifest.json') ? Response.json(wrong) : null));
		expect((await failure(load(net)))?.code).toBe('DB_HASH');
	});

	test('an unknown version, a damaged and a newer manifest have their own words', async () => {
		expect((await failure(load(network(), [], '7.7')))?.message).toBe(
			'This site has no snapshot 7.7; it has 1.0.',
		);
		const answer = (text: string) => network(() => new Response(text));
		expect((await failure(load(answer('{'))))?.code).toBe('DB_HASH');
		expect((await failure(load(answer('<!doctype html>'))))?.code).toBe('DB_HASH');
		expect((await failure(load(answer('{"format": 2}'))))?.code).toBe('DB_FORMAT');
	});

	test('a manifest cannot point outside its folder', async () => {
		const evil = structuredClone(SITE.manifest);
		const chunk = evil.snapshots[0]?.chunks[0];
		if (chunk) chunk.name = '../../evil.bin';
		const net = network((url) => (url.endsWith('manifest.json') ? Response.json(evil) : null));
		expect((await failure(load(net)))?.code).toBe('DB_HASH');
		expect(net.requests.length).toBe(1);
	});

	test('an abort ends it', async () => {
		const controller = new AbortController();
		const net = network(() => {
			controller.abort();
			return null;
		});
		const work = loadSnapshot(
			{ network: net.effects, cache: createContentCache([]) },
			{ version: '', baseUrl: BASE, onProgress: () => undefined, signal: controller.signal },
		);
		expect((await failure(work))?.name).toBe('AbortError');
	});
});

describe('loadSnapshot(): the cache', () => {
	test('a second visit fetches the manifest only, a visit without network nothing', async () => {
		const store = memoryStore();
		const first = await load(network(), [store]);
		expect(first.notStored).toBeUndefined();
		const second = network();
		expect((await load(second, [store])).openedFrom).toBe('cache');
		expect(second.requests).toEqual([`${BASE}stat-db/manifest.json`]);
		const offline = network(
			() => null,
			() => false,
		);
		const third = await load(offline, [store]);
		expect([third.openedFrom, hashOf(third.bytes)]).toEqual(['cache', hashOf(SITE.database)]);
	});

	test('keeps the database and the manifest, no parts, nothing of older data', async () => {
		const store = memoryStore();
		store.files.set('a'.repeat(64), new Uint8Array(5));
		await load(network(), [store]);
		expect([...store.files.keys()].sort()).toEqual(['manifest.json', hashOf(SITE.database)].sort());
	});

	test('a server that does not answer does not hold a cached copy up', async () => {
		const store = memoryStore();
		await load(network(), [store]);
		const silent = network(() => new Promise<never>(() => undefined));
		expect((await load(silent, [store])).openedFrom).toBe('cache');
	});

	test('a damaged copy is dropped and fetched again', async () => {
		const store = memoryStore();
		await load(network(), [store]);
		const copy = store.files.get(hashOf(SITE.database));
		if (copy) copy[1_234] = (copy[1_234] ?? 0) ^ 1;
		const again = await load(network(), [store]);
		expect([again.openedFrom, hashOf(again.bytes)]).toEqual(['network', hashOf(SITE.database)]);
		expect((await load(network(), [store])).openedFrom).toBe('cache');
	});

	test('a damaged cached manifest is no obstacle', async () => {
		const store = memoryStore();
		await load(network(), [store]);
		store.files.set('manifest.json', new TextEncoder().encode('{'));
		expect((await load(network(), [store])).openedFrom).toBe('cache');
	});

	test('a visit that was cut off goes on where it stopped', async () => {
		const store = memoryStore();
		const cut = network((url) => (url === chunkUrl(4) ? new Response('', { status: 404 }) : null));
		await failure(load(cut, [store]));
		const rest = network();
		await load(rest, [store]);
		expect(rest.requests.slice(1)).toEqual([chunkUrl(4)]);
	});

	test.each([
		['SecurityError', 'STORE_BLOCKED'],
		['QuotaExceededError', 'STORE_QUOTA'],
	])('storage that throws %s: the data is there, and %s says so', async (name, code) => {
		const { bytes, notStored } = await load(network(), [failingStore(name)]);
		expect([hashOf(bytes), notStored]).toEqual([hashOf(SITE.database), code]);
	});

	test('the second store takes what the first refuses', async () => {
		const second = memoryStore();
		const stores = [failingStore('SecurityError'), second];
		expect((await load(network(), stores)).notStored).toBeUndefined();
		expect((await load(network(), stores)).openedFrom).toBe('cache');
	});
});

function damage(bytes: Uint8Array, how: string, at: number): Uint8Array {
	if (how === 'cut') return bytes.slice(0, at);
	if (how === 'longer') return Uint8Array.from([...bytes, 0]);
	const flipped = bytes.slice();
	flipped[at] = (flipped[at] ?? 0) ^ 4;
	return flipped;
}
