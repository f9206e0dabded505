import { describe, expect, it } from 'vitest';
import { definitionOf, DRAFT_DEFAULTS } from './draft';
import { trainGround } from './train-ground';
import * as catalogue from '../../train/catalogue';

describe('trainGround', () => {
	it('is what the net asks for, batch, and the transforms that fit', () => {
		const ground = trainGround(catalogue, 'digits', 'ICNet', [{ epoch: 1, runs: 3 }]);
		const names = catalogue.netOf('ICNet')!.supportedHyperparameters();
		expect(ground.space.map(({ name }) => name)).toEqual([...names, 'batch', 'transform']);
		const { definition } = definitionOf(
			{
				...DRAFT_DEFAULTS,
				...{ objective: 'train', task: 'img-classification', metric: 'acc' },
				...{ dataset: 'digits', nn: 'ICNet' },
			},
			ground,
		);
		expect(definition.objective).toEqual({
			id: 'train',
			settings: {
				...{ task: 'img-classification', dataset: 'digits', metric: 'acc', nn: 'ICNet', epochs: 1 },
			},
		});
		expect(definition.space.map(({ name }) => name).sort()).toEqual(
			[...names, 'batch', 'transform'].sort(),
		);
	});

	it('is empty where the net or the dataset is not here', () => {
		expect(trainGround(catalogue, 'no-such', 'ICNet', []).space).toEqual([]);
		expect(trainGround(catalogue, 'digits', 'no-such', []).space).toEqual([]);
	});
});
