/** Street View House Numbers, cropped digits: train and test, without the extra set, as LEMUR has it. */
import { hub, type DatasetSpec } from './dataset';

const MIRROR = hub('ufldl-stanford/svhn', 'f9e1717d73324ebbc1ece84267ccd80d0aca0690');

export const svhn: DatasetSpec = {
	id: 'svhn',
	title: 'SVHN',
	about: 'Digits of house numbers in street photographs, 32 × 32 pixels.',
	task: 'img-classification',
	metric: 'acc',
	classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
	channels: 3,
	size: [32, 32],
	counts: { train: 73_257, test: 26_032 },
	mean: [0.4377, 0.4438, 0.4728],
	std: [0.198, 0.201, 0.197],
	minimumAccuracy: 0.1,
	licence: {
		name: 'non-commercial use only',
		terms:
			'By Y. Netzer and others (Stanford, 2011): for non-commercial use only; cite their paper.',
		url: 'http://ufldl.stanford.edu/housenumbers/',
	},
	sources: [
		{
			kind: 'mirror',
			title: 'Hugging Face (ufldl-stanford/svhn)',
			format: 'parquet',
			files: [
				{
					split: 'train',
					url: MIRROR('cropped_digits/train-00000-of-00001.parquet'),
					bytes: 135_589_380,
				},
				{
					split: 'test',
					url: MIRROR('cropped_digits/test-00000-of-00001.parquet'),
					bytes: 47_003_111,
				},
			],
		},
		{
			kind: 'files',
			names: ['train_32x32.mat', 'test_32x32.mat', 'train-00000-of-00001.parquet'],
			url: 'http://ufldl.stanford.edu/housenumbers/',
		},
	],
	decoders: ['mat', 'parquet'],
	parquet: { image: 'image', label: 'label' },
};
