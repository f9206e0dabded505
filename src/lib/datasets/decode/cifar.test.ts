import { describe, expect, it } from 'vitest';
import { cifar10 } from '../cifar-10';
import { cifar100 } from '../cifar-100';
import { cifar } from './cifar';
import { allSamples, cifarFile, file, fixtures, inflated } from './testing';

/** Pixel `i` of the picture of `label`, as H,W,C. */
const pixelsOf = (label: number) =>
	Uint8Array.from({ length: 3072 }, (_, at) => {
		const [pixel, channel] = [Math.floor(at / 3), at % 3];
		return ((channel * 1024 + pixel) * 7 + label) % 256;
	});

describe('cifar', () => {
	it('reads batches in the order of their names, whatever order they come in', async () => {
		const streams = await cifar(
			[
				file('cifar-10-batches-bin/data_batch_2.bin', cifarFile([5, 6])),
				file('cifar-10-batches-bin/test_batch.bin', cifarFile([9])),
				file('cifar-10-batches-bin/batches.meta.txt', new Uint8Array(60)),
				file('cifar-10-batches-bin/data_batch_1.bin', cifarFile([1, 2, 3])),
			],
			cifar10,
			{},
		);
		const train = streams.find(({ split }) => split === 'train');
		expect(streams.map(({ split, expected }) => [split, expected])).toStrictEqual([
			['train', 5],
			['test', 1],
		]);
		if (!train) throw new Error('no stream');
		const all = await allSamples(train);
		expect(all.map(({ label }) => label)).toStrictEqual([1, 2, 3, 5, 6]);
		expect(all[3]?.pixels).toStrictEqual(pixelsOf(5));
		for (const from of [1, 3, 4])
			expect(await allSamples(train, from)).toStrictEqual(all.slice(from));
	});

	it('takes the fine label of CIFAR-100', async () => {
		const [stream] = await cifar([file('train.bin', cifarFile([99, 42], true))], cifar100, {});
		if (!stream) throw new Error('no stream');
		expect((await allSamples(stream)).map(({ label }) => label)).toStrictEqual([99, 42]);
	});

	it('reads the Python version', async () => {
		const text = fixtures.pickles['protocol 2'];
		const [stream] = await cifar([file('data_batch_1', inflated(text))], cifar10, {});
		if (!stream) throw new Error('no stream');
		const all = await allSamples(stream, 1);
		expect(all.map(({ label }) => label)).toStrictEqual([9]);
		const second = (at: number) => ((3072 + at) * 7) % 256;
		expect([...(all[0]?.pixels.slice(0, 3) ?? [])]).toStrictEqual([0, 1024, 2048].map(second));
	});

	it('says that a file is cut', async () => {
		const cut = cifarFile([1, 2]).subarray(0, 4000);
		await expect(cifar([file('data_batch_1.bin', cut)], cifar10, {})).rejects.toThrow(
			'data_batch_1.bin: it is cut or not of CIFAR-10: 4000 bytes',
		);
		await expect(cifar([file('test.bin', new Uint8Array(0))], cifar10, {})).rejects.toThrow(
			'is cut',
		);
	});
});
