/** Rows of separated values as RFC 4180 describes them; CSV and TSV differ in the separator alone. */
import { guardCell } from './guard';
import type { ExportColumn, ExportOptions, ExportProgress, ExportTable } from './table';
import { numberText, writeRows } from './text-parts';

const LINE_END = '\r\n';
const BOM = '\uFEFF';

/**
 * A header of column ids, then the rows; a missing value is an empty cell. Only text cells are
 * ever guarded: numbers stay numbers.
 */
export function writeDelimited(
	table: ExportTable,
	{ separator = ',', bom = false, safe = false }: ExportOptions,
	onProgress: ExportProgress,
): Uint8Array {
	const quoted = new RegExp(`["\\r\\n${separator}]`);
	const text = (value: string) => {
		const cell = safe ? guardCell(value) : value;
		return quoted.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
	};
	const cell = (column: ExportColumn, row: number) =>
		column.kind === 'number' ? numberText(column.at(row)) : text(column.at(row));
	const line = (cells: readonly string[]) =>
		// A line of one empty cell would read as no line.
		(cells.length === 1 && cells[0] === '' ? '""' : cells.join(separator)) + LINE_END;
	return writeRows(
		table.rows,
		{
			head: (bom ? BOM : '') + line(table.columns.map(({ id }) => text(id))),
			row: (row) => line(table.columns.map((column) => cell(column, row))),
			foot: '',
		},
		onProgress,
	);
}
