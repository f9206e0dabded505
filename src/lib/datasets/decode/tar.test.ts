import { describe, expect, it } from 'vitest';
import { readTar } from './tar';
import { tar } from './testing';

const LIMITS = { entries: 10, bytes: 10_000 };

/** In pieces of an odd size, as a network gives them. */
async function* pieces(bytes: Uint8Array, size = 700) {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const text = (length: number) => Uint8Array.from({ length }, (_, i) => i % 251);

describe('readTar()', () => {
	it('gives every file with its bytes, whatever the pieces are', async () => {
		const long = `${'folder/'.repeat(20)}name.bin`;
		const archive = tar({ 'a/b.bin': text(1000), [long]: text(3), empty: text(0) });
		for (const size of [1, 511, 512, 100_000]) {
			const files = await readTar('x.tar', pieces(archive, size), LIMITS);
			expect(files.map(({ name }) => name)).toStrictEqual(['a/b.bin', long, 'empty']);
			expect(new Uint8Array(await (files[0]?.blob ?? new Blob()).arrayBuffer())).toStrictEqual(
				text(1000),
			);
		}
	});

	it('names an archive that is cut, wherever it is cut', async () => {
		const archive = tar({ a: text(1000), b: text(1000) });
		for (let length = 0; length < archive.length - 1024; length += 97) {
			const whole = length % 512 === 0 && length === 1536; // after the first file, between two
			if (whole) continue;
			const cut = readTar('x.tar', pieces(archive.subarray(0, length)), LIMITS);
			await expect(cut).rejects.toMatchObject({ code: 'DATASET_FILE' });
		}
	});

	it('notices a damaged head', async () => {
		const archive = tar({ a: text(1000) });
		archive[3] = 1;
		await expect(readTar('x.tar', pieces(archive), LIMITS)).rejects.toThrow(
			'x.tar: the archive is damaged',
		);
	});

	it('stops at its limits, whatever sizes the heads claim', async () => {
		const many = tar(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`f${i}`, text(1)])));
		await expect(readTar('x.tar', pieces(many), LIMITS)).rejects.toThrow('more than this dataset');
		const large = tar({ a: text(10_001) });
		await expect(readTar('x.tar', pieces(large), LIMITS)).rejects.toThrow('more than this dataset');
	});
});
