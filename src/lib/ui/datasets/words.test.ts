import { describe, expect, it } from 'vitest';
import { cifar10 } from '../../datasets/cifar-10';
import { digits } from '../../datasets/digits';
import type { Stock, StoredSplit } from '../../datasets/library-protocol';
import { DATASET_LIST } from '../../datasets/registry';
import { mirrorOf } from '../../datasets/dataset';
import { factsOf, holdingOf, mirrorBytes, stateText, stockText } from './words';

const split = (change: Partial<StoredSplit>): StoredSplit => ({
	dataset: 'cifar-10',
	split: 'train',
	samples: 50_000,
	expected: 50_000,
	bytes: 153_700_000,
	shards: 19,
	complete: true,
	source: { kind: 'files', names: ['a'] },
	classes: [],
	...change,
});
const stock = (splits: StoredSplit[], downloads: Stock['downloads'] = []): Stock => ({
	splits,
	downloads,
	usage: null,
	quota: null,
	persistent: true,
});
const said = (splits: StoredSplit[], downloads?: Stock['downloads']) =>
	stateText(cifar10, holdingOf(cifar10, stock(splits, downloads)));

describe('stateText()', () => {
	it('says what is here, what is missing and where it came from', () => {
		const test = split({ split: 'test', samples: 10_000, bytes: 30_700_000 });
		expect(said([test, split({})])).toBe(
			'On this device: 50,000 training samples and 10,000 test samples, 184.4 MB, from your files.',
		);
		expect(said([split({ samples: 10_000 })])).toBe(
			'On this device: 10,000 of 50,000 training samples, nothing of the other part, 153.7 MB, from your files.',
		);
		expect(said([])).toBe('Not on this device.');
		expect(stateText(digits, holdingOf(digits, undefined))).toContain('Part of this site');
	});

	it('says what was begun', () => {
		const url = mirrorOf(cifar10)?.files[0]?.url ?? '';
		expect(said([split({ complete: false, samples: 2_000 })])).toBe(
			'Begun: 2,000 of 50,000 training samples.',
		);
		expect(said([], [{ url, bytes: 8_000_000 }])).toBe('Begun: 8.0 MB fetched.');
		expect(said([], [{ url: 'https://elsewhere.test/', bytes: 8 }])).toBe('Not on this device.');
	});
});

describe('stockText()', () => {
	it('counts datasets and bytes', () => {
		expect(stockText(DATASET_LIST, stock([]))).toBe('None of 6 datasets is on this device yet');
		expect(stockText(DATASET_LIST, stock([split({})]))).toBe(
			'1 of 6 datasets is on this device: 153.7 MB',
		);
	});
});

describe('factsOf()', () => {
	it('has the numbers with their units', () => {
		expect(factsOf(cifar10)).toStrictEqual([
			'10 classes',
			'32 × 32 pixels, three channels',
			'50,000 training and 10,000 test samples',
			'184.4 MB on the device',
		]);
		expect(mirrorBytes(cifar10)).toBe(143_646_105);
		expect(mirrorBytes(digits)).toBe(0);
	});
});
