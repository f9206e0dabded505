import { describe, expect, it } from 'vitest';
import { choiceProblem, DATASET_LIST, fittingTransforms, nets } from './catalogue';
import { FIRST_SETUP } from './setup';

describe('choiceProblem', () => {
	it('has none where a transform fits, chosen or not', () => {
		expect(choiceProblem(FIRST_SETUP)).toBeUndefined();
		for (const dataset of DATASET_LIST)
			for (const net of nets()) {
				const named = { dataset: dataset.id, nn: net.name };
				const fitting = fittingTransforms(dataset, net);
				expect(choiceProblem(named) === undefined).toBe(fitting.length > 0);
				for (const { id } of fitting)
					expect(choiceProblem({ ...named, transform: id })).toBeUndefined();
			}
	});

	it.each([
		[{ dataset: 'places365' }, /no dataset places365 here; there are digits, mnist/],
		[{ nn: 'SwinTransformer' }, /net SwinTransformer cannot .* there are AirNet, /],
		[{ transform: 'bf-v1-crop' }, /transform bf-v1-crop is not here\. LEMUR’s records name it/],
		[{ transform: 'five_crop' }, /five_crop is not here\. It fails in LEMUR/],
		[{ transform: 'complex_32' }, /complex_32 makes complex numbers, which ICNet/],
		[{ nn: 'AlexNet', transform: 'norm' }, /norm makes pictures of 8 × 8 pixels, and AlexNet/],
		[{ dataset: 'imagenette', transform: 'norm' }, /differ in size, and norm leaves them so/],
	])('says of %o what is missing', (patch, words) => {
		expect(choiceProblem({ dataset: 'digits', nn: 'ICNet', ...patch })).toMatch(words);
	});
});
