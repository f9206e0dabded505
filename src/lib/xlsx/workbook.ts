/**
 * What a workbook holds, before it is bytes: sheets of one table and loose cells, pictures and charts.
 * A model only; `write.ts` makes the file.
 */
import type { StyleName } from './styles';

export interface Workbook {
	readonly sheets: readonly Sheet[];
	readonly properties: Properties;
}

/** Shown under "Info" of a spreadsheet program. */
export interface Properties {
	readonly title: string;
	readonly description: string;
	/** an address or other words to find it by */
	readonly keywords: string;
	/** ISO 8601 */
	readonly created: string;
}

export interface Sheet {
	/** allowed and distinct: see `sheetNames` */
	readonly name: string;
	/** from A1 */
	readonly table?: Table;
	/** outside the table; in rows of the table they lie right of it */
	readonly cells?: readonly Cell[];
	/** in the order of their numbers */
	readonly pictures?: readonly Picture[];
	readonly charts?: readonly Chart[];
	/** of columns, in characters, by 0-based column; absent: the program's default */
	readonly widths?: ReadonlyMap<number, number>;
	/** the header stays in sight and filters its columns */
	readonly filter?: boolean;
	/** printed in landscape, as wide as a page */
	readonly fit?: boolean;
	/** how a missing number is written: not at all, or as a number cell without a value, as LEMUR does */
	readonly blank: 'absent' | 'empty';
}

export interface Table {
	readonly columns: readonly Column[];
	/** without the header */
	readonly rows: number;
	readonly headerStyle: StyleName;
}

/** One column, read by row of the table. NaN and infinite numbers are missing. */
export type Column = { readonly title: string; readonly style: StyleName } & (
	| { readonly kind: 'number'; readonly at: (row: number) => number }
	| { readonly kind: 'text'; readonly at: (row: number) => string }
);

export interface Cell {
	/** 0-based */
	readonly row: number;
	readonly column: number;
	readonly value: string | number;
	readonly style: StyleName;
	/** an absolute address, or `#` and a reference inside the workbook */
	readonly link?: string;
}

/** Top left corner (0-based cell) and size in pixels at 96 to the inch. */
export interface Place {
	readonly row: number;
	readonly column: number;
	readonly width: number;
	readonly height: number;
}

export interface Picture extends Place {
	readonly png: Uint8Array;
	/** for those who cannot see it */
	readonly alt: string;
}

/** A chart that the spreadsheet program draws from cells. */
export interface Chart extends Place {
	/** 'lines' and 'points' have numbers on both axes; 'bars' are horizontal, with names */
	readonly kind: 'lines' | 'points' | 'bars';
	readonly title: string;
	readonly alt: string;
	readonly xTitle: string;
	readonly yTitle: string;
	readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
	/** the cell that names it */
	readonly name: Span;
	readonly x: Span;
	readonly y: Span;
	/** #rrggbb */
	readonly color: string;
	readonly dash?: 'solid' | 'dash' | 'dot' | 'dashdot';
}

/** Rows `first` … `last` (of the table, 0-based, inclusive) of a column of a sheet's table. */
export interface Span {
	readonly sheet: string;
	readonly column: number;
	readonly first: number;
	readonly last: number;
}

/** Rows of a sheet, header included, that the file format allows. */
export const MAX_ROWS = 1_048_576;

/** Of an .xlsx file. */
export const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
