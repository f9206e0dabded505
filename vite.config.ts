import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();

/** Folders of pure functions: no tfjs, no store, no global that a test changes. */
const PURE = ['metrics', 'picture', 'stats', 'transforms', 'ui', 'url', 'xlsx'].map(
	(folder) => `src/lib/${folder}/**/*.test.ts`,
);

const inNode = {
	environment: 'node',
	exclude: ['src/**/*.browser.test.ts', 'src/**/*.svelte.test.ts'],
	setupFiles: ['scripts/property-limits.ts'],
	pool: 'threads' as const,
	maxWorkers: 2,
	testTimeout: 30_000,
};

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	// Found at first use otherwise, which reloads the page in the middle of a test or of a first visit.
	optimizeDeps: {
		include: [
			'sql.js',
			'idb',
			'idb-keyval',
			'valibot',
			'fflate',
			'plotly.js-strict-dist-min',
			'bits-ui',
			'@leeoniya/ufuzzy',
			'@noble/hashes/legacy.js',
			'@noble/hashes/sha2.js',
			'hyparquet',
			'@noble/hashes/utils.js',
			'@tensorflow/tfjs-core',
			'@tensorflow/tfjs-backend-cpu',
			'@tensorflow/tfjs-backend-webgl',
			'@tensorflow/tfjs-backend-webgpu',
			'@jax-js/jax',
		],
	},
	build: { target: 'es2022' },
	test: {
		// A loaded machine answers late; what never comes fails all the same.
		expect: { requireAssertions: true, poll: { timeout: 20_000 } },
		projects: [
			{
				extends: true,
				test: {
					...inNode,
					name: 'pure',
					include: PURE,
					// Functions without state: their files share a module graph, which halves the time.
					isolate: false,
				},
			},
			{
				extends: true,
				test: {
					...inNode,
					name: 'server',
					include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
					exclude: [...inNode.exclude, ...PURE],
				},
			},
			{
				extends: true,
				// Runners of reference vectors that are written for Node run in the browser as well.
				resolve: {
					alias: {
						'node:util': fileURLToPath(
							new URL('scripts/oracles/node-util.browser.ts', import.meta.url),
						),
					},
				},
				test: {
					name: 'browser',
					include: ['src/**/*.browser.test.ts', 'src/**/*.svelte.test.ts'],
					testTimeout: 30_000,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
						}),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
});
