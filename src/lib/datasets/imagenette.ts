/**
 * Imagenette: ten easy classes of ImageNet, pictures of all sizes. LEMUR reads them at full size
 * (7 GB as bytes); here they are kept with a shorter side of 160 pixels, the smallest of the authors'
 * own three editions, so transforms above that enlarge what LEMUR's reduce.
 */
import { hub, type DatasetSpec } from './dataset';

const MIRROR = hub('frgfm/imagenette', '4b23ffb92a8029db9958bdfdbd6978427d09b1a0');

export const imagenette: DatasetSpec = {
	id: 'imagenette',
	title: 'Imagenette',
	about: 'Photographs in ten classes of ImageNet, kept with a shorter side of 160 pixels.',
	task: 'img-classification',
	metric: 'acc',
	classes: [
		'tench',
		'English springer',
		'cassette player',
		'chain saw',
		'church',
		'French horn',
		'garbage truck',
		'gas pump',
		'golf ball',
		'parachute',
	],
	folders: [
		'n01440764',
		'n02102040',
		'n02979186',
		'n03000684',
		'n03028079',
		'n03394916',
		'n03417042',
		'n03425413',
		'n03445777',
		'n03888257',
	],
	channels: 3,
	size: null,
	shorterSide: 160,
	counts: { train: 9469, test: 3925 },
	mean: [0.485, 0.456, 0.406],
	std: [0.229, 0.224, 0.225],
	minimumAccuracy: 0.1,
	licence: {
		name: 'Apache 2.0; the pictures are ImageNet’s',
		terms:
			'The selection is by J. Howard (fast.ai). The pictures come from ImageNet: non-commercial research and education only.',
		url: 'https://github.com/fastai/imagenette',
	},
	sources: [
		{
			kind: 'mirror',
			title: 'Hugging Face (frgfm/imagenette, 160 px)',
			format: 'parquet',
			files: [
				{
					split: 'train',
					url: MIRROR('160px/train-00000-of-00001.parquet'),
					bytes: 71_000_000,
				},
				{
					split: 'test',
					url: MIRROR('160px/validation-00000-of-00001.parquet'),
					bytes: 29_000_000,
				},
			],
		},
		{
			kind: 'files',
			names: ['imagenette2-160.tgz', 'imagenette2-320.tgz', 'imagenette2.tgz'],
			url: 'https://github.com/fastai/imagenette',
		},
	],
	decoders: ['image-folder', 'parquet'],
	parquet: { image: 'image', label: 'label' },
};
