/** The words of the living workbook: its cover and its definitions. */
import type { Cell, Sheet } from '../../xlsx/workbook';
import { quoted } from '../../xlsx/address';
import { metricTitle } from '../fields';
import { distinctSorted } from '../text-order';
import type { TaskInfo } from '../columns';
import type { DefinedColumn } from './living-columns';
import type { ReportOptions } from './report';

/** Longest address that spreadsheet programs follow; a longer one is text only. */
const LONGEST_LINK = 2000;

export interface SheetSaid {
	readonly name: string;
	readonly about: string;
}

/** @param facts names and values; @param notes sentences */
export function coverSheet(
	options: ReportOptions,
	facts: readonly (readonly [string, string | number])[],
	sheets: readonly SheetSaid[],
	notes: readonly string[],
): Sheet {
	const cells: Cell[] = [];
	let row = 0;
	const put = (column: number, value: Cell['value'], style: Cell['style'], link?: string) =>
		cells.push({ row, column, value, style, ...(link ? { link } : {}) });
	put(0, 'LEMUR report', 'title');
	row += 2;
	put(0, 'Filter', 'bold');
	put(1, options.sentence, 'wrap');
	row++;
	put(0, 'The same on the web', 'bold');
	const followed = options.link.length <= LONGEST_LINK && /^https?:/.test(options.link);
	put(1, options.link, followed ? 'link' : 'plain', followed ? options.link : undefined);
	for (const [name, value] of [
		['Data', options.source],
		['Made', options.date],
		...facts,
	] as const) {
		row++;
		put(0, name, 'bold');
		put(1, value, typeof value === 'number' ? 'leftCount' : 'plain');
	}
	row += 2;
	put(0, 'Sheets', 'bold');
	for (const { name, about } of sheets) {
		row++;
		put(0, name, 'link', `#${quoted(name)}!A1`);
		put(1, about, 'wrap');
	}
	if (notes.length > 0) {
		row += 2;
		put(0, 'Notes', 'bold');
	}
	for (const note of notes) {
		put(1, note, 'wrap');
		row++;
	}
	const widths = new Map([
		[0, 26],
		[1, 110],
	]);
	return { name: 'Cover', cells, widths, fit: true, blank: 'absent' };
}

const METRICS: Readonly<Record<string, string>> = {
	acc: 'Share of the test samples whose class is right; for text, share of the characters.',
	iou: 'Intersection over union, added up over the test set, mean over all classes; a class that never occurs counts as 0.',
	map: 'Mean average precision at an overlap of 0.5 from 11 points, as LEMUR computes it: two boxes on one object both count, so it is not comparable with COCO’s.',
	bleu: 'BLEU-4 of each sample (smoothing method 1), mean over the samples.',
	clip: 'Mean CLIP score divided by 100.',
	ppl: '1 − (ln(1 + perplexity) − ln 2) / (ln 1001 − ln 2), kept within 0 and 1; higher is better.',
};

interface Definition {
	readonly sheet: string;
	readonly column: string;
	readonly unit: string;
	readonly about: string;
}

/** @param tables the columns of each sheet, by its name */
export function definitionsSheet(
	tables: readonly (readonly [sheet: string, columns: readonly DefinedColumn[]])[],
	boards: readonly TaskInfo[],
): Sheet {
	const rows: Definition[] = tables.flatMap(([sheet, columns]) =>
		columns.map(({ title, unit, about }) => ({ sheet, column: title, unit, about })),
	);
	for (const metric of distinctSorted(boards.map((board) => board.metric))) {
		const about = Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined;
		rows.push({
			sheet: 'all',
			column: `Accuracy where the metric is ${metric}`,
			unit: 'a fraction of 1',
			about: `${metricTitle(metric)}. ${about ?? 'As the net’s own code computes it.'} Never compare it with another metric.`,
		});
	}
	rows.push({
		sheet: 'all',
		column: 'Blank cells',
		unit: '',
		about:
			'Nothing was recorded, or the number is not defined, such as the deviation of one record.',
	});
	const column = (title: string, of: (row: Definition) => string) => ({
		title,
		kind: 'text' as const,
		style: 'plain' as const,
		at: (row: number) => of(rows[row]!),
	});
	return {
		name: 'Definitions',
		table: {
			rows: rows.length,
			headerStyle: 'header',
			columns: [
				column('Sheet', ({ sheet }) => sheet),
				column('Column', ({ column }) => column),
				column('Unit', ({ unit }) => unit),
				column('Meaning', ({ about }) => about),
			],
		},
		widths: new Map([
			[0, 14],
			[1, 36],
			[2, 36],
			[3, 120],
		]),
		filter: true,
		fit: true,
		blank: 'absent',
	};
}
