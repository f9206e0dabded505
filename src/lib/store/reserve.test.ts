import { describe, expect, it } from 'vitest';
import { createMemoryFiles, type FilesFault } from './files';
import { createReserve } from './reserve';

const BYTES = 10_000_000;

function world(free = 1e9, fault?: FilesFault) {
	const contents = new Map<string, Uint8Array>();
	const files = createMemoryFiles(contents, fault);
	const estimate = async () => ({ usage: 5e9 - free, quota: 5e9 });
	return { contents, reserve: createReserve({ files, estimate, bytes: BYTES }) };
}

const sizes = (contents: ReadonlyMap<string, Uint8Array>) =>
	[...contents.values()].map(({ length }) => length);

describe('room kept aside', () => {
	it('is there once, and can be given up once', async () => {
		const { contents, reserve } = world();
		await reserve.keep();
		await reserve.keep();
		expect(sizes(contents)).toEqual([BYTES]);
		expect(await reserve.release()).toBe(true);
		expect(contents.size).toBe(0);
		expect(await reserve.release()).toBe(false);
	});

	it('is not taken where room is scarce or not known', async () => {
		const scarce = world(9 * BYTES);
		await scarce.reserve.keep();
		expect(scarce.contents.size).toBe(0);
		const files = createMemoryFiles();
		const unknown = createReserve({ files, estimate: async () => ({ usage: null, quota: null }) });
		await unknown.keep();
		expect(await files.list()).toEqual([]);
	});

	it('a disk that fills up while it is written leaves nothing of it', async () => {
		const { contents, reserve } = world(1e9, { kind: 'full', at: 2 });
		await expect(reserve.keep()).resolves.toBeUndefined();
		expect(contents.size).toBe(0);
	});

	it('is not back after it was given up while being written', async () => {
		const { contents, reserve } = world();
		const [, released] = await Promise.all([reserve.keep(), reserve.release()]);
		expect([released, contents.size]).toEqual([true, 0]);
	});
});
