import { describe, expect, it } from 'vitest';
import type { NamedBlob } from './stream';
import { file, gzip, tar } from './testing';
import { unpack } from './unpack';

const text = (length: number) => Uint8Array.from({ length }, (_, i) => i % 251);

async function opened(files: readonly NamedBlob[], limit = 100_000) {
	const read: number[] = [];
	const signal = new AbortController().signal;
	const limits = { entries: 5, bytes: limit };
	const plain = await unpack(files, { limits, signal, onBytes: (bytes) => read.push(bytes) });
	const sizes = plain.map(({ name, blob }) => [name, blob.size]);
	return { sizes, read };
}

describe('unpack()', () => {
	it('opens archives and inflates, by content as well as by name', async () => {
		const archive = gzip(tar({ 'x/a.bin': text(2000), 'x/b.bin': text(5) }));
		const { sizes, read } = await opened([
			file('all.tar.gz', archive),
			file('nameless', archive),
			file('c.bin.gz', gzip(text(3000))),
			file('d.bin', text(7)),
		]);
		const pair = [
			['x/a.bin', 2000],
			['x/b.bin', 5],
		];
		expect(sizes).toStrictEqual([...pair, ...pair, ['c.bin', 3000], ['d.bin', 7]]);
		const total = archive.length * 2 + gzip(text(3000)).length + 7;
		expect(read.at(-1)).toBe(total);
		expect([...read].sort((a, b) => a - b)).toStrictEqual(read);
	});

	it('names a file that is cut or damaged', async () => {
		const packed = gzip(text(5000));
		const cut = opened([file('a.gz', packed.subarray(0, packed.length - 9))]);
		await expect(cut).rejects.toThrow('a.gz: it is cut or damaged');
		const flipped = packed.slice();
		flipped[packed.length - 6] = (flipped[packed.length - 6] ?? 0) ^ 1;
		await expect(opened([file('a.gz', flipped)])).rejects.toMatchObject({ code: 'DATASET_FILE' });
	});

	it('stops a bomb when it has grown too large, not at its end', async () => {
		const bomb = gzip(new Uint8Array(30_000_000));
		expect(bomb.length).toBeLessThan(40_000);
		await expect(opened([file('bomb.gz', bomb)])).rejects.toThrow('inflates to more');
	});

	it('stops when the visitor does', async () => {
		const controller = new AbortController();
		const work = unpack([file('a.gz', gzip(text(5000)))], {
			limits: { entries: 1, bytes: 10_000 },
			signal: controller.signal,
			onBytes: () => controller.abort(),
		});
		await expect(work).rejects.toMatchObject({ name: 'AbortError' });
	});
});
