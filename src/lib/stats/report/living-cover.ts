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
	const followed = options.link.length <= LONGEST_LINK && /^https?:/.test(options.link);
	const lines: Line[] = [
		[{ value: 'LEMUR report', style: 'title' }],
		[],
		[bold('Filter'), wrapped(options.sentence)],
		[
			bold('The same on the web'),
			followed ? linked(options.link, options.link) : { value: options.link, style: 'plain' },
		],
		...[['Data', options.source] as const, ['Made', options.date] as const, ...facts].map(
			([name, value]): Line => [
				bold(name),
				{ value, style: typeof value === 'number' ? 'leftCount' : 'plain' },
			],
		),
		[],
		[bold('Sheets')],
		...sheets.map(({ name, about }): Line => [linked(name, `#${quoted(name)}!A1`), wrapped(about)]),
		[],
		...notes.map((note, i): Line => [i === 0 ? bold('Notes') : undefined, wrapped(note)]),
	];
	const cells = lines.flatMap((line, row) =>
		line.flatMap((cell, column) => (cell ? [{ ...cell, row, column }] : [])),
	);
	const widths = new Map([
		[0, 26],
		[1, 110],
	]);
	return { name: 'Cover', cells, widths, fit: true, blank: 'absent' };
}

type Words = Omit<Cell, 'row' | 'column'>;
/** Cells from the left. */
type Line = readonly (Words | undefined)[];

const bold = (value: string): Words => ({ value, style: 'bold' });
const wrapped = (value: string): Words => ({ value, style: 'wrap' });
const linked = (value: string, link: string): Words => ({ value, style: 'link', link });

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
	const rows: Definition[] = [
		...tables.flatMap(([sheet, columns]) =>
			columns.map(({ title, unit, about }) => ({ sheet, column: title, unit, about })),
		),
		...metricDefinitions(boards),
		{ sheet: 'all', column: 'Blank cells', unit: '', about: BLANK },
	];
	const column = (title: string, of: (row: Definition) => string) => ({
		title,
		kind: 'text' as const,
		style: 'plain' as const,
		at: (row: number) => of(rows[row]!),
	});
	const columns = [
		column('Sheet', ({ sheet }) => sheet),
		column('Column', ({ column }) => column),
		column('Unit', ({ unit }) => unit),
		column('Meaning', ({ about }) => about),
	];
	return {
		name: 'Definitions',
		table: { rows: rows.length, headerStyle: 'header', columns },
		widths: new Map([14, 36, 36, 120].map((width, i) => [i, width])),
		filter: true,
		fit: true,
		blank: 'absent',
	};
}

const BLANK =
	'Nothing was recorded, or the number is not defined, such as the deviation of one record.';

function metricDefinitions(boards: readonly TaskInfo[]): Definition[] {
	return distinctSorted(boards.map(({ metric }) => metric)).map((metric) => {
		const known = Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined;
		const about = known ?? 'As the net’s own code computes it.';
		return {
			sheet: 'all',
			column: `Accuracy where the metric is ${metric}`,
			unit: 'a fraction of 1',
			about: `${metricTitle(metric)}. ${about} Never compare it with another metric.`,
		};
	});
}
