/** CIFAR-100 with its 100 fine labels, as LEMUR's loader reads it. */
import { hub, type DatasetSpec } from './dataset';

const MIRROR = hub('uoft-cs/cifar100', 'aadb3af77e9048adbea6b47c21a81e47dd092ae5');

/** In the order of the labels. */
const CLASSES = `
	apple aquarium_fish baby bear beaver bed bee beetle
	bicycle bottle bowl boy bridge bus butterfly camel
	can castle caterpillar cattle chair chimpanzee clock cloud
	cockroach couch crab crocodile cup dinosaur dolphin elephant
	flatfish forest fox girl hamster house kangaroo keyboard
	lamp lawn_mower leopard lion lizard lobster man maple_tree
	motorcycle mountain mouse mushroom oak_tree orange orchid otter
	palm_tree pear pickup_truck pine_tree plain plate poppy porcupine
	possum rabbit raccoon ray road rocket rose sea
	seal shark shrew skunk skyscraper snail snake spider
	squirrel streetcar sunflower sweet_pepper table tank telephone television
	tiger tractor train trout tulip turtle wardrobe whale
	willow_tree wolf woman worm
`;

export const cifar100: DatasetSpec = {
	id: 'cifar-100',
	title: 'CIFAR-100',
	about: 'Colour photographs of 32 × 32 pixels in 100 classes.',
	task: 'img-classification',
	metric: 'acc',
	classes: CLASSES.trim()
		.split(/\s+/)
		.map((name) => name.replaceAll('_', ' ')),
	channels: 3,
	size: [32, 32],
	counts: { train: 50_000, test: 10_000 },
	mean: [0.5071, 0.4867, 0.4408],
	std: [0.2675, 0.2565, 0.2761],
	minimumAccuracy: 0.01,
	licence: {
		name: 'none stated',
		terms:
			'By A. Krizhevsky, V. Nair and G. Hinton. The authors ask to cite: Learning Multiple Layers of Features from Tiny Images, 2009.',
		url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
	},
	sources: [
		{
			kind: 'mirror',
			title: 'Hugging Face (uoft-cs/cifar100)',
			format: 'parquet',
			files: [
				{
					split: 'train',
					url: MIRROR('cifar100/train-00000-of-00001.parquet'),
					bytes: 118_518_617,
					sha256: '694865d6b990e234804f01268586c41e88bcbbb75e20858432c05ad4081aca23',
				},
				{
					split: 'test',
					url: MIRROR('cifar100/test-00000-of-00001.parquet'),
					bytes: 23_772_751,
					sha256: '98776c529bb146a9c791229df74a5cf076be9b43d82dbbd334b6a7788d73dc68',
				},
			],
		},
		{
			kind: 'files',
			names: ['cifar-100-binary.tar.gz', 'cifar-100-python.tar.gz', 'train.bin, test.bin'],
			url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
		},
	],
	decoders: ['cifar', 'parquet'],
	parquet: { image: 'img', label: 'fine_label' },
};
