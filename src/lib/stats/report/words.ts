/** Sentences that several reports say. */
import type { Properties } from '../../xlsx/workbook';
import type { ReportOptions } from './report';

export const NO_ROWS =
	'No record passes the filter, so there is nothing to write. Remove a condition.';

export const NUMBER_NOTE =
	'Numbers are written so that they read back exactly; the original writes 16 digits, which changes the last one of some.';

/** What a spreadsheet program shows about the file of a LEMUR report. */
export function lemurProperties(title: string, options: ReportOptions): Properties {
	const { sentence, source, link, date } = options;
	return { title, description: `${sentence} (${source})`, keywords: link, created: date };
}
