import { describe, expect, it } from 'vitest';
import { cellName, columnName, columnRange, rangeName } from './address';

describe('columnName(column)', () => {
	it('counts in letters', () => {
		expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnName)).toStrictEqual([
			...['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA', 'XFD'],
		]);
	});

	it('gives every column of a sheet a name of its own, in order', () => {
		const names = Array.from({ length: 16_384 }, (_, column) => columnName(column));
		expect(new Set(names).size).toBe(names.length);
		const byLength = [...names].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
		expect(byLength).toStrictEqual(names);
	});
});

describe('references', () => {
	it('are 1-based, and quote the sheet', () => {
		expect(cellName(13, 1)).toBe('N2');
		expect(rangeName([0, 0], [2, 9])).toBe('A1:C10');
		expect(columnRange("It's 10", 4, 1, 3)).toBe("'It''s 10'!$E$2:$E$4");
	});
});
