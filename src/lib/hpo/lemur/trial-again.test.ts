import { describe, expect, it } from 'vitest';
import { lemurCommand, trainLonger } from './trial-again';

const study = (settings: Record<string, unknown>) => ({ objective: { id: 'replay', settings } });
const alexnet = {
	...{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'AlexNet', epochs: 7 },
};
const params = { lr: 0.01, batch: 16, transform: 'norm', pretrained: null };

describe('trainLonger', () => {
	it('is the trial with more epochs, in the training room’s terms', () => {
		expect(trainLonger(study(alexnet), params)).toEqual({
			...{ dataset: 'cifar-10', nn: 'AlexNet', epochs: 14, transform: 'norm' },
			prm: { lr: 0.01, batch: 16 },
		});
	});

	it('is nothing for nets, tasks and studies that cannot be trained here', () => {
		expect(trainLonger(study({ ...alexnet, nn: 'no-such' }), params)).toBeUndefined();
		expect(trainLonger(study({ ...alexnet, task: 'img-segmentation' }), params)).toBeUndefined();
		expect(trainLonger({ objective: { id: 'optuna', settings: {} } }, params)).toBeUndefined();
	});
});

describe('lemurCommand', () => {
	it('fixes all values of the trial', () => {
		const { text } = lemurCommand(study(alexnet), params)!;
		expect(text).toContain('img-classification_cifar-10_acc_AlexNet');
		expect(text).toContain('"lr": 0.01');
		expect(text).toContain('"transform": "norm"');
		expect(text).toMatch(/-e 7/);
	});

	it('is nothing where LEMUR would refuse a value, or does not know the study', () => {
		expect(lemurCommand(study(alexnet), { lr: 0 })).toBeUndefined();
		expect(lemurCommand({ objective: { id: 'optuna', settings: {} } }, params)).toBeUndefined();
	});
});
