import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../db/sha256';
import type { MirrorFile } from './dataset';
import {
	download,
	downloadsIn,
	forget,
	type DownloadFetch,
	type DownloadOptions,
} from './download';
import { memoryStore } from './testing';

const SIZE = 20_000_000; // three parts
const content = Uint8Array.from({ length: SIZE }, (_, i) => (i * 31) >> 7);
const url = 'https://mirror.test/file';
const file: MirrorFile = { split: 'train', url, bytes: SIZE, sha256: await sha256(content) };

/** A host that gives at most `cut` bytes per answer, and parts of files if `ranges`. */
function host(options: { cut?: number; ranges?: boolean; bytes?: Uint8Array; length?: boolean }) {
	const { cut = Infinity, ranges = true, bytes = content, length = true } = options;
	const asked: (string | undefined)[] = [];
	const fetch: DownloadFetch = async (_url, { headers }) => {
		asked.push(headers?.Range);
		const from = headers?.Range ? Number(/bytes=(\d+)-/.exec(headers.Range)?.[1]) : 0;
		if (from > 0 && !ranges) throw new TypeError('Failed to fetch');
		const rest = bytes.subarray(from);
		let at = 0;
		const body = new ReadableStream<Uint8Array>({
			pull(controller) {
				if (at >= Math.min(cut, rest.length))
					return rest.length > cut ? controller.error(new TypeError('cut')) : controller.close();
				controller.enqueue(rest.subarray(at, Math.min(cut, (at += 1_000_000))));
			},
		});
		const size = length ? { 'content-length': String(rest.length) } : {};
		return new Response(body, { status: from > 0 ? 206 : 200, headers: size });
	};
	return { asked, fetch };
}

function settings(fetch: DownloadFetch, change: Partial<DownloadOptions> = {}): DownloadOptions {
	const timer = (ms: number, done: () => void) => {
		if (ms < 5_000) done();
		return () => undefined;
	};
	return {
		store: memoryStore(),
		network: { fetch, timer, online: () => true },
		signal: new AbortController().signal,
		onBytes: () => undefined,
		...change,
	};
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('download()', () => {
	it('fetches a file and tells how far it is', async () => {
		const seen: number[] = [];
		const onBytes = (done: number) => seen.push(done);
		const blob = await download(file, settings(host({}).fetch, { onBytes }));
		expect(await sha256(await bytesOf(blob))).toBe(file.sha256);
		expect(seen.at(-1)).toBe(SIZE);
	});

	it('asks for the rest after a cut', async () => {
		const { asked, fetch } = host({ cut: 9_500_000 });
		const blob = await download(file, settings(fetch));
		expect(blob.size).toBe(SIZE);
		expect(asked).toStrictEqual([undefined, 'bytes=9500000-', 'bytes=19000000-']);
	});

	it('goes on in another session where it was stopped', async () => {
		const store = memoryStore();
		const controller = new AbortController();
		const onBytes = (done: number) => done > 12_000_000 && controller.abort();
		const stopped = download(
			file,
			settings(host({}).fetch, { store, signal: controller.signal, onBytes }),
		);
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		const here = (await downloadsIn(store)).get(url) ?? 0;
		expect(here).toBeGreaterThan(8_000_000);
		const { asked, fetch } = host({});
		const blob = await download(file, settings(fetch, { store }));
		expect(asked).toStrictEqual([`bytes=${here}-`]);
		expect(await sha256(await bytesOf(blob))).toBe(file.sha256);
	});

	it('reads from the start again where a host allows pages no parts, without storing twice', async () => {
		const store = memoryStore();
		const controller = new AbortController();
		const onBytes = (done: number) => done > 9_000_000 && controller.abort();
		const first = settings(host({}).fetch, { store, signal: controller.signal, onBytes });
		await download(file, first).catch(() => undefined);
		const { asked, fetch } = host({ ranges: false });
		const blob = await download(file, settings(fetch, { store }));
		expect(asked).toHaveLength(2);
		expect(asked[1]).toBeUndefined();
		expect(await sha256(await bytesOf(blob))).toBe(file.sha256);
	});

	it('drops a file whose hash is wrong, and says so', async () => {
		const store = memoryStore();
		const other = content.slice();
		other[5] = (other[5] ?? 0) ^ 1;
		const work = download(file, settings(host({ bytes: other }).fetch, { store }));
		await expect(work).rejects.toThrow(
			'The file of mirror.test cannot be used: it arrived damaged',
		);
		expect((await downloadsIn(store)).size).toBe(0);
		expect(await store.scan('parts')).toHaveLength(0);
	});

	it('takes what comes where neither hash nor length is known', async () => {
		const about: MirrorFile = { split: 'test', url, bytes: 21_000_000 };
		for (const length of [true, false]) {
			const blob = await download(about, settings(host({ length }).fetch));
			expect(blob.size).toBe(SIZE);
		}
	});

	it('gives up after three tries, with the reason and what to do', async () => {
		const blocked: DownloadFetch = async () => Promise.reject(new TypeError('Failed to fetch'));
		const work = download(file, settings(blocked));
		await expect(work).rejects.toThrow(
			'mirror.test did not give the file: the page was not let through',
		);
		const page: DownloadFetch = async () =>
			new Response('<html>', { headers: { 'content-type': 'text/html' } });
		await expect(download(file, settings(page))).rejects.toThrow('a web page came instead');
		const gone: DownloadFetch = async () => new Response('', { status: 404 });
		await expect(download(file, settings(gone))).rejects.toThrow('its server answered 404');
		const offline = settings(blocked);
		const network = { ...offline.network, online: () => false };
		await expect(download(file, { ...offline, network })).rejects.toMatchObject({
			code: 'DATASET_OFFLINE',
		});
	});

	it('is forgotten on request', async () => {
		const store = memoryStore();
		const controller = new AbortController();
		const onBytes = (done: number) => done > 9_000_000 && controller.abort();
		const options = settings(host({}).fetch, { store, signal: controller.signal, onBytes });
		await download(file, options).catch(() => undefined);
		expect((await store.scan('parts')).length).toBeGreaterThan(0);
		await forget(store, url);
		expect(await store.scan('parts')).toHaveLength(0);
	});
});

/** As the mirrors are: a redirect to another address, parts of files; the first answers are cut off. */
async function realHost(cuts: number) {
	const ranges: (string | undefined)[] = [];
	const server = createServer((request, response) => {
		if (request.url !== '/stored')
			return void response.writeHead(302, { location: '/stored' }).end();
		ranges.push(request.headers.range);
		const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
		const rest = content.subarray(from);
		const headers = { 'content-length': rest.length };
		response.writeHead(from > 0 ? 206 : 200, headers);
		if (ranges.length > cuts) return void response.end(rest);
		// Time for the reader to take it: what is still under way when a connection breaks is lost.
		response.write(rest.subarray(0, 1_000_000), () => setTimeout(() => response.destroy(), 300));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const stop = () =>
		new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
	return { address: `http://127.0.0.1:${port}/resolve/file`, ranges, stop };
}

describe('download() over real connections', () => {
	const network = {
		fetch: (url: string, init: RequestInit) => fetch(url, init),
		timer: (_ms: number, done: () => void) => {
			const handle = setTimeout(done, _ms < 5_000 ? 1 : _ms);
			return () => clearTimeout(handle);
		},
		online: () => true,
	};

	it('follows the redirect, goes on where it was cut off, and checks the whole', async () => {
		const { address, ranges, stop } = await realHost(2);
		try {
			const blob = await download({ ...file, url: address }, settings(network.fetch, { network }));
			expect(await sha256(await bytesOf(blob))).toBe(file.sha256);
			expect(ranges).toHaveLength(3);
			expect(ranges[0]).toBeUndefined();
			for (const range of ranges.slice(1)) expect(range).toMatch(/^bytes=[1-9]\d*-$/);
		} finally {
			await stop();
		}
	});

	it('a host that always cuts: after three tries it is said, and what arrived is kept', async () => {
		const { address, stop } = await realHost(Infinity);
		const options = settings(network.fetch, { network });
		try {
			const work = download({ ...file, url: address }, options);
			await expect(work).rejects.toThrow(/127\.0\.0\.1.* What arrived is kept/);
			expect([...(await downloadsIn(options.store)).values()][0]).toBeGreaterThan(0);
		} finally {
			await stop();
		}
	});
});
