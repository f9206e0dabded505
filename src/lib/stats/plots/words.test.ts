import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText } from '../print/sentence';
import { boardText, counted, countText, exactTimeText, fractionText, timeText } from './words';

describe('countText(count)', () => {
	it('groups thousands as Intl does', () => {
		const intl = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
		fc.assert(
			fc.property(fc.maxSafeInteger(), (count) => {
				expect(countText(count)).toBe(intl.format(count));
			}),
		);
		expect([0, 999, 1000, 578_595, -1234].map(countText)).toEqual([
			'0',
			'999',
			'1,000',
			'578,595',
			'-1,234',
		]);
	});
});

describe('durationText(ns)', () => {
	it('prints short values as Intl does', () => {
		const intl = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });
		fc.assert(
			fc.property(fc.double({ min: 1e9, max: 60e9, maxExcluded: true, noNaN: true }), (ns) => {
				expect(durationText(ns)).toBe(`${intl.format(Number((ns / 1e9).toPrecision(4)))} s`);
			}),
		);
	});
});

describe('words of plots', () => {
	it('count, and name what is missing', () => {
		expect(counted(1, 'record')).toBe('1 record');
		expect(counted(1_000, 'record')).toBe('1,000 records');
		expect(fractionText(0.25)).toBe('0.2500');
		expect([fractionText(NaN), timeText(NaN), exactTimeText(NaN)]).toEqual(['–', '–', '–']);
		expect(exactTimeText(58_600_000_000)).toBe('58.6 s (58,600,000,000 ns)');
		expect(boardText({ task: 't\u202e', dataset: 'd', metric: 'iou' })).toBe('t, d, IoU (mean)');
	});
});
