import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../xlsx/testing';
import { allRows } from '../plots/bad-input';
import { columnsOf } from '../testing';
import { makeWorkbook, valueAt } from './testing';

const rows = allRows(
	columnsOf([
		{
			nn: 'B',
			trials: [
				[2, 0.2, 5],
				[1, 0.1, null],
			],
		},
		{ nn: 'A', trials: [[3, 0.3, 7]] },
		{ nn: 'B', trials: [[1, 0.15, 3]] },
	]),
);

describe('lemur-raw', () => {
	it("is in data()'s order with an empty number cell for a missing duration", async () => {
		const { book, file } = await makeWorkbook(rows, 'lemur-raw');
		const at = (row: number) =>
			[3, 4, 5, 6].map((column) => valueAt(book, 'Raw Data', row, column));
		expect(at(0)).toStrictEqual(['epoch', 'duration', 'accuracy', 'nn']);
		expect([1, 2, 3, 4].map(at)).toStrictEqual([
			[3, 7, 0.3, 'A'],
			[1, undefined, 0.1, 'B'],
			[1, 3, 0.15, 'B'],
			[2, 5, 0.2, 'B'],
		]);
		const cells = Array.from(cellsOf(file.text('xl/worksheets/sheet1.xml')));
		expect(cells.find(({ ref }) => ref === 'E3')).toMatchObject({
			type: 'n',
			text: '',
			hasValue: true,
		});
	});

	it('has its labels below the data too, where there are few rows', async () => {
		const { book } = await makeWorkbook(rows, 'lemur-raw');
		expect([1, 21, 41, 61, 81].map((row) => valueAt(book, 'Raw Data', row, 11))).toStrictEqual([
			'Accuracy vs Epochs',
			'Accuracy vs Training Time',
			'Accuracy Distribution by Epochs',
			'Accuracy Frequency',
			'Distribution of Model Training Times (First Epoch)',
		]);
	});
});
