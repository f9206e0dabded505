// Serves build/ as any static host would, without dependencies: `npm start`, `npm run preview` and the
// end-to-end tests use it. PORT (default 4173), BASE_PATH as given to the build. No special headers.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));

/** @type {Record<string, string>} */
const MEDIA_TYPES = {
	'.bin': 'application/octet-stream',
	'.css': 'text/css; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.md': 'text/markdown; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.ts': 'text/plain; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
};

/** Files whose names carry their hashes: a browser need never ask for them again. */
const IMMUTABLE = /^\/(_app\/immutable\/.+|stat-db\/[^/]+\.bin|datasets\/[^/]+\/[^/]+\.bin)$/;

/**
 * @typedef {object} ServeOptions
 * @property {string} [root] folder to serve
 * @property {string} [base] '' or '/sub': the path below which the site lives
 *
 * @typedef {{ file: string, status: number } | { redirect: string } | undefined} Target
 */

/**
 * @param {string} path
 * @returns {Promise<'file' | 'folder' | undefined>}
 */
async function kindOf(path) {
	const found = await stat(path).catch(() => undefined);
	return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;
}

/**
 * @param {string} root
 * @param {string} pathname decoded, below the base, starting with '/'
 * @returns {Promise<Target>}
 */
async function find(root, pathname) {
	const path = resolve(root, `.${pathname}`);
	if (path !== root && !path.startsWith(root + sep)) return undefined;
	const kind = pathname.includes('\0') ? undefined : await kindOf(path);
	if (kind === 'file' && !pathname.endsWith('/')) return { file: path, status: 200 };
	if (kind !== 'folder' || (await kindOf(join(path, 'index.html'))) !== 'file') return undefined;
	if (!pathname.endsWith('/')) return { redirect: `${pathname}/` };
	return { file: join(path, 'index.html'), status: 200 };
}

/**
 * @param {string} url
 * @returns {string | undefined} the decoded path, undefined when it cannot be decoded
 */
function pathOf(url) {
	try {
		return decodeURIComponent(new URL(url, 'http://localhost').pathname);
	} catch {
		return undefined;
	}
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function sayPlainly(response, status, text) {
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/**
 * @param {ServeOptions} [options]
 * @returns {import('node:http').RequestListener} answers GET and HEAD from a folder; a missing file is
 * 404.html with status 404
 */
export function createHandler({ root = BUILD, base = '' } = {}) {
	const folder = resolve(root);
	return async (request, response) => {
		const head = request.method === 'HEAD';
		if (request.method !== 'GET' && !head) return sayPlainly(response, 405, 'GET and HEAD only.');
		const path = pathOf(request.url ?? '/');
		if (path === undefined) return sayPlainly(response, 400, 'Not an address.');
		if (base !== '' && path === base) return redirect(response, `${base}/`);
		const inside = base === '' || path.startsWith(`${base}/`);
		const pathname = path.slice(base.length);
		const target = inside ? await find(folder, pathname) : undefined;
		if (target && 'redirect' in target) return redirect(response, base + target.redirect);
		const { file, status } = target ?? { file: join(folder, '404.html'), status: 404 };
		if ((await kindOf(file)) !== 'file') return sayPlainly(response, 404, 'Not found.');
		response.writeHead(status, {
			'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
			'content-length': (await stat(file)).size,
			'cache-control':
				status === 200 && IMMUTABLE.test(pathname)
					? 'public, max-age=31536000, immutable'
					: 'no-cache',
			'x-content-type-options': 'nosniff',
		});
		if (head) return response.end();
		createReadStream(file)
			.on('error', () => response.destroy())
			.pipe(response);
	};
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} path
 */
function redirect(response, path) {
	// One leading slash only: `//host/` would lead to another site.
	const location = encodeURI(path.replace(/^\/+/, '/'));
	response.writeHead(301, { location }).end();
}

/**
 * @param {ServeOptions & { port?: number, host?: string }} [options] port 0 takes any free one
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 * @throws {Error} in words, when the port is taken
 */
export function serve({ port = 4173, host, base = '', ...options } = {}) {
	const server = createServer(createHandler({ base, ...options }));
	return new Promise((resolvePromise, reject) => {
		server.once('error', (error) => {
			const code = 'code' in error ? error.code : undefined;
			if (code !== 'EADDRINUSE') return reject(error);
			reject(new Error(`Port ${port} is taken. Choose another: PORT=${port + 1} npm start`));
		});
		server.listen(port, host, () => {
			const bound = server.address();
			const actual = typeof bound === 'object' && bound ? bound.port : port;
			resolvePromise({
				address: `http://localhost:${actual}${base}/`,
				close: () =>
					new Promise((done) => {
						server.close(() => done());
						server.closeAllConnections();
					}),
			});
		});
	});
}

/**
 * @param {string | undefined} text
 * @returns {number}
 */
function readPort(text) {
	const port = Number(text ?? 4173);
	if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
	throw new Error(`PORT is "${text}", but a port is a number from 0 to 65535.`);
}

async function main() {
	if ((await kindOf(join(BUILD, 'index.html'))) !== 'file') {
		throw new Error('There is no build yet. Run `npm run build` first, or `npm start` for both.');
	}
	const base = process.env.BASE_PATH ?? '';
	const { address } = await serve({ port: readPort(process.env.PORT), base });
	console.log(`LEMUR Web: ${address}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	main().catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
