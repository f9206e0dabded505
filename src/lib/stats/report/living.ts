/**
 * The living workbook: a cover, charts that follow their cells, summaries, all rows, pictures of plots,
 * and what every column means. What is in each sheet is in the files `living-*.ts`.
 */
import type { Sheet } from '../../xlsx/workbook';
import { boardsOf, type BoardRows } from '../plots/boards';
import { runIdentity } from '../run-identity';
import {
	curvesTable,
	summariseBoards,
	summaryTable,
	topTable,
	type DefinedTable,
} from './living-boards';
import { countBoards } from './counts';
import { chartsSheet, chartTitles, SHEETS } from './living-charts';
import { dataColumns, type DataColumns } from './living-columns';
import { coverSheet, definitionsSheet, type SheetSaid } from './living-cover';
import { picturesSheet, picturesWanted } from './living-pictures';
import { inkOfRows, isFound, paintAll, pictureBytes, type Wanted } from './pictures';
import type { ReportOptions } from './report';
import { PACKAGE_BYTES, planSheets, sheetBytes, splitNotes, splitSheet } from './sheets';
import type { PlanDraft, ReportRows, ReportSpec } from './spec';
import { NO_ROWS } from './words';

/** Plan and workbook of kind 'living'. */
export const living: ReportSpec = {
	plan(rows, rowLimit) {
		const counts = countBoards(rows);
		const data = dataColumns(rows);
		const empty = tablesOf([], rows, data);
		// Only their lengths are asked for in a plan, not their values.
		const tables: Tables = {
			...empty,
			summary: { ...empty.summary, rows: counts.nets },
			top: { ...empty.top, rows: counts.top },
			curves: { ...empty.curves, rows: counts.curveRows },
		};
		const wanted = picturesWanted(rows).filter(isFound);
		const boards = boardsOf(rows);
		const context = { rows, boards, data, options: NO_OPTIONS, rowLimit };
		const pictures = wanted.length > 0 ? { name: 'Pictures', blank: 'absent' as const } : undefined;
		const { sheets, notes } = arrange(context, tables, chartsSheet([]), pictures);
		const bytes =
			PACKAGE_BYTES +
			boards.length * BYTES.board +
			counts.nets * BYTES.net +
			counts.curveRows * BYTES.curveRow +
			sheetBytes(tableSheet('Data', tables.data)) +
			pictureBytes(wanted, inkOfRows(rows.ids.length));
		return { ...draft(context, sheets, wanted, notes), bytes: Math.round(bytes) };
	},
	async build(rows, options, effects) {
		const { rowLimit, breathe, signal } = effects;
		const painted = await paintAll(rows, picturesWanted(rows), options, effects);
		const shown = painted.flatMap((one) => one ?? []);
		const pause = async () => {
			await breathe();
			signal.throwIfAborted();
		};
		const boards = await summariseBoards(rows, pause);
		const data = dataColumns(rows);
		await pause();
		const context = { rows, boards: boardsOf(rows), data, options, rowLimit };
		const pictures = shown.length > 0 ? picturesSheet(shown) : undefined;
		const tables = tablesOf(boards, rows, data);
		const { sheets, notes } = arrange(context, tables, chartsSheet(boards), pictures);
		const wanted = shown.map((one) => one.wanted);
		return {
			workbook: { sheets, properties: properties(options) },
			plan: draft(context, sheets, wanted, notes),
		};
	},
};

/** Bytes in the file of a leaderboard's charts, of a net's rows in summary and charts, of a curve's row. */
const BYTES = { board: 5000, net: 110, curveRow: 75 } as const;

const NO_OPTIONS: ReportOptions = { sentence: '', link: '', source: '', date: '', pictures: true };

interface Context {
	readonly rows: ReportRows;
	readonly boards: readonly BoardRows[];
	readonly data: DataColumns;
	readonly options: ReportOptions;
	readonly rowLimit: number;
}

type Tables = Readonly<Record<'summary' | 'top' | 'curves' | 'data', DefinedTable>>;

function tablesOf(
	boards: Awaited<ReturnType<typeof summariseBoards>>,
	rows: ReportRows,
	data: DataColumns,
): Tables {
	return {
		summary: summaryTable(boards, rows.columns),
		top: topTable(boards),
		curves: curvesTable(boards),
		data: { rows: rows.ids.length, columns: data.columns },
	};
}

const NOTES = [
	'The charts follow the cells of their sheets: change the cells and they are drawn anew.',
	'Numbers are written so that they read back exactly; times are in nanoseconds, with readable columns beside them.',
];

/** All sheets in their order, and what there is to say about them. */
function arrange(
	{ rows, boards, data, options, rowLimit }: Context,
	tables: Tables,
	charts: Sheet,
	pictures: Sheet | undefined,
): { sheets: Sheet[]; notes: readonly string[] } {
	// A snapshot has fewer nets than a sheet has rows, so that only the data are ever split.
	const dataSheets = splitSheet(tableSheet('Data', tables.data), rowLimit);
	const middle = [
		charts,
		tableSheet(SHEETS.summary, tables.summary),
		tableSheet(SHEETS.top, tables.top),
		tableSheet(SHEETS.curves, tables.curves),
		...dataSheets,
		...(pictures ? [pictures] : []),
		definitionsSheet(
			[
				['Data', tables.data.columns],
				[SHEETS.summary, tables.summary.columns],
				[SHEETS.top, tables.top.columns],
				[SHEETS.curves, tables.curves.columns],
			],
			boards,
		),
	];
	const notes = [...NOTES, ...data.notes, ...splitNotes(dataSheets, rowLimit)];
	const said = middle.map(({ name }): SheetSaid => ({ name, about: ABOUT[name] ?? 'More rows.' }));
	return { sheets: [coverSheet(options, factsOf(rows, boards), said, notes), ...middle], notes };
}

const ABOUT: Readonly<Record<string, string>> = {
	Charts:
		'For each leaderboard: curves of the best nets, their best results, and best against time.',
	Summary: 'One row for each net of each leaderboard: counts, best, mean, quantiles, times.',
	'Top 10': 'The ten nets of highest accuracy of each leaderboard.',
	Curves: 'Mean and spread at every epoch of those ten nets.',
	Data: 'Every record, with its times and hyperparameters.',
	Pictures: 'Plots of these records.',
	Definitions: 'What every column means, and what accuracy means under each metric.',
};

function tableSheet(name: string, { rows, columns }: DefinedTable): Sheet {
	return {
		name,
		table: { rows, columns, headerStyle: 'header' },
		widths: new Map(columns.map(({ width }, i) => [i, width])),
		filter: true,
		fit: true,
		blank: 'absent',
	};
}

function factsOf(
	{ columns, ids }: ReportRows,
	boards: readonly BoardRows[],
): (readonly [string, number])[] {
	const first = runIdentity(columns.runs);
	const runs = new Uint8Array(columns.runs.count);
	const nets = new Uint8Array(columns.nns.length);
	for (let i = 0; i < ids.length; i++) {
		const run = columns.run[ids[i]!]!;
		runs[first[run]!] = 1;
		nets[columns.configs.nn[columns.runs.config[run]!]!] = 1;
	}
	const count = (seen: Uint8Array) => seen.reduce((sum, one) => sum + one, 0);
	return [
		['Records', ids.length],
		['Runs', count(runs)],
		['Nets', count(nets)],
		['Leaderboards', boards.length],
	];
}

function draft(
	{ rows, boards }: Context,
	sheets: readonly Sheet[],
	wanted: readonly Wanted[],
	notes: readonly string[],
): PlanDraft {
	return {
		sheets: planSheets(sheets),
		pictures: wanted.map(({ title }) => title),
		files: wanted.map(({ file }) => file),
		charts: boards.flatMap(chartTitles),
		notes,
		...(rows.ids.length === 0 ? { empty: NO_ROWS } : {}),
	};
}

function properties({ sentence, source, link, date }: ReportOptions) {
	const description = `${sentence} (${source})`;
	return { title: 'LEMUR report', description, keywords: link, created: date };
}
