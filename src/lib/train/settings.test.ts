import { describe, expect, it } from 'vitest';
import {
	canonicalSettings,
	checkSettings,
	DEFAULT_SETTINGS,
	patternNotes,
	SettingsError,
	type TrainSettings,
} from './settings';

const settings = (change: Partial<TrainSettings>) => ({ ...DEFAULT_SETTINGS, ...change });

describe('checkSettings', () => {
	it('takes LEMUR’s defaults', () => {
		expect(() => checkSettings(DEFAULT_SETTINGS)).not.toThrow();
	});

	it.each<[Partial<TrainSettings>, string]>([
		[{ epochs: 0 }, 'epochs must be above 0'],
		[{ epochs: 1.5 }, 'epochs must be a whole number'],
		[{ trials: NaN }, 'trials is not a number'],
		[{ minMomentum: 0.9, maxMomentum: 0.5 }, 'minMomentum (0.9) is above maxMomentum (0.5)'],
		[{ minLearningRate: 0 }, 'minLearningRate must be above 0'],
		[{ maxBatchBinaryPower: 21 }, 'at most 20'],
		[{ minDropout: -1 }, 'minDropout must not be below 0'],
		[{ transform: '' }, 'transform is empty'],
		[{ nnPrm: { lr: 0 } }, "'lr' must be a number above 0"],
		[{ nnPrm: { lr: '0.1' } }, "'lr' must be a number above 0"],
		[{ nnPrm: { batch: 2.5 } }, "'batch' must be a whole number"],
		[{ nnPrm: { transform: '' } }, "'transform' is empty"],
		[{ nnPrm: { 'a b': 1 } }, 'needs a name of letters'],
		[{ nnPrm: { momentum: Infinity } }, "'momentum' is not a number"],
	])('refuses %j in words', (change, words) => {
		expect(() => checkSettings(settings(change))).toThrow(SettingsError);
		expect(() => checkSettings(settings(change))).toThrow(words);
	});
});

describe('canonicalSettings', () => {
	it('fixes what may only be 0, sorts, and forgets what a fixed value overrides', () => {
		const given = settings({
			maxDropout: 0,
			minMomentum: 0.2,
			transform: 'norm',
			pretrained: 1,
			nnPrm: { transform: 'echo', pretrained: 0, momentum: 0.9 },
		});
		expect(canonicalSettings(given)).toEqual(
			settings({ nnPrm: { dropout: 0, momentum: 0.9, pretrained: 0, transform: 'echo' } }),
		);
		expect(canonicalSettings(canonicalSettings(given))).toEqual(canonicalSettings(given));
	});
});

describe('patternNotes', () => {
	it('says what LEMUR makes of odd patterns, and nothing of usual ones', () => {
		expect(patternNotes('')).toEqual([]);
		expect(patternNotes('img-classification_mnist_acc_VGG')).toEqual([]);
		expect(patternNotes('img-classification__acc')[0]).toContain("'img-classification_acc'");
		expect(patternNotes('a_b_c_d_e')[0]).toContain('epoch number');
	});
});
