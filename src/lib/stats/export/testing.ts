/** Tables and nasty strings for the export tests. Test support only; nothing that ships imports it. */
import fc from 'fast-check';
import type { ColumnId } from '../fields';
import { BASE_COLUMNS } from '../fields';
import { summarise, type SummaryTable } from '../summary';
import { columnsOf } from '../testing';
import type { PaperOptions } from './paper-table';
import type { ExportColumn, ExportTable } from './table';

/** Every base column and two hyperparameters, one of numbers and one of texts. */
export const COLUMNS: readonly ColumnId[] = [...BASE_COLUMNS, 'prm.lr', 'prm.batch', 'prm.mode'];

/** Rows of an export as plain values: null = missing. */
export type Rows = readonly (readonly (string | number | null)[])[];

export function plainRows({ columns, rows }: ExportTable): Rows {
	const value = (column: ExportColumn, row: number) => {
		if (column.kind === 'text') return column.at(row) || null;
		const number = column.at(row);
		return Number.isNaN(number) ? null : number;
	};
	return Array.from({ length: rows }, (_, row) => columns.map((column) => value(column, row)));
}

export const textTable = (texts: readonly string[]): ExportTable => ({
	columns: [
		{ id: 'nn', kind: 'text', at: (row) => texts[row] ?? '' },
		{ id: 'accuracy', kind: 'number', integer: false, at: () => -0.5 },
	],
	rows: texts.length,
	title: 'Nasty names',
	link: 'https://example.org/#x',
});

const pieces = fc.constantFrom(
	...['=', '+', '-', '@', '\t', '\r', '\n', '\r\n', "'", '"', ',', ';', ' ', '\u00A0', '\u3000'],
	...['\u200B', '\uFEFF', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20', 'cmd|calc!A0', 'a', '1', 'é'],
	...['HYPERLINK("x")', '\u0000', '\u{1F43E}'],
);
/** Strings made of what spreadsheets, CSV readers and databases trip over. */
export const nasty = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((list) => list.join(''));

/**
 * A reader of separated values that shares nothing with the writer: one pass, one character at a
 * time, any of CR, LF and CRLF ends a record.
 */
export function readDelimited(text: string, separator: string): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	let cell = '';
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text.charAt(i);
		if (quoted) {
			if (c !== '"') cell += c;
			else if (text.charAt(i + 1) === '"') cell += text.charAt(++i);
			else quoted = false;
		} else if (c === '"') quoted = true;
		else if (c === separator) {
			record.push(cell);
			cell = '';
		} else if (c === '\r' || c === '\n') {
			if (c === '\r' && text.charAt(i + 1) === '\n') i++;
			records.push([...record, cell]);
			record = [];
			cell = '';
		} else cell += c;
	}
	if (cell !== '' || record.length > 0) records.push([...record, cell]);
	return records;
}

/** Two nets on two leaderboards, with names that need escapes. */
export const paperColumns = () =>
	columnsOf([
		{
			nn: 'Alex_Net',
			trials: [
				[1, 0.5],
				[2, 0.91234],
			],
		},
		{ nn: 'Res&Net', trials: [[1, 0.91229]] },
		{ nn: 'Alex_Net', dataset: 'coco', metric: 'iou', trials: [[1, 0.25]] },
	]);

export function paperSummary(): SummaryTable {
	const columns = paperColumns();
	const all = Uint32Array.from({ length: columns.count }, (_, i) => i);
	return summarise(columns, all, ['nn', 'dataset']);
}

export const paperOptions: PaperOptions = {
	title: 'All of 100 %',
	link: 'https://a.b/#f=1',
	statistic: 'best',
};
