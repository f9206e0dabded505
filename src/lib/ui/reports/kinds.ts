/** The kinds of report in words, and the names of their files. What is in them is planned by the worker. */
import type { ReportKind } from '../../stats/report/report';

export interface KindWords {
	readonly title: string;
	/** what it is for */
	readonly about: string;
}

/** In the order of the choice; the first one is chosen at the start. */
export const KIND_WORDS: Readonly<Record<ReportKind, KindWords>> = {
	living: {
		title: 'Living workbook',
		about:
			'To read, check and go on with: a cover with the link to this view, native Excel charts that follow their cells, summaries, all records, pictures of the plots, and what every column means.',
	},
	'lemur-statistics': {
		title: 'LEMUR layout: statistics.xlsx',
		about:
			'To put beside LEMUR’s own file: means and standard deviations per net and epoch, with LEMUR’s pictures at LEMUR’s places.',
	},
	'lemur-raw': {
		title: 'LEMUR layout: raw_data.xlsx',
		about: 'Every record of the filter as LEMUR lists them, with its five pictures beside them.',
	},
};

export const DEFAULT_KIND: ReportKind = 'living';

/** Above this many bytes the button asks by naming the size. */
export const LARGE_BYTES = 20e6;

/**
 * @param version of the snapshot
 * @param now time of making
 * @returns LEMUR's own names for LEMUR's layouts, else `lemur-2.1.2-2026-11-25.xlsx` (day in UTC)
 */
export function reportFile(kind: ReportKind, version: string, now: Date): string {
	if (kind === 'lemur-statistics') return 'statistics.xlsx';
	if (kind === 'lemur-raw') return 'raw_data.xlsx';
	const day = now.toISOString().slice(0, 10);
	const safe = version.replace(/[^\w.-]+/g, '_').replace(/^[._]+|[._]+$/g, '');
	return `${['lemur', safe, day].filter(Boolean).join('-')}.xlsx`;
}
