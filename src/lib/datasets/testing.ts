/** A library for Node tests: a store in memory, and this repository's `static` folder as the site. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createMemoryStore } from '../store/memory';
import type { Store } from '../store/store';
import type { Samples } from './shard';
import type { SampleStream } from './decode/stream';
import { Library, type LibraryEffects } from './library';
import { DATASET_COLLECTIONS } from './shard-store';

export const SITE = 'http://site.test/';
const STATIC = new URL('../../../static/', import.meta.url);

/** Answers from `static`; 404 for what is not there. */
export async function fetchStatic(url: string): Promise<Response> {
	const path = url.startsWith(SITE) ? url.slice(SITE.length) : '';
	try {
		return new Response(new Uint8Array(await readFile(fileURLToPath(new URL(path, STATIC)))));
	} catch {
		return new Response('', { status: 404 });
	}
}

export function memoryStore(): Store {
	return createMemoryStore({ name: 'test', collections: DATASET_COLLECTIONS });
}

/** A network whose timers never run out, for tests that are stopped at a debugger or a slow disk. */
export const calmNetwork = {
	fetch: fetchStatic,
	online: () => true,
	timer: () => () => undefined,
};

/** Numbers its readings; locks are always free. */
export function testLibrary(effects: Partial<LibraryEffects> = {}): Library {
	let generations = 0;
	return new Library({
		store: memoryStore(),
		network: calmNetwork,
		siteRoot: SITE,
		decode: {},
		newGeneration: () => `g${generations++}`,
		alone: (_name, _wait, work) => work(),
		...effects,
	});
}

/** A stream of made samples: label i mod classes, every byte of a picture the same. */
export function madeStream(options: {
	readonly samples: number;
	readonly classes?: number;
	readonly size?: readonly [number, number];
	readonly channels?: 1 | 3;
	/** samples per piece */
	readonly piece?: number;
}): SampleStream {
	const { samples, classes = 10, size = [28, 28], channels = 1, piece = 1000 } = options;
	const [height, width] = size;
	const each = height * width * channels;
	return {
		split: 'train',
		names: ['made'],
		expected: samples,
		size,
		async *samples(from) {
			for (let at = from; at < samples; at += piece) {
				const n = Math.min(piece, samples - at);
				const pixels = new Uint8Array(n * each);
				for (let i = 0; i < n; i++) pixels.fill((at + i) % 251, i * each, (i + 1) * each);
				const labels = Array.from({ length: n }, (_, i) => (at + i) % classes);
				yield { pixels, labels, height, width, channels } satisfies Samples;
			}
		},
	};
}
