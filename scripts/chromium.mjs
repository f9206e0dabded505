// Finds the Chromium that tests and benchmarks drive: CHROMIUM_PATH, the usual system paths, then
// Playwright's own cache. It never downloads anything; scripts/test.mjs decides what to do without one.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SYSTEM_PATHS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/snap/bin/chromium',
	'/opt/google/chrome/chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const CACHED_BINARIES = [
	'chrome-linux64/chrome',
	'chrome-linux/chrome',
	'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
	'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
	'chrome-win/chrome.exe',
	'chrome-win64/chrome.exe',
];

/** Flags for a quiet headless run without network chatter, with the software WebGPU adapter. */
export const chromiumArgs = [
	'--no-sandbox',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--enable-unsafe-webgpu',
	'--use-webgpu-adapter=swiftshader',
];

/** @returns {string[]} every Chromium in Playwright's cache, newest revision first */
function cachedBinaries() {
	const roots = [
		process.env.PLAYWRIGHT_BROWSERS_PATH,
		join(homedir(), '.cache', 'ms-playwright'),
		join(homedir(), 'Library', 'Caches', 'ms-playwright'),
		join(homedir(), 'AppData', 'Local', 'ms-playwright'),
	].filter((root) => root !== undefined && existsSync(root));
	return roots.flatMap((root) =>
		readdirSync(/** @type {string} */ (root))
			.filter((name) => name.startsWith('chromium-'))
			.sort()
			.reverse()
			.flatMap((name) =>
				CACHED_BINARIES.map((binary) => join(/** @type {string} */ (root), name, binary)),
			),
	);
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} path of the browser, undefined when there is none
 * @throws when CHROMIUM_PATH is set and does not exist: a wrong setting must not be passed over
 */
export function findChromium(env = process.env) {
	if (env.CHROMIUM_PATH) {
		if (existsSync(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH is set to ${env.CHROMIUM_PATH}, but no such file exists.`);
	}
	return [...SYSTEM_PATHS, ...cachedBinaries()].find((path) => existsSync(path));
}
