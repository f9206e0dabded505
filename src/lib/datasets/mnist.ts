/** MNIST; one channel. Part of the site's build. */
import type { DatasetSpec } from './dataset';

export const mnist: DatasetSpec = {
	id: 'mnist',
	title: 'MNIST',
	about: 'Handwritten digits of 28 × 28 pixels, one channel.',
	task: 'img-classification',
	metric: 'acc',
	classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
	channels: 1,
	size: [28, 28],
	counts: { train: 60_000, test: 10_000 },
	mean: [0.1307],
	std: [0.3081],
	minimumAccuracy: 0.1,
	licence: {
		name: 'CC BY-SA 3.0',
		terms:
			'Yann LeCun and Corinna Cortes hold the copyright; made from NIST’s databases: name them, share alike.',
		url: 'https://yann.lecun.com/exdb/mnist/',
	},
	sources: [
		{ kind: 'site', bytes: 11_480_000 },
		{
			kind: 'files',
			names: [
				'train-images-idx3-ubyte.gz',
				'train-labels-idx1-ubyte.gz',
				't10k-images-idx3-ubyte.gz',
				't10k-labels-idx1-ubyte.gz',
			],
			url: 'https://yann.lecun.com/exdb/mnist/',
		},
	],
	decoders: ['idx', 'parquet'],
	parquet: { image: 'image', label: 'label' },
};
