/** CIFAR-10 with the constants of LEMUR's loader. */
import { hub, type DatasetSpec } from './dataset';

const MIRROR = hub('uoft-cs/cifar10', '0b2714987fa478483af9968de7c934580d0bb9a2');

export const cifar10: DatasetSpec = {
	id: 'cifar-10',
	title: 'CIFAR-10',
	about: 'Colour photographs of 32 × 32 pixels: ten kinds of animals and vehicles.',
	task: 'img-classification',
	metric: 'acc',
	classes: [
		'airplane',
		'automobile',
		'bird',
		'cat',
		'deer',
		'dog',
		'frog',
		'horse',
		'ship',
		'truck',
	],
	channels: 3,
	size: [32, 32],
	counts: { train: 50_000, test: 10_000 },
	mean: [0.4914, 0.4822, 0.4465],
	std: [0.247, 0.2435, 0.2616],
	minimumAccuracy: 0.1,
	licence: {
		name: 'none stated',
		terms:
			'By A. Krizhevsky, V. Nair and G. Hinton. The authors ask to cite: Learning Multiple Layers of Features from Tiny Images, 2009.',
		url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
	},
	sources: [
		{
			kind: 'mirror',
			title: 'Hugging Face (uoft-cs/cifar10)',
			format: 'parquet',
			files: [
				{
					split: 'train',
					url: MIRROR('plain_text/train-00000-of-00001.parquet'),
					bytes: 119_705_255,
					sha256: '8428b53a88a11ac374111006708df51469e315a22ac6d66470afd9c78d2ae883',
				},
				{
					split: 'test',
					url: MIRROR('plain_text/test-00000-of-00001.parquet'),
					bytes: 23_940_850,
					sha256: '841389e6f2d64f28bf17310e430aebac20ec3ba611a3c5e231dc93c645ce84de',
				},
			],
		},
		{
			kind: 'files',
			names: [
				'cifar-10-binary.tar.gz',
				'cifar-10-python.tar.gz',
				'data_batch_1.bin … test_batch.bin',
			],
			url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
		},
	],
	decoders: ['cifar', 'parquet'],
	parquet: { image: 'img', label: 'label' },
};
