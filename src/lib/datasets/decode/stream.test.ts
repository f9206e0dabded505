import { describe, expect, it } from 'vitest';
import { baseName, bytesOf } from './stream';

describe('baseName()', () => {
	it('is the last part of a path, without .gz', () => {
		expect(baseName('cifar-10-batches-bin/data_batch_1.bin')).toBe('data_batch_1.bin');
		expect(baseName('C:\\data\\train-images.GZ')).toBe('train-images');
		expect(baseName('plain')).toBe('plain');
	});
});

describe('bytesOf()', () => {
	it('reads a part, and no further than the file goes', async () => {
		const blob = new Blob([Uint8Array.of(1, 2, 3, 4)]);
		expect(await bytesOf(blob, 1, 3)).toStrictEqual(Uint8Array.of(2, 3));
		expect(await bytesOf(blob, 2, 90)).toStrictEqual(Uint8Array.of(3, 4));
	});
});
