/** Checks of the cells of a workbook against workbooks.json. For the oracle runner alone. */
import { expectClose, expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import { cellsOf } from '../../xlsx/testing';
import { sumExactly } from '../data-api.oracle-text';
import { valueAt, type MadeWorkbook } from './testing';
import type { ExpectedRow, ExpectedWorkbook } from './workbooks.oracle-format';

/** 'ties': rows of equal task, dataset, metric, nn and epoch stand in any order among themselves. */
export type Order = 'total' | 'ties';

type Checks = Record<string, (book: MadeWorkbook) => void>;
type Value = ExpectedRow[number];

export function checkCells(expected: ExpectedWorkbook, order: Order): Checks {
	const { header, sample_cells: samples, first_rows: first, last_rows: last } = expected;
	const from = expected.data_rows + 1 - last.length;
	return {
		header: (book) => expectEqual(rowOf(book, 0, header.length), header, 'header'),
		dimension: ({ file }) => {
			const ref = /<dimension ref="([^"]*)"/.exec(file.text(SHEET))?.[1];
			expectEqual(ref, expected.dimension, 'dimension');
		},
		'cell kinds': ({ file }) =>
			expectEqual(kindsOf(file.text(SHEET), header), expected.cell_kinds_per_column, 'kinds'),
		labels: ({ file }) =>
			expectEqual(labelsOf(file.text(SHEET), header), labels(expected), 'labels'),
		sums: (book) => checkSums(book, expected),
		'first rows': (book) => first.forEach((row, i) => checkRow(book, i + 1, row, header, order)),
		'last rows': (book) => last.forEach((row, i) => checkRow(book, from + i, row, header, order)),
		...Object.fromEntries(
			samples.map((sample): [string, (book: MadeWorkbook) => void] => [
				`cell ${sample.cell}`,
				(book) => checkSample(book, sample, header, order),
			]),
		),
	};
}

const SHEET = 'xl/worksheets/sheet1.xml';
/** Means and deviations depend on the order of their sums in the last digits. */
const LOOSE = { relative: 1e-12 };
const LOOSE_STD = { relative: 1e-9 };

function rowOf({ book }: MadeWorkbook, row: number, columns: number): Value[] {
	const sheet = book.SheetNames[0] ?? '';
	return Array.from({ length: columns }, (_, column) => {
		const value = valueAt(book, sheet, row, column);
		return typeof value === 'string' || typeof value === 'number' ? value : null;
	});
}

/** As openpyxl and the oracle name them; the header is not counted. */
function kindsOf(sheet: string, header: readonly string[]): Record<string, Record<string, number>> {
	const kinds: Record<string, Record<string, number>> = {};
	for (const { ref, type, text, hasValue, formula } of cellsOf(sheet)) {
		const [column, row] = place(ref);
		const title = header[column];
		if (title === undefined || row === 0) continue;
		const kind = type === 'n' && text === '' && hasValue && !formula ? 'n/empty_v' : type;
		const counts = (kinds[title] ??= {});
		counts[kind] = (counts[kind] ?? 0) + 1;
	}
	return kinds;
}

function labels(expected: ExpectedWorkbook): Record<string, string> {
	return Object.fromEntries(expected.labels.map(({ cell, text }) => [cell, text]));
}

function labelsOf(sheet: string, header: readonly string[]): Record<string, string> {
	const found: Record<string, string> = {};
	for (const { ref, text } of cellsOf(sheet)) if (place(ref)[0] >= header.length) found[ref] = text;
	return found;
}

function checkSums(book: MadeWorkbook, { header, sums, data_rows: rows }: ExpectedWorkbook): void {
	const sheet = book.book.SheetNames[0] ?? '';
	for (const [title, expected] of Object.entries(sums)) {
		const column = header.indexOf(title);
		const values: number[] = [];
		for (let row = 1; row <= rows; row++) {
			const value = valueAt(book.book, sheet, row, column);
			if (typeof value === 'number') values.push(value);
		}
		expectClose(sumExactly(values), expected, title.endsWith('_std') ? LOOSE_STD : LOOSE, title);
	}
}

function checkRow(
	book: MadeWorkbook,
	row: number,
	expected: ExpectedRow,
	header: readonly string[],
	order: Order,
): void {
	if (order === 'total')
		return expected.forEach((value, column) => {
			const title = header[column] ?? '';
			checkValue(rowOf(book, row, header.length)[column] ?? null, value, title);
		});
	findRow(book, row, expected, header);
}

type Sample = ExpectedWorkbook['sample_cells'][number];

function checkSample(book: MadeWorkbook, sample: Sample, header: readonly string[], order: Order) {
	const [column, row] = place(sample.cell);
	expectEqual(header[column], sample.column, 'column');
	const found =
		order === 'total'
			? rowOf(book, row, header.length)
			: findRow(book, row, sample.whole_row, header);
	const value = found[column] ?? null;
	// The snapshot's own numbers come back bit by bit.
	if (order === 'ties') expectEqual(value, sample.source_value, sample.column);
	else checkValue(value, sample.source_value, sample.column);
}

function checkValue(actual: Value, expected: Value, title: string): void {
	if (typeof actual === 'number' && typeof expected === 'number')
		return expectClose(actual, expected, title.endsWith('_std') ? LOOSE_STD : LOOSE, title);
	expectEqual(actual, expected, title);
}

/** @returns the row that equals the expected one to its 16 digits, among those that tie with `row` */
function findRow(
	book: MadeWorkbook,
	row: number,
	expected: ExpectedRow,
	header: readonly string[],
): Value[] {
	const keys = ['task', 'dataset', 'metric', 'nn', 'epoch'].map((title) => header.indexOf(title));
	const at = (index: number) => rowOf(book, index, header.length);
	const ties = (values: readonly Value[]) => keys.every((key) => values[key] === expected[key]);
	if (!ties(at(row)))
		throw new Mismatch(`row ${row + 1} is of another net or epoch: ${at(row).join(', ')}`);
	let first = row;
	while (first > 1 && ties(at(first - 1))) first--;
	for (let index = first; ties(at(index)); index++)
		if (at(index).every((value, column) => sameDigits(value, expected[column] ?? null)))
			return at(index);
	throw new Mismatch(`no row like ${expected.join(', ')} beside row ${row + 1}`);
}

function sameDigits(actual: Value, expected: Value): boolean {
	if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
	return Math.abs(actual - expected) <= 1e-15 * Math.abs(expected);
}

/** @returns column and row of A1, 0-based */
function place(ref: string): [column: number, row: number] {
	const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(ref) ?? [];
	let column = 0;
	for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
	return [column - 1, Number(digits) - 1];
}
