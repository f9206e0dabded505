/**
 * The rows of the table `trial`, read straight from the pages of a database file: stepping SQL over
 * more than half a million rows takes most of the time of opening a snapshot. It knows one kind of
 * table, WITHOUT ROWID with four columns of numbers, and is no reader of SQLite files in general.
 */

/** Raised when the file ends too early or a page is not what the table's pages look like. */
export class PageError extends Error {
	override readonly name = 'PageError';
}

/**
 * One row, in a buffer that the next row overwrites.
 * @param values run, epoch, accuracy, duration; NaN for NULL. Integers are exact up to 2^53.
 * @param isReal whether the accuracy is stored as REAL
 */
export type TrialVisit = (values: Float64Array, isReal: boolean) => void;

const COLUMNS = 4;
const ACCURACY = 2;
/** The record's own size and a serial type per column: a byte each, as numbers have small ones. */
const RECORD_HEADER = 1 + COLUMNS;
/** Bytes of a number of each serial type: NULL, integers, a float, and the constants 0 and 1. */
const SIZES = Uint8Array.of(0, 1, 2, 3, 4, 6, 8, 8, 0, 0);
const REAL = 7;
const INTERIOR = 0x02;
const LEAF = 0x0a;
/** SQLite's own limit; a deeper chain of pages is damage. */
const MAX_DEPTH = 20;
const SMALLEST_PAGE = 512;

interface File {
	readonly bytes: Uint8Array;
	readonly view: DataView;
	readonly pageSize: number;
	/** bytes of a page that hold content; an extension may reserve the rest */
	readonly usable: number;
	/** 1 for each page that has been read: a page has one parent */
	readonly seen: Uint8Array;
}

/**
 * Visits every row in the order of (run, epoch).
 * @param bytes the database file
 * @param root `rootpage` of the table in `sqlite_schema`
 * @throws PageError when the file is cut short or a page is malformed; rows before it were visited
 */
export function eachTrial(bytes: Uint8Array, root: number, visit: TrialVisit): void {
	visitPage(fileOf(bytes), root, 0, new Float64Array(COLUMNS), visit);
}

function fileOf(bytes: Uint8Array): File {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < SMALLEST_PAGE) throw new PageError('The file is shorter than a page.');
	const stored = view.getUint16(16);
	const pageSize = stored === 1 ? 2 ** 16 : stored;
	if (pageSize < SMALLEST_PAGE || (pageSize & (pageSize - 1)) !== 0)
		throw new PageError(`The file gives ${stored} as its page size.`);
	const seen = new Uint8Array(Math.floor(bytes.length / pageSize) + 1);
	return { bytes, view, pageSize, usable: pageSize - view.getUint8(20), seen };
}

/** Rows lie in interior pages too, each between the two children it divides. */
function visitPage(
	file: File,
	page: number,
	depth: number,
	values: Float64Array,
	visit: TrialVisit,
): void {
	enter(file, page, depth);
	const { view, pageSize, usable } = file;
	const start = (page - 1) * pageSize;
	const end = start + usable;
	const kind = view.getUint8(start);
	if (kind !== INTERIOR && kind !== LEAF)
		throw new PageError(`Page ${page} is of kind ${kind}, which the table has no pages of.`);
	const pointers = start + (kind === LEAF ? 8 : 12);
	const cells = view.getUint16(start + 3);
	const content = pointers + 2 * cells;
	if (content > end) throw new PageError(`Page ${page} cannot hold ${cells} rows.`);
	for (let i = 0; i < cells; i++) {
		let cell = start + view.getUint16(pointers + 2 * i);
		if (cell < content || cell + 4 > end)
			throw new PageError(`Row ${i} of page ${page} lies outside it.`);
		if (kind === INTERIOR) {
			visitPage(file, view.getUint32(cell), depth + 1, values, visit);
			cell += 4;
		}
		visit(values, readRow(file, cell, end, values));
	}
	if (kind === INTERIOR) visitPage(file, view.getUint32(start + 8), depth + 1, values, visit);
}

function enter({ seen }: File, page: number, depth: number): void {
	// Page 1 begins with the file's header and is the schema's.
	if (page < 2 || page >= seen.length)
		throw new PageError(`The table names page ${page}, which the file lacks.`);
	if (seen[page] === 1 || depth >= MAX_DEPTH)
		throw new PageError(`The table's pages do not form a tree at page ${page}.`);
	seen[page] = 1;
}

/**
 * Sizes and serial types are varints; all that numbers need fit into one byte, so that one with its
 * high bit set fails like any other foreign value, and no row can go on in an overflow page.
 * @param cell offset of the payload's size, which the record follows
 * @returns whether the accuracy is REAL
 */
function readRow({ bytes, view }: File, cell: number, end: number, values: Float64Array): boolean {
	const record = cell + 1;
	let at = record + RECORD_HEADER;
	if (at > end || bytes[record] !== RECORD_HEADER)
		throw new PageError(`The row at byte ${cell} does not have ${COLUMNS} numbers.`);
	for (let c = 0; c < COLUMNS; c++) {
		const type = bytes[record + 1 + c]!;
		const size = SIZES[type];
		if (size === undefined || at + size > end)
			throw new PageError(`Column ${c} of the row at byte ${cell} is no number within its page.`);
		values[c] = readNumber(view, at, type);
		at += size;
	}
	if (bytes[cell] !== at - record)
		throw new PageError(`The row at byte ${cell} is not as long as it says.`);
	return bytes[record + 1 + ACCURACY] === REAL;
}

function readNumber(view: DataView, at: number, type: number): number {
	switch (type) {
		case 0:
			return NaN;
		case 1:
			return view.getInt8(at);
		case 2:
			return view.getInt16(at);
		case 3:
			return view.getInt8(at) * 2 ** 16 + view.getUint16(at + 1);
		case 4:
			return view.getInt32(at);
		case 5:
			return view.getInt16(at) * 2 ** 32 + view.getUint32(at + 2);
		case 6:
			return view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4);
		case REAL:
			return view.getFloat64(at);
		default:
			return type - 8;
	}
}
