import { describe, expect, test } from 'vitest';
import type { SortKey } from '../../stats/fields';
import { ariaSort, nextSort, sortMark } from './sorting';

const down = (column: SortKey['column']): SortKey => ({ column, descending: true });
const up = (column: SortKey['column']): SortKey => ({ column, descending: false });

describe('nextSort(sort, column, kind, add)', () => {
	test('a click sorts, turns round, removes', () => {
		const one = nextSort([], 'epoch', 'number', false);
		const two = nextSort(one, 'epoch', 'number', false);
		expect(one).toEqual([down('epoch')]);
		expect(two).toEqual([up('epoch')]);
		expect(nextSort(two, 'epoch', 'number', false)).toEqual([]);
	});

	test('text starts upwards', () => {
		expect(nextSort([down('epoch')], 'nn', 'text', false)).toEqual([up('nn')]);
	});

	test('shift keeps the other keys, in their order', () => {
		const two = nextSort([down('accuracy')], 'nn', 'text', true);
		expect(two).toEqual([down('accuracy'), up('nn')]);
		expect(nextSort(two, 'accuracy', 'number', true)).toEqual([up('accuracy'), up('nn')]);
		expect(nextSort([up('accuracy'), up('nn')], 'accuracy', 'number', true)).toEqual([up('nn')]);
	});

	test('a plain click among several keys leaves that column alone', () => {
		expect(nextSort([down('accuracy'), up('nn')], 'nn', 'text', false)).toEqual([up('nn')]);
	});
});

test('ariaSort and sortMark speak of the same keys', () => {
	const sort = [down('accuracy'), up('nn')];
	expect(ariaSort(sort, 'accuracy')).toBe('descending');
	expect(ariaSort(sort, 'nn')).toBe('none');
	expect(sortMark(sort, 'nn')).toBe('▲2');
	expect(sortMark([up('nn')], 'nn')).toBe('▲');
	expect(sortMark(sort, 'epoch')).toBe('');
});
