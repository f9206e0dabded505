/** What a report is: a workbook of the filter's rows. Kinds, plan and result; each kind has a file of its own. */
export const REPORT_KINDS = ['lemur-statistics', 'lemur-raw', 'living'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export { MEDIA_TYPE as REPORT_MEDIA_TYPE } from '../../xlsx/workbook';

/** What a workbook will hold, before it is made. */
export interface ReportPlan {
	readonly sheets: readonly {
		readonly name: string;
		/** data rows, without the header */
		readonly rows: number;
		readonly columns: readonly string[];
	}[];
	/** titles of the pictures, in the order of their places */
	readonly pictures: readonly string[];
	/** names of the same pictures' files, as LEMUR calls them where it has them */
	readonly files?: readonly string[];
	/** titles of the native charts */
	readonly charts: readonly string[];
	/** estimate */
	readonly bytes: number;
	/** what is left out, split or different from the original: sentences */
	readonly notes: readonly string[];
	/** why there is nothing to write; absent when there is */
	readonly empty?: string;
}

/** Written on the cover sheet and into the file's properties. */
export interface ReportOptions {
	/** the filter as a sentence */
	readonly sentence: string;
	/** absolute address of the same view */
	readonly link: string;
	/** data version and hash */
	readonly source: string;
	/** ISO 8601 date and time of making */
	readonly date: string;
	/** false: without pictures */
	readonly pictures: boolean;
}
