/** LEMUR's raw_data.xlsx: every row of the filter in `data()` order, and five pictures beside them. */
import type { Cell, Picture, Sheet } from '../../xlsx/workbook';
import type { TrialColumns } from '../columns';
import type { PlotRows } from '../plots/plot';
import type { PlotId } from '../plots/ids';
import { readerOf } from '../reader';
import { sortTrials } from '../sort';
import { DPI_NOTE, inkOfRows, isFound, paintAll, pictureBytes, type Wanted } from './pictures';
import { PACKAGE_BYTES, planSheets, sheetBytes, splitNotes, splitSheet } from './sheets';
import type { PlanDraft, ReportSpec } from './spec';
import { lemurProperties, NO_ROWS, NUMBER_NOTE } from './words';

/** Plan and workbook of kind 'lemur-raw'. */
export const lemurRaw: ReportSpec = {
	plan(rows, rowLimit) {
		// The order changes hardly anything about the size, and sorting takes its time.
		const sheets = sheetsOf(rows.columns, rows.ids, rowLimit);
		const wanted = rawPictures(rows);
		const bytes = sheets.reduce(
			(sum, sheet) => sum + sheetBytes(sheet),
			PACKAGE_BYTES + pictureBytes(wanted, inkOfRows(rows.ids.length)),
		);
		return { ...draft(sheets, wanted.filter(isFound), rows, rowLimit), bytes: Math.round(bytes) };
	},
	async build(rows, options, effects) {
		const painted = await paintAll(rows, rawPictures(rows), options, effects);
		const pictures = painted.flatMap((one, i): Picture[] =>
			one ? [{ ...PLACES[i]!, ...SIZE, png: one.png, alt: one.alt }] : [],
		);
		const order = dataOrder(rows);
		await effects.breathe();
		const sheets = sheetsOf(rows.columns, order, effects.rowLimit, pictures);
		const shown = painted.flatMap((one) => (one ? [one.wanted] : []));
		return {
			workbook: { sheets, properties: lemurProperties('LEMUR raw data', options) },
			plan: draft(sheets, shown, rows, effects.rowLimit),
		};
	},
};

/** In the order of their places. */
const PICTURES: readonly { id: PlotId; title: string; file: string }[] = [
	{ id: 'rows-epoch', title: 'Accuracy vs Epochs', file: 'accuracy_vs_epochs.png' },
	{ id: 'rows-time', title: 'Accuracy vs Training Time', file: 'accuracy_vs_training_time.png' },
	{ id: 'box-task', title: 'Accuracy Distribution by Epochs', file: 'accuracy_vs_epochs_box.png' },
	{ id: 'histogram', title: 'Accuracy Frequency', file: 'accuracy_histogram.png' },
	{
		id: 'first-epoch-bar',
		title: 'Distribution of Model Training Times (First Epoch)',
		file: 'first_epoch_training_time_distribution_by_model.png',
	},
];

/** Pixels. */
const SIZE = { width: 500, height: 350 } as const;
/** Column L: five beyond the last of the data. */
const COLUMN = 11;
/** 0-based rows of the labels; a picture is one row below. */
const LABEL_ROWS = PICTURES.map((_, i) => 1 + 20 * i);
const PLACES = LABEL_ROWS.map((row) => ({ row: row + 1, column: COLUMN }));
const LABELS = PICTURES.map(({ title }, i): Cell => ({
	row: LABEL_ROWS[i] ?? 0,
	column: COLUMN,
	value: title,
	style: 'plain',
}));

const COLUMNS = ['task', 'dataset', 'metric', 'epoch', 'duration', 'accuracy', 'nn'] as const;

/** @returns every picture of the workbook, in the order of their places */
export function rawPictures({ ids }: PlotRows): Wanted[] {
	return PICTURES.map((picture) => ({ ...picture, options: { mode: 'lemur' }, ids }));
}

/** Trials as `data()` returns them; equal ones in the snapshot's order. */
function dataOrder({ columns, ids }: PlotRows): Uint32Array {
	const keys = ['task', 'dataset', 'metric', 'nn', 'epoch'] as const;
	return sortTrials(
		columns,
		ids,
		keys.map((column) => ({ column, descending: false })),
	);
}

function sheetsOf(
	columns: TrialColumns,
	trials: Uint32Array,
	rowLimit: number,
	pictures: readonly Picture[] = [],
): Sheet[] {
	const table = {
		rows: trials.length,
		headerStyle: 'plain' as const,
		columns: COLUMNS.map((title) => {
			const reader = readerOf(columns, title);
			return reader.kind === 'text'
				? {
						title,
						style: 'plain' as const,
						kind: 'text' as const,
						at: (row: number) => reader.at(trials[row]!),
					}
				: {
						title,
						style: 'plain' as const,
						kind: 'number' as const,
						at: (row: number) => reader.at(trials[row]!),
					};
		}),
	};
	return splitSheet({ name: 'Raw Data', table, cells: LABELS, pictures, blank: 'empty' }, rowLimit);
}

function draft(
	sheets: readonly Sheet[],
	shown: readonly Wanted[],
	{ ids }: PlotRows,
	rowLimit: number,
): PlanDraft {
	return {
		sheets: planSheets(sheets),
		pictures: shown.map(({ title }) => title),
		files: shown.map(({ file }) => file),
		charts: [],
		notes: [NUMBER_NOTE, ...(shown.length > 0 ? [DPI_NOTE] : []), ...splitNotes(sheets, rowLimit)],
		...(ids.length === 0 ? { empty: NO_ROWS } : {}),
	};
}
