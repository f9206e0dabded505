import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilter } from '../../url/testing';
import { durationText, sentence } from './sentence';

describe('sentence(filter, context)', () => {
	it('calls a metric by its title', () => {
		expect(sentence({ metric: ['acc', 'iou'] })).toBe('Records, accuracy or IoU (mean)');
	});

	it('says every condition', () => {
		const title = (_: string, name: string) =>
			({ 'cifar-10': 'CIFAR-10', acc: 'accuracy' })[name] ?? name;
		expect(
			sentence(
				{ dataset: ['cifar-10'], metric: ['acc'], epoch: { min: 1, max: 5 }, best: 'net' },
				{ rows: 12041, snapshot: '2.1.2', title },
			),
		).toBe('12,041 records, CIFAR-10, accuracy, epochs 1–5, best per net; snapshot 2.1.2');
		expect(
			sentence({
				nnPrefix: ['ast-'],
				duration: { min: 90e9, max: 5400e9 },
				prm: { lr: { max: 0.1 }, mode: ['a', 'b'] },
				any: [{ nn: ['A'] }, { accuracy: { min: 0.9 } }],
				not: [{ source: ['mine'] }],
			}),
		).toBe(
			'Records, nets that start with “ast-”, duration 1.5 min–1.5 h, lr at most 0.1, mode a or b, ' +
				'either (net A) or (accuracy at least 0.9), not (trained here)',
		);
		expect(sentence({}, { rows: 1 })).toBe('1 record, all of them');
	});

	it('never shows control or bidi characters, nor more than five names of a list', () => {
		expect(sentence({ nn: ['a\u202eb\0', ...'cdefgh'] })).toBe(
			'Records, nets ab, c, d, e, f or 2 more',
		);
		fc.assert(
			fc.property(anyFilter, (filter) => {
				expect(sentence(filter)).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
			}),
		);
	});
});

describe('durationText(ns)', () => {
	it('chooses the unit', () => {
		expect([0, 5, 1500, 2e6, 9e10, 7.2e12].map(durationText)).toEqual([
			...['0 ns', '5 ns', '1.5 µs', '2 ms', '1.5 min', '2 h'],
		]);
	});
});
