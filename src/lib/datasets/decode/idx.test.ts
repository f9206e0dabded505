import { describe, expect, it } from 'vitest';
import { mnist } from '../mnist';
import { idx } from './idx';
import { allSamples, file, idxFile } from './testing';

const pixels = (count: number) => Uint8Array.from({ length: count * 784 }, (_, i) => (i * 3) % 256);
const images = (count: number) => idxFile([count, 28, 28], pixels(count));
const labels = (count: number) =>
	idxFile(
		[count],
		Uint8Array.from({ length: count }, (_, i) => i % 10),
	);

describe('idx', () => {
	it('pairs pictures and labels of each split, and goes on from any sample', async () => {
		const streams = await idx(
			[
				file('t10k-labels-idx1-ubyte', labels(3)),
				file('train-images-idx3-ubyte', images(12)),
				file('t10k-images-idx3-ubyte', images(3)),
				file('train-labels-idx1-ubyte', labels(12)),
				file('readme', new Uint8Array(40)),
			],
			mnist,
			{},
		);
		expect(streams.map(({ split, expected }) => [split, expected])).toStrictEqual([
			['train', 12],
			['test', 3],
		]);
		const [train] = streams;
		if (!train) throw new Error('no stream');
		const all = await allSamples(train);
		expect(all.map(({ label }) => label)).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
		expect(all[11]?.pixels).toStrictEqual(pixels(12).slice(11 * 784));
		expect(await allSamples(train, 7)).toStrictEqual(all.slice(7));
	});

	it('says what is wrong with a file', async () => {
		const read = (...files: [string, Uint8Array][]) =>
			idx(
				files.map(([name, bytes]) => file(name, bytes)),
				mnist,
				{},
			);
		const pair: [string, Uint8Array] = ['train-labels', labels(2)];
		await expect(read(['train-images', images(2).subarray(0, 1000)], pair)).rejects.toThrow(
			'train-images: it ends too early: 1000 of 1584 bytes',
		);
		const huge = idxFile([4_000_000_000, 28, 28], pixels(1));
		await expect(read(['train-images', huge], pair)).rejects.toThrow('ends too early');
		const longer = idxFile([1, 28, 28], pixels(2));
		await expect(read(['train-images', longer], pair)).rejects.toThrow('longer than its head');
		await expect(read(['train-images', images(2)])).rejects.toThrow('labels is missing');
		await expect(read(pair)).rejects.toThrow('pictures is missing');
		await expect(read(['pictures', images(2)], pair)).rejects.toThrow('“train” or “t10k”');
		await expect(read(['train-images', images(3)], pair)).rejects.toThrow('2 labels for the 3');
		const small = idxFile([2, 20, 20], new Uint8Array(800));
		await expect(read(['train-images', small], pair)).rejects.toThrow('20 × 20');
	});

	it('leaves other files to other readers', async () => {
		expect(await idx([file('a.txt', new Uint8Array(9))], mnist, {})).toStrictEqual([]);
	});
});
