/** Tables as sheets: cut where a sheet is full, listed in a plan, their sizes estimated from a sample. */
import { deflateSync, strToU8 } from 'fflate';
import { numbered } from '../../xlsx/sheet-name';
import { sheetXml } from '../../xlsx/sheet';
import { StyleSheet } from '../../xlsx/styles';
import type { Column, Sheet, Table } from '../../xlsx/workbook';
import { LEVEL } from '../../xlsx/zip';
import { countText } from '../plots/words';
import type { ReportPlan } from './report';

/**
 * @param sheet with a table of any length; loose cells, pictures and charts stay on the first sheet
 * @param rowLimit rows of a sheet, header included
 * @returns sheets called as the first, then with 2, 3, …
 */
export function splitSheet(sheet: Sheet, rowLimit: number): Sheet[] {
	const { table } = sheet;
	const size = rowLimit - 1;
	if (!table || table.rows <= size) return [sheet];
	return Array.from({ length: Math.ceil(table.rows / size) }, (_, i): Sheet => {
		const part = partOf(table, i * size, Math.min(size, table.rows - i * size));
		if (i === 0) return { ...sheet, table: part };
		const { widths, filter, blank } = sheet;
		return {
			name: numbered(sheet.name, i + 1),
			table: part,
			blank,
			...(widths ? { widths } : {}),
			...(filter === undefined ? {} : { filter }),
		};
	});
}

/** The sentence that says so; none for one sheet. */
export function splitNotes(sheets: readonly Sheet[], rowLimit: number): string[] {
	const [first, ...further] = sheets.map(({ name }) => name);
	if (further.length === 0) return [];
	return [
		`A sheet holds at most ${countText(rowLimit)} rows, so ${first} goes on in ${further.join(', ')}.`,
	];
}

/** The sheets as a plan lists them. */
export function planSheets(sheets: readonly Sheet[]): ReportPlan['sheets'] {
	return sheets.map(({ name, table, cells = [] }) => ({
		name,
		rows: table?.rows ?? new Set(cells.map(({ row }) => row)).size,
		columns: table?.columns.map(({ title }) => title) ?? [],
	}));
}

/** Bytes of what every workbook has beside its sheets, about. */
export const PACKAGE_BYTES = 5000;

/** Rows that stand for all, and the neighbours that are taken together: they compress as one. */
const SAMPLE = 768;
const BLOCK = 128;

/**
 * @returns about how many bytes the sheet takes in the file
 */
export function sheetBytes(sheet: Sheet): number {
	const { table } = sheet;
	const rows = table?.rows ?? 0;
	if (!table || rows <= SAMPLE) return packed(sheet);
	const blocks = SAMPLE / BLOCK;
	const from = (row: number) => {
		const block = Math.floor(row / BLOCK);
		return Math.floor((block * (rows - BLOCK)) / (blocks - 1)) + (row % BLOCK);
	};
	const columns = table.columns.map((column) => readAt(column, from));
	return (packed({ ...sheet, table: { ...table, columns, rows: SAMPLE } }) * rows) / SAMPLE;
}

function packed(sheet: Sheet): number {
	let text = '';
	for (const piece of sheetXml(sheet, new StyleSheet(), { links: new Map() })) text += piece.text;
	return deflateSync(strToU8(text), { level: LEVEL }).length;
}

function partOf(table: Table, start: number, rows: number): Table {
	const columns = table.columns.map((column) => readAt(column, (row) => row + start));
	return { ...table, columns, rows };
}

function readAt(column: Column, from: (row: number) => number): Column {
	return column.kind === 'text'
		? { ...column, at: (row) => column.at(from(row)) }
		: { ...column, at: (row) => column.at(from(row)) };
}
