import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { HandlerContext } from '../worker/rpc';
import { cifarFile, file } from './decode/testing';
import { libraryHandlers } from './library-engine';
import { testLibrary } from './testing';

function setUp(now: () => number) {
	const library = testLibrary();
	const sent: unknown[] = [];
	const context: HandlerContext = {
		signal: new AbortController().signal,
		progress: (event) => sent.push(event),
	};
	return { handlers: libraryHandlers({ library: Promise.resolve(library), now }), context, sent };
}

/** In many pieces, as a large file comes. */
const packed = gzipSync(cifarFile([1, 2]));
const pieces = Array.from(packed, (byte) => Uint8Array.of(byte));
const files = [
	{ name: 'data_batch_1.bin.gz', blob: new Blob(pieces) },
	file('test_batch.bin', cifarFile([3])),
];
const load = { dataset: 'cifar-10', origin: 'files' as const, files };

describe('libraryHandlers()', () => {
	it('tells no more than can be read, but the end of every step', async () => {
		const standing = setUp(() => 0);
		await standing.handlers.load.run(load, standing.context);
		const running = setUp(
			(
				(time) => () =>
					(time += 1000)
			)(0),
		);
		await running.handlers.load.run(load, running.context);
		expect(standing.sent.length).toBeLessThan(running.sent.length);
		for (const { sent } of [standing, running])
			expect(sent.at(-1)).toMatchObject({ step: 'store', split: 'test', samples: 1 });
	});

	it('shows samples of several shards without taking one twice', async () => {
		const { handlers, context } = setUp(() => 0);
		await handlers.load.run({ dataset: 'digits', origin: 'site', files: [] }, context);
		const asked = { dataset: 'digits', split: 'train' as const, count: 200, seed: 7 };
		const { pictures } = await handlers.preview.run(asked, context);
		expect(new Set(pictures.map(({ index }) => index)).size).toBe(200);
		const again = await handlers.preview.run(asked, context);
		expect(again.pictures.map(({ index }) => index)).toStrictEqual(
			pictures.map(({ index }) => index),
		);
	});
});
