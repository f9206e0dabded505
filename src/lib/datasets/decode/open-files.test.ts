import { describe, expect, it } from 'vitest';
import { cifar10 } from '../cifar-10';
import { mnist } from '../mnist';
import type { DatasetSpec } from '../dataset';
import { openFiles } from './open-files';
import type { NamedBlob } from './stream';
import { allSamples, cifarFile, file, fixtures, gzip, inflated, tar } from './testing';

const open = (files: readonly NamedBlob[], spec: DatasetSpec = cifar10) =>
	openFiles(files, spec, {
		effects: {},
		signal: new AbortController().signal,
		onBytes: () => undefined,
	});

describe('openFiles()', () => {
	it('finds the same samples in both archives of CIFAR-10, whatever their order', async () => {
		const binary = gzip(
			tar({
				'cifar-10-batches-bin/data_batch_2.bin': cifarFile([7]),
				'cifar-10-batches-bin/readme.html': new Uint8Array(9),
				'cifar-10-batches-bin/data_batch_1.bin': cifarFile([4, 5]),
			}),
		);
		const [stream] = await open([file('cifar-10-binary.tar.gz', binary)]);
		if (!stream) throw new Error('no stream');
		expect((await allSamples(stream)).map(({ label }) => label)).toStrictEqual([4, 5, 7]);
		const python = gzip(
			tar({
				'cifar-10-batches-py/test_batch': inflated(fixtures.pickles['protocol 3']),
				'cifar-10-batches-py/batches.meta': new Uint8Array(9),
			}),
		);
		const streams = await open([file('cifar-10-python.tar.gz', python)]);
		expect(streams.map(({ split, expected }) => [split, expected])).toStrictEqual([['test', 2]]);
	});

	it('says what it looked for when there is nothing', async () => {
		await expect(open([file('holiday.jpg', new Uint8Array(40))], mnist)).rejects.toThrow(
			'Nothing of MNIST was found in holiday.jpg. It is read from train-images-idx3-ubyte.gz',
		);
		await expect(open([file('README.txt', new Uint8Array(4))])).rejects.toThrow('in these files');
		await expect(open([])).rejects.toMatchObject({ code: 'DATASET_FILE' });
	});
});
