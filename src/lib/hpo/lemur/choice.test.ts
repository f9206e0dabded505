import { describe, expect, it } from 'vitest';
import { configurationOf, EXAMPLE, usualEpochs } from './choice';

const boards = [
	{ task: 'img-segmentation', dataset: 'coco', metric: 'iou' },
	{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc' },
	{ task: 'img-classification', dataset: 'mnist', metric: 'acc' },
];

describe('configurationOf', () => {
	it('is the example when the filter leaves it', () => {
		expect(configurationOf({}, boards)).toEqual(EXAMPLE);
		expect(configurationOf({ nn: ['VGG', 'ResNet'] }, boards)).toEqual({ ...EXAMPLE, nn: 'VGG' });
	});

	it('is what the filter leaves, and the net is open where nothing names one', () => {
		expect(configurationOf({ dataset: ['mnist'] }, boards)).toEqual({ ...boards[2], nn: '' });
		expect(configurationOf({ task: ['img-segmentation'] }, boards).dataset).toBe('coco');
	});

	it('is the example where the filter leaves no leaderboard', () => {
		expect(configurationOf({ dataset: ['no-such'] }, boards)).toEqual(EXAMPLE);
		expect(configurationOf({}, [])).toEqual(EXAMPLE);
	});
});

describe('usualEpochs', () => {
	it('is the commonest end, the earlier one of two', () => {
		expect(usualEpochs([{ epoch: 5 }, { epoch: 1 }, { epoch: 5 }])).toBe(5);
		expect(usualEpochs([{ epoch: 5 }, { epoch: 1 }])).toBe(1);
		expect(usualEpochs([])).toBe(1);
	});
});
