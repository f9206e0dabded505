/** One row as a JSON object: what JSON and NDJSON share. */
import type { ExportTable } from './table';
import { numberText } from './text-parts';

/** @returns the row's text by its index; a missing value, and what JSON has no number for, is null */
export function jsonRow({ columns }: ExportTable): (row: number) => string {
	const keys = columns.map(({ id }) => JSON.stringify(id));
	const value = (c: number, row: number) => {
		const column = columns[c]!;
		if (column.kind === 'text') return JSON.stringify(column.at(row) || null);
		const number = column.at(row);
		return Number.isFinite(number) ? numberText(number) : 'null';
	};
	return (row) => `{${keys.map((key, c) => `${key}:${value(c, row)}`).join(',')}}`;
}
