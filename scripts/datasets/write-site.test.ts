import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnist } from '../../src/lib/datasets/mnist';
import { ShardStore } from '../../src/lib/datasets/shard-store';
import { readSite } from '../../src/lib/datasets/site';
import { calmNetwork, madeStream, memoryStore, SITE } from '../../src/lib/datasets/testing';
import { isWritten, writeSite } from './write-site';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'datasets-'));
});
afterAll(() => rm(folder, { recursive: true }));

const streams = (samples: number) => [
	madeStream({ samples }),
	{ ...madeStream({ samples: 20 }), split: 'test' as const },
];

const fetchFolder = async (url: string) => {
	const name = url.slice(`${SITE}datasets/mnist/`.length);
	return new Response(new Uint8Array(await readFile(join(folder, name))));
};

describe('writeSite()', () => {
	it('writes what the page reads, and the same bytes each time', async () => {
		await writeSite(folder, mnist, 'made@1', streams(300));
		const before = await readdir(folder);
		await writeSite(folder, mnist, 'made@1', streams(300));
		expect(await readdir(folder)).toStrictEqual(before);
		const store = new ShardStore(memoryStore());
		const record = await readSite(store, mnist, 'train', {
			network: { ...calmNetwork, fetch: fetchFolder },
			siteRoot: SITE,
			newGeneration: () => 'g',
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
		expect(record.classes).toStrictEqual(new Array(10).fill(30));
		const { pixels } = (await store.read(record, 0)).picture(299);
		expect(pixels[0]).toBe(299 % 251);
	});

	it('leaves other files alone and removes its own old ones', async () => {
		await writeFile(join(folder, 'note.txt'), 'mine');
		await writeSite(folder, mnist, 'made@2', streams(40));
		const names = await readdir(folder);
		expect(names).toContain('note.txt');
		expect(names.filter((name) => name.endsWith('.bin'))).toHaveLength(2);
	});
});

describe('isWritten()', () => {
	it('is true only for the same source with every file whole', async () => {
		await writeSite(folder, mnist, 'made@3', streams(40));
		expect(await isWritten(folder, 'made@3')).toBe(true);
		expect(await isWritten(folder, 'made@4')).toBe(false);
		const [shard = ''] = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
		await truncate(join(folder, shard), 10);
		expect(await isWritten(folder, 'made@3')).toBe(false);
		await rm(join(folder, shard));
		expect(await isWritten(folder, 'made@3')).toBe(false);
		expect(await isWritten(join(folder, 'nowhere'), 'made@3')).toBe(false);
	});
});
