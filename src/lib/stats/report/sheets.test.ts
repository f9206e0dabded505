import { describe, expect, it } from 'vitest';
import { writeWorkbook } from '../../xlsx/write';
import type { Column, Sheet } from '../../xlsx/workbook';
import { planSheets, sheetBytes, splitNotes, splitSheet } from './sheets';

const words = ['AlexNet', 'ResNet', 'UNet-b408f6ac', 'VGG'];
const columns: Column[] = [
	{
		title: 'net',
		kind: 'text',
		style: 'plain',
		at: (row) => words[Math.floor(row / 50) % 4] ?? '',
	},
	{ title: 'value', kind: 'number', style: 'plain', at: (row) => Math.sin(row) },
];
const sheetOf = (rows: number): Sheet => ({
	name: 'Data',
	blank: 'absent',
	filter: true,
	widths: new Map([[0, 9]]),
	cells: [{ row: 1, column: 5, value: 'beside', style: 'plain' }],
	table: { columns, rows, headerStyle: 'header' },
});

describe('splitSheet(sheet, rowLimit)', () => {
	it('cuts the table where a sheet is full and repeats its header', () => {
		const sheets = splitSheet(sheetOf(25), 11);
		expect(planSheets(sheets).map(({ name, rows }) => [name, rows])).toStrictEqual([
			['Data', 10],
			['Data 2', 10],
			['Data 3', 5],
		]);
		expect(sheets.map(({ cells }) => cells?.length)).toStrictEqual([1, undefined, undefined]);
		const values = sheets.flatMap(({ table }) =>
			Array.from({ length: table?.rows ?? 0 }, (_, row) => table?.columns[1]?.at(row)),
		);
		expect(values).toStrictEqual(Array.from({ length: 25 }, (_, row) => Math.sin(row)));
		expect(splitNotes(sheets, 11)).toStrictEqual([
			'A sheet holds at most 11 rows, so Data goes on in Data 2, Data 3.',
		]);
	});

	it('leaves a sheet that is just full', () => {
		expect(splitSheet(sheetOf(10), 11)).toHaveLength(1);
		expect(splitNotes(splitSheet(sheetOf(10), 11), 11)).toStrictEqual([]);
	});
});

describe('sheetBytes(sheet)', () => {
	it.each([100, 768, 769, 40_000])('is near the truth for %i rows', async (rows) => {
		const properties = { title: '', description: '', keywords: '', created: '' };
		const write = (sheet: Sheet) => writeWorkbook({ sheets: [sheet], properties });
		const rest = (await write({ name: 'Data', blank: 'absent' })).size;
		const truth = (await write(sheetOf(rows))).size - rest;
		const guess = sheetBytes(sheetOf(rows));
		expect(guess / (truth + 500)).toBeGreaterThan(0.67);
		expect(guess / (truth + 500)).toBeLessThan(1.5);
	});
});
