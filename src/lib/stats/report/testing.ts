/** Reports for tests and oracles: pictures of one pixel, nothing to wait for. Nothing that ships imports it. */
import { read, type WorkBook } from '@e965/xlsx';
import { bytesOf, unpack, type Package } from '../../xlsx/testing';
import type { ReportKind, ReportOptions, ReportPlan } from './report';
import { writeReport, type ReportEffects, type ReportRows } from './write';

/** A valid picture. */
export const PIXEL = Uint8Array.from(
	atob(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	),
	(char) => char.charCodeAt(0),
);

export const OPTIONS: ReportOptions = {
	sentence: 'All records',
	link: 'https://example.org/lemur#/explore',
	source: 'LEMUR 0.0.0, 0123abcd',
	date: '2026-01-02T03:04:05.000Z',
	pictures: true,
};

/** Effects that do nothing; some of them may be given. */
export function effectsOf(some: Partial<ReportEffects> = {}): ReportEffects {
	return {
		paint: () => Promise.resolve({ bytes: PIXEL }),
		progress: () => undefined,
		signal: new AbortController().signal,
		breathe: () => Promise.resolve(),
		...some,
	};
}

export interface MadeWorkbook {
	readonly bytes: Uint8Array;
	readonly plan: ReportPlan;
	/** as XML */
	readonly file: Package;
	/** as another library reads it, rows of cells */
	readonly book: WorkBook;
}

/** @returns a report and what two readers see in it */
export async function makeWorkbook(
	rows: ReportRows,
	kind: ReportKind,
	options: Partial<ReportOptions> = {},
	effects: Partial<ReportEffects> = {},
): Promise<MadeWorkbook> {
	const { file, plan } = await writeReport(
		rows,
		kind,
		{ ...OPTIONS, ...options },
		effectsOf(effects),
	);
	const bytes = await bytesOf(file);
	return { bytes, plan, file: unpack(bytes), book: readBook(bytes) };
}

/** @returns the workbook with its sheets as rows of cells; number formats and styles as codes */
export function readBook(bytes: Uint8Array): WorkBook {
	return read(bytes, { dense: true, cellNF: true, cellHTML: false, cellText: false });
}

/** Value of a cell of a dense sheet; undefined where there is none. 0-based. */
export function valueAt(book: WorkBook, sheet: string, row: number, column: number): unknown {
	return book.Sheets[sheet]?.['!data']?.[row]?.[column]?.v;
}
