/** The filter changes that are timed, one after the other, as a person might make them. */
import type { Filter } from '../../src/lib/stats/filter';

const CLASSIFICATION: Filter = { task: ['img-classification'] };
const CIFAR: Filter = { ...CLASSIFICATION, dataset: ['cifar-10'] };
const SEGMENTATION: Filter = { task: ['img-segmentation'], dataset: ['coco'] };

/** Each differs from the one before, so each is a change. */
export const FILTERS: readonly Filter[] = [
	CLASSIFICATION,
	CIFAR,
	{ ...CIFAR, accuracy: { min: 0.5 } },
	{ ...CIFAR, accuracy: { min: 0.8 } },
	{ ...CIFAR, accuracy: { min: 0.8, max: 0.9 } },
	{ ...CIFAR, accuracy: { min: 0.8 }, prm: { lr: { max: 0.01 } } },
	{ ...CIFAR, accuracy: { min: 0.8 }, prm: { lr: { max: 0.01 }, batch: { min: 32, max: 64 } } },
	{ ...CIFAR, prm: { momentum: { min: 0.9 } } },
	{ ...CIFAR, epoch: { min: 5, max: 5 } },
	{ ...CIFAR, epoch: { max: 10 } },
	{ ...CIFAR, nnFamily: ['ResNet'] },
	{ ...CIFAR, nn: ['ResNet'] },
	{ nn: ['ResNet'] },
	{ nn: ['ResNet', 'AlexNet', 'VGG'] },
	{ nnPrefix: ['ga'] },
	{ nnPrefix: ['rag-', 'alt-'] },
	{ nnRegex: '^[A-Z].*Net$' },
	{ nnRegex: 'v\\d' },
	SEGMENTATION,
	{ ...SEGMENTATION, accuracy: { min: 0.3 } },
	{ metric: ['iou'] },
	{ metric: ['acc'], duration: { max: 1e11 } },
	{ duration: { min: 1e9, max: 1e10 } },
	{ epoch: { max: 5 }, duration: { min: 1e9 } },
	{ transform: ['norm_32'] },
	{ transform: ['norm_32'], dataset: ['cifar-10', 'cifar-100', 'svhn'] },
	{ any: [{ epoch: { max: 1 } }, { nnPrefix: ['ga'] }], not: [{ transform: ['norm_32'] }] },
	{ not: [{ dataset: ['cifar-10'] }, { dataset: ['mnist'] }] },
	{
		any: [
			{ dataset: ['mnist'], accuracy: { min: 0.99 } },
			{ ...CIFAR, accuracy: { min: 0.9 } },
		],
	},
	{ prm: { lr: { min: 0.001, max: 0.1 } } },
	{ prm: { dropout: { min: 0.2 } } },
	{ accuracy: { min: 0.99 } },
	{ accuracy: { min: 2 } },
	{ dataset: ['imagenette'] },
	{},
	{ ...CIFAR, best: 'configuration' },
	{ best: 'configuration' },
	{ best: 'net' },
	{ best: 'run' },
	{ ...CIFAR, best: 'epoch' },
];
