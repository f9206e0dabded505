import { describe, expect, it } from 'vitest';
import type { HandlerContext } from '../worker/rpc';
import { loaderHandlers } from './loader-engine';
import { SITE, testLibrary } from './testing';

const context: HandlerContext = {
	signal: new AbortController().signal,
	progress: () => undefined,
};
const options = {
	dataset: 'digits',
	split: 'test' as const,
	transform: 'norm',
	batchSize: 200,
	shuffle: false,
	seed: 1,
};

describe('loaderHandlers()', () => {
	it('makes batches in the order of asking, and null after the last and for what was ended', async () => {
		const library = testLibrary();
		const handlers = loaderHandlers(async () => library);
		expect(() => handlers.begin.run({ run: 1, epoch: 1, from: 0 }, context)).toThrow('not opened');
		await handlers.open.run({ options, siteRoot: SITE, memory: null }, context);
		await handlers.begin.run({ run: 1, epoch: 1, from: 0 }, context);
		const asked = [1, 2, 3].map(() => handlers.next.run({ run: 1 }, context));
		const batches = await Promise.all(asked);
		expect(batches.map((batch) => batch?.indices[0] ?? null)).toStrictEqual([0, 200, null]);
		await handlers.end.run({ run: 1 }, context);
		expect(await handlers.next.run({ run: 1 }, context)).toBeNull();
	});

	it('fails every batch of a passage that cannot go on, not only the first', async () => {
		const library = testLibrary();
		const handlers = loaderHandlers(async () => library);
		await handlers.open.run({ options, siteRoot: SITE, memory: null }, context);
		library.read = () => Promise.reject(new Error('disk'));
		await handlers.begin.run({ run: 2, epoch: 1, from: 0 }, context);
		await expect(handlers.next.run({ run: 2 }, context)).rejects.toThrow('disk');
	});
});
