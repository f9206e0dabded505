/** A sheet's XML, a piece at a time, so that no sheet is ever whole in memory. */
import { cellName, columnName, rangeName } from './address';
import type { StyleSheet } from './styles';
import type { Cell, Column, Sheet, Table } from './workbook';
import { attributeText, textElement, XML_HEAD } from './xml';

/** Characters of a piece, about. */
const PIECE = 1 << 15;

const NAMESPACES =
	'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** Relations of a sheet's part, by what they lead to. */
export interface SheetRelations {
	/** of each cell with an outside link */
	readonly links: ReadonlyMap<Cell, string>;
	readonly drawing?: string;
}

export interface Piece {
	readonly text: string;
	/** rows of the table written so far */
	readonly rows: number;
}

/** @throws RangeError for a cell that lies inside the table */
export function* sheetXml(
	sheet: Sheet,
	styles: StyleSheet,
	relations: SheetRelations,
): Generator<Piece> {
	yield { text: head(sheet), rows: 0 };
	yield* rowsXml(sheet, styles);
	yield { text: tail(sheet, relations), rows: sheet.table?.rows ?? 0 };
}

function head(sheet: Sheet): string {
	const { table, widths, filter, fit } = sheet;
	const pane =
		filter && table
			? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
			: '';
	const columns = [...(widths ?? [])]
		.sort(([a], [b]) => a - b)
		.map(([at, width]) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
		.join('');
	return [
		`${XML_HEAD}<worksheet ${NAMESPACES}>`,
		fit ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : '',
		`<dimension ref="${dimension(sheet)}"/>`,
		`<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`,
		'<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>',
		columns && `<cols>${columns}</cols>`,
		'<sheetData>',
	].join('');
}

/** The parts after the rows, in the order that the format fixes. */
function tail(
	{ table, filter, fit, cells = [] }: Sheet,
	{ links, drawing }: SheetRelations,
): string {
	const hyperlinks = cells.flatMap((cell) => linkElement(cell, links.get(cell)));
	return [
		'</sheetData>',
		filter && table ? `<autoFilter ref="${tableRange(table)}"/>` : '',
		hyperlinks.length > 0 ? `<hyperlinks>${hyperlinks.join('')}</hyperlinks>` : '',
		'<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>',
		fit ? '<pageSetup orientation="landscape" fitToHeight="0"/>' : '',
		drawing === undefined ? '' : `<drawing r:id="${drawing}"/>`,
		'</worksheet>',
	].join('');
}

function linkElement({ link, column, row }: Cell, relation: string | undefined): string[] {
	if (link === undefined) return [];
	const ref = cellName(column, row);
	if (link.startsWith('#'))
		return [`<hyperlink ref="${ref}" location="${attributeText(link.slice(1))}"/>`];
	return relation === undefined ? [] : [`<hyperlink ref="${ref}" r:id="${relation}"/>`];
}

/** @returns A1:C9 of a table with its header */
export function tableRange({ columns, rows }: Table): string {
	return rangeName([0, 0], [Math.max(columns.length - 1, 0), rows]);
}

function dimension({ table, cells = [] }: Sheet): string {
	let column = table ? table.columns.length - 1 : 0;
	let row = table?.rows ?? 0;
	for (const cell of cells) {
		column = Math.max(column, cell.column);
		row = Math.max(row, cell.row);
	}
	return rangeName([0, 0], [column, row]);
}

function* rowsXml(sheet: Sheet, styles: StyleSheet): Generator<Piece> {
	const { table } = sheet;
	const loose = looseCells(sheet);
	const tableEnd = table ? table.rows + 1 : 0;
	const writers = (table?.columns ?? []).map((column, i) =>
		columnWriter(column, i, styles.index(column.style), sheet.blank),
	);
	let text = '';
	for (let row = 0; row < tableEnd; row++) {
		text += `<row r="${row + 1}">`;
		if (row === 0) text += headerCells(table, styles);
		else for (const write of writers) text += write(row - 1);
		const beside = loose.get(row);
		if (beside) text += looseXml(beside, styles);
		text += '</row>';
		if (text.length < PIECE) continue;
		yield { text, rows: row };
		text = '';
	}
	for (const row of [...loose.keys()].filter((row) => row >= tableEnd).sort((a, b) => a - b))
		text += `<row r="${row + 1}">${looseXml(loose.get(row) ?? [], styles)}</row>`;
	yield { text, rows: table?.rows ?? 0 };
}

function headerCells(table: Table | undefined, styles: StyleSheet): string {
	if (!table) return '';
	const style = styles.index(table.headerStyle);
	return table.columns.map(({ title }, i) => textCell(cellName(i, 0), style, title)).join('');
}

/** By row; inside a row from left to right. */
function looseCells({ name, table, cells = [] }: Sheet): Map<number, Cell[]> {
	const rows = new Map<number, Cell[]>();
	for (const cell of cells) {
		if (table && cell.row <= table.rows && cell.column < table.columns.length)
			throw new RangeError(
				`${name}: the cell ${cellName(cell.column, cell.row)} lies inside the table.`,
			);
		const row = rows.get(cell.row);
		if (row) row.push(cell);
		else rows.set(cell.row, [cell]);
	}
	for (const row of rows.values()) row.sort((a, b) => a.column - b.column);
	return rows;
}

function looseXml(cells: readonly Cell[], styles: StyleSheet): string {
	return cells
		.map(({ value, column, row, style }) =>
			typeof value === 'string'
				? textCell(cellName(column, row), styles.index(style), value)
				: numberCell(cellName(column, row), styles.index(style), value),
		)
		.join('');
}

/** @returns a function that writes the column's cell of a row of the table */
function columnWriter(
	column: Column,
	index: number,
	style: number,
	blank: Sheet['blank'],
): (row: number) => string {
	const name = columnName(index);
	const styled = styleOf(style);
	if (column.kind === 'number') {
		return (row) => {
			const value = column.at(row);
			if (Number.isFinite(value))
				return `<c r="${name}${row + 2}"${styled} t="n"><v>${value}</v></c>`;
			return blank === 'empty' ? `<c r="${name}${row + 2}"${styled} t="n"><v></v></c>` : '';
		};
	}
	// Neighbouring rows mostly share their texts.
	let last: string | undefined;
	let element = '';
	return (row) => {
		const text = column.at(row);
		if (text !== last) {
			last = text;
			element = `"${styled} t="inlineStr"><is>${textElement(text)}</is></c>`;
		}
		return text === '' ? '' : `<c r="${name}${row + 2}${element}`;
	};
}

const styleOf = (style: number) => (style === 0 ? '' : ` s="${style}"`);

function textCell(name: string, style: number, text: string): string {
	return `<c r="${name}"${styleOf(style)} t="inlineStr"><is>${textElement(text)}</is></c>`;
}

function numberCell(name: string, style: number, value: number): string {
	if (!Number.isFinite(value)) return '';
	return `<c r="${name}"${styleOf(style)} t="n"><v>${value}</v></c>`;
}
