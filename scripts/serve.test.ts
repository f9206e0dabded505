import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from './serve.mjs';

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'serve-'));
	const files = {
		'secret.txt': 'outside',
		'build/index.html': 'home',
		'build/404.html': 'not found',
		'build/explore/index.html': 'explore',
		'build/_app/immutable/a.wasm': 'wasm',
		'build/_app/version.json': '{}',
		'build/stat-db/1-abc.bin': 'chunk',
		'build/stat-db/manifest.json': '{}',
		'build/manifest.webmanifest': '{}',
		'build/empty/a.css': 'a{}',
	};
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(folder, path, '..'), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	server = await serve({ port: 0, root: join(folder, 'build'), base: '/sub' });
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true });
});

/** A request exactly as written: `fetch` would tidy the path up before sending it. */
function get(path: string, method = 'GET') {
	const { port } = new URL(server.address);
	return new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>(
		(resolve, reject) => {
			const sent = request({ port, path, method, host: 'localhost' }, (response) => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', (piece: string) => (text += piece));
				response.on('end', () =>
					resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
				);
			});
			sent.on('error', reject).end();
		},
	);
}

describe('serve()', () => {
	test('tells its address', () => {
		expect(server.address).toMatch(/^http:\/\/localhost:\d+\/sub\/$/);
	});

	test.each([
		['/sub/', 'home', 'text/html; charset=utf-8'],
		['/sub/explore/?a=1', 'explore', 'text/html; charset=utf-8'],
		['/sub/_app/immutable/a.wasm', 'wasm', 'application/wasm'],
		['/sub/stat-db/1-abc.bin', 'chunk', 'application/octet-stream'],
		['/sub/manifest.webmanifest', '{}', 'application/manifest+json; charset=utf-8'],
	])('%s', async (path, text, type) => {
		const answer = await get(path);
		expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, text, type]);
	});

	test('only files named by their hash are kept for ever', async () => {
		const cacheControl = async (path: string) => (await get(path)).headers['cache-control'];
		expect(await cacheControl('/sub/_app/immutable/a.wasm')).toContain('immutable');
		expect(await cacheControl('/sub/stat-db/1-abc.bin')).toContain('immutable');
		for (const path of ['/sub/', '/sub/stat-db/manifest.json', '/sub/_app/version.json']) {
			expect(await cacheControl(path)).toBe('no-cache');
		}
	});

	test('folders and the base get their slash', async () => {
		expect((await get('/sub')).headers.location).toBe('/sub/');
		expect((await get('/sub/explore')).headers.location).toBe('/sub/explore/');
	});

	test.each([
		'/sub/nowhere/',
		'/sub/empty/',
		'/sub/index.html/',
		'/',
		'/subway/',
		'/sub/../secret.txt',
		'/sub/..%2fsecret.txt',
		'/sub/%2e%2e/secret.txt',
		'/sub/explore/..%2f..%2f..%2fsecret.txt',
		'/sub/a%00b',
		'/sub//etc/passwd',
	])('%s is 404.html with status 404', async (path) => {
		const answer = await get(path);
		expect([answer.status, answer.text]).toEqual([404, 'not found']);
	});

	test('HEAD has no body, POST is refused, nonsense is answered', async () => {
		expect(await get('/sub/', 'HEAD')).toMatchObject({ status: 200, text: '' });
		expect((await get('/sub/', 'POST')).status).toBe(405);
		expect((await get('/sub/%zz')).status).toBe(400);
	});

	test('sends no isolation headers: no static host can be relied on for them', async () => {
		const { headers } = await get('/sub/');
		expect(headers['cross-origin-opener-policy']).toBeUndefined();
		expect(headers['cross-origin-embedder-policy']).toBeUndefined();
	});

	test('a taken port is said in words', async () => {
		const port = Number(new URL(server.address).port);
		await expect(serve({ port })).rejects.toThrow(`Port ${port} is taken.`);
	});
});
