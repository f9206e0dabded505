import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/**
 * Where datasets are downloaded from when the visitor says so: the hub, and the hosts that it sends a
 * request for a file on to. Nothing else of the site asks another origin.
 * @type {`https://${string}.${string}`[]}
 */
const MIRRORS = [
	'https://huggingface.co',
	'https://cdn-lfs.hf.co',
	'https://cdn-lfs-us-1.hf.co',
	'https://cas-bridge.xethub.hf.co',
	'https://us.aws.cdn.hf.co',
];

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ fallback: '404.html', strict: true }),
		paths: { base: /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? ''), relative: true },
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self', ...MIRRORS],
				'worker-src': ['self', 'blob:'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'object-src': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'lemur-worker'],
			},
		},
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' },
	},
};

export default config;
