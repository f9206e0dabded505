/**
 * What the export formats write: exactly the rows and columns of a query, in its order, read lazily.
 * Not the formats themselves: those are one file each, listed in `registry.ts`.
 */
import type { SqlJsStatic } from 'sql.js';
import type { TrialColumns } from '../columns';
import { fieldOf, isPrmColumn, prmName, type ColumnId } from '../fields';
import { readerOf, type UidText } from '../reader';

/** `at` gives NaN or '' for a missing value, by row of the export. */
export type ExportColumn =
	| {
			readonly id: string;
			readonly kind: 'number';
			/** a column of whole numbers: typed formats then store integers */
			readonly integer: boolean;
			readonly at: (row: number) => number;
	  }
	| { readonly id: string; readonly kind: 'text'; readonly at: (row: number) => string };

export interface ExportTable {
	readonly columns: readonly ExportColumn[];
	readonly rows: number;
	/** the sentence that says which rows these are */
	readonly title: string;
	/** address that shows the same rows */
	readonly link: string;
}

export interface ExportOptions {
	/** CSV only; default a comma */
	readonly separator?: ',' | ';' | '\t';
	/** CSV and TSV: a byte order mark first, by which spreadsheets know UTF-8; default none */
	readonly bom?: boolean;
	/** CSV and TSV: an apostrophe before text that a spreadsheet would run; default none */
	readonly safe?: boolean;
	/** SQLite only, which cannot be written without it */
	readonly sqlite?: SqlJsStatic;
}

/** Told the rows written so far, about every `CHUNK_ROWS`, and all of them at the end. */
export type ExportProgress = (rows: number, total: number) => void;

export interface ExportSpec {
	readonly title: string;
	readonly mediaType: string;
	/** of the file's name, with its dot */
	readonly extension: string;
	readonly write: (
		table: ExportTable,
		options: ExportOptions,
		onProgress: ExportProgress,
	) => Uint8Array | Promise<Uint8Array>;
}

/** Rows that become text at once: bounds the memory that a chunk takes as UTF-16. */
export const CHUNK_ROWS = 4096;

export interface TableSource {
	/** needed where `uid` is among the columns */
	readonly uidText: UidText;
	readonly title: string;
	readonly link: string;
}

/**
 * @param trials of the query, in its order
 * @param ids columns to write, in this order
 */
export function exportTable(
	columns: TrialColumns,
	trials: Uint32Array,
	ids: readonly ColumnId[],
	{ uidText, title, link }: TableSource,
): ExportTable {
	return {
		rows: trials.length,
		title,
		link,
		columns: ids.map((id): ExportColumn => {
			const reader = readerOf(columns, id, uidText);
			if (reader.kind === 'text')
				return { id, kind: 'text', at: (row) => reader.at(trials[row] ?? 0) };
			const integer = isInteger(columns, id);
			return { id, kind: 'number', integer, at: (row) => reader.at(trials[row] ?? 0) };
		}),
	};
}

/** By the whole snapshot, so that two exports of it have the same types. */
function isInteger({ runs }: TrialColumns, id: ColumnId): boolean {
	if (!isPrmColumn(id)) return ['count', 'ns'].includes(fieldOf(id).unit);
	const column = runs.prm.get(prmName(id));
	return (
		column?.kind === 'number' &&
		column.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value))
	);
}
