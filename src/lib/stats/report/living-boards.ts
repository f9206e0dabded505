/**
 * The summaries of the living workbook: one row for each net of a leaderboard, its best nets, and their
 * curves. What `accuracy` means differs between leaderboards, so no number here crosses one.
 */
import { curves, type Curve } from '../curves';
import type { TaskInfo, TrialColumns } from '../columns';
import { groupTrials } from '../group';
import { boardsOf, type BoardRows } from '../plots/boards';
import type { PlotRows } from '../plots/plot';
import { quantile } from '../quantile';
import { epochDuration } from '../reader';
import { summarise, type SummaryTable } from '../summary';
import { TOP } from './counts';
import { HOUR, numberColumn, textColumn, type DefinedColumn } from './living-columns';

/** One leaderboard with where its rows stand in the sheets. */
export interface Board extends TaskInfo {
	readonly nets: SummaryTable;
	readonly times: NetTimes;
	/** the best nets, highest first, ties by name */
	readonly top: readonly Curve[];
	/** first row of the leaderboard in each table */
	readonly summaryRow: number;
	readonly topRow: number;
	/** first row of each curve, and the row after the last */
	readonly curveRows: readonly number[];
}

/** ns by net; NaN where none is recorded. */
interface NetTimes {
	readonly best: Float64Array;
	readonly median: Float64Array;
	readonly epochMedian: Float64Array;
}

/**
 * @param breathe awaited between leaderboards
 * @returns the leaderboards in the snapshot's order
 */
export async function summariseBoards(
	rows: PlotRows,
	breathe: () => Promise<void>,
): Promise<Board[]> {
	const boards: Board[] = [];
	let summaryRow = 0;
	let topRow = 0;
	let curveRow = 0;
	for (const board of boardsOf(rows)) {
		await breathe();
		const nets = summarise(rows.columns, board.ids, ['nn']);
		await breathe();
		const times = netTimes(rows.columns, board, nets);
		await breathe();
		const top = curves(rows.columns, board.ids, { by: 'nn', top: TOP }).curves;
		const curveRows = [curveRow];
		for (const { epoch } of top) curveRows.push((curveRow += epoch.length));
		const { task, dataset, metric } = board;
		boards.push({ task, dataset, metric, nets, times, top, summaryRow, topRow, curveRows });
		summaryRow += nets.groups;
		topRow += top.length;
	}
	return boards;
}

function netTimes(columns: TrialColumns, { ids }: BoardRows, nets: SummaryTable): NetTimes {
	// The same grouping as the summary's, so that group g is the same net.
	const { order, start, count } = groupTrials(columns, ids, nets.by);
	const median = (of: (trial: number) => number) =>
		Float64Array.from({ length: count }, (_, g) => {
			const values = Float64Array.from(order.subarray(start[g], start[g + 1]), of);
			return quantile(values.filter((value) => !Number.isNaN(value)).sort(), 0.5);
		});
	return {
		best: Float64Array.from(nets.best, (trial) => columns.duration[trial]!),
		median: median((trial) => columns.duration[trial]!),
		epochMedian: median((trial) => epochDuration(columns, trial)),
	};
}

/** A row of a table: which leaderboard, and which of its nets. */
interface Row {
	readonly board: Board;
	readonly at: number;
}

function rowsOf(boards: readonly Board[], count: (board: Board) => number): Row[] {
	return boards.flatMap((board) =>
		Array.from({ length: count(board) }, (_, at) => ({ board, at })),
	);
}

export interface DefinedTable {
	readonly rows: number;
	readonly columns: readonly DefinedColumn[];
}

const fraction = (about: string) => ({
	unit: 'a fraction of 1',
	about,
	style: 'fraction' as const,
});
const count = (about: string) => ({ unit: 'a whole number', about, style: 'count' as const });
const hours = (about: string) => ({ unit: 'hours', about, style: 'hours' as const });

function boardColumns(of: (row: number) => TaskInfo): DefinedColumn[] {
	return [
		textColumn('Task', (row) => of(row).task, { about: 'The kind of problem.', width: 20 }),
		textColumn('Dataset', (row) => of(row).dataset, { about: 'The data of the net.' }),
		textColumn('Metric', (row) => of(row).metric, { about: 'What accuracy means here.' }),
	];
}

/** Places in the tables that the charts read. */
export const SUMMARY = { net: 3, best: 6, bestTime: 8, bestTimed: 17 } as const;

/** One row for each net of each leaderboard. */
export function summaryTable(boards: readonly Board[], columns: TrialColumns): DefinedTable {
	const rows = rowsOf(boards, ({ nets }) => nets.groups);
	const value: Values = (of) => (row) => of(rows[row]!.board)[rows[row]!.at]!;
	const bestTime = value(({ times }) => times.best);
	const best = value(({ nets }) => nets.max);
	return {
		rows: rows.length,
		columns: [
			...boardColumns((row) => rows[row]!.board),
			textColumn('Net', (row) => netName(rows[row]!), { about: 'The net.', width: 34 }),
			...bestColumns(value, columns),
			...spreadColumns(value),
			...timeColumns(value),
			numberColumn(
				'Best with a time',
				(row) => (Number.isNaN(bestTime(row)) ? NaN : best(row)),
				fraction('Best again, blank where its time was not recorded; a chart reads it.'),
			),
		],
	};
}

/** A number of each net of a leaderboard, by row of the summary. */
type Values = (of: (board: Board) => ArrayLike<number>) => (row: number) => number;

function bestColumns(value: Values, { epoch }: TrialColumns): DefinedColumn[] {
	const trial = value(({ nets }) => nets.best);
	const time = value(({ times }) => times.best);
	return [
		numberColumn(
			'Records',
			value(({ nets }) => nets.trials),
			count('Rows of the data sheet.'),
		),
		numberColumn(
			'Runs',
			value(({ nets }) => nets.runs),
			count('Sets of hyperparameters trained.'),
		),
		numberColumn(
			'Best',
			value(({ nets }) => nets.max),
			fraction('The highest accuracy.'),
		),
		numberColumn(
			'Epoch of the best',
			(row) => epoch[trial(row)]!,
			count('Its epoch; the lowest where several are equal.'),
		),
		numberColumn(
			'Time of the best (hours)',
			(row) => time(row) / HOUR,
			hours('From the start of its run to the best record.'),
		),
	];
}

function spreadColumns(value: Values): DefinedColumn[] {
	const column = (title: string, of: (nets: SummaryTable) => Float64Array, about: string) =>
		numberColumn(
			title,
			value(({ nets }) => of(nets)),
			fraction(about),
		);
	return [
		column('Mean', ({ mean }) => mean, 'Mean accuracy of the records.'),
		column('Standard deviation', ({ std }) => std, DEVIATION),
		column('Lowest', ({ min }) => min, 'The lowest accuracy.'),
		column('Lower quartile', ({ q1 }) => q1, quartile('A quarter')),
		column('Median', ({ median }) => median, quartile('Half')),
		column('Upper quartile', ({ q3 }) => q3, quartile('Three quarters')),
	];
}

function timeColumns(value: Values): DefinedColumn[] {
	const soFar = value(({ times }) => times.median);
	const ofEpoch = value(({ times }) => times.epochMedian);
	return [
		numberColumn(
			'Median time so far (hours)',
			(row) => soFar(row) / HOUR,
			hours('Median over the records that have a time.'),
		),
		numberColumn(
			'Median time of an epoch (hours)',
			(row) => ofEpoch(row) / HOUR,
			hours('Median of the times between recorded epochs of a run.'),
		),
	];
}

const quartile = (share: string) =>
	`${share} of the records are at or below it (linear between neighbours, type 7).`;

function netName({ board: { nets }, at }: Row): string {
	return nets.keys[nets.by.indexOf('nn')]?.[at] ?? '';
}

export const TOP_TABLE = { net: 4, best: 5 } as const;

/** The best nets of each leaderboard, in order. */
export function topTable(boards: readonly Board[]): DefinedTable {
	const rows = rowsOf(boards, ({ top }) => top.length);
	const curve = (row: number) => rows[row]!.board.top[rows[row]!.at]!;
	return {
		rows: rows.length,
		columns: [
			...boardColumns((row) => rows[row]!.board),
			numberColumn(
				'Place',
				(row) => rows[row]!.at + 1,
				count('Among the nets of its leaderboard.'),
			),
			textColumn('Net', (row) => curve(row).name, { about: 'The net.', width: 34 }),
			numberColumn('Best', (row) => curve(row).best, fraction('The highest accuracy.')),
			numberColumn('Runs', (row) => curve(row).runs, count('Sets of hyperparameters trained.')),
		],
	};
}

export const CURVES = { net: 3, epoch: 4, mean: 6 } as const;

/** The curves of the best nets: one row for each net and epoch. */
export function curvesTable(boards: readonly Board[]): DefinedTable {
	const rows = boards.flatMap(({ top }) =>
		top.flatMap((curve) => Array.from(curve.epoch, (_, at) => ({ curve, at }))),
	);
	const value = (of: (curve: Curve) => ArrayLike<number>) => (row: number) =>
		of(rows[row]!.curve)[rows[row]!.at]!;
	const score = (title: string, of: (curve: Curve) => Float64Array, about: string) =>
		numberColumn(title, value(of), fraction(about));
	return {
		rows: rows.length,
		columns: [
			...boardColumns((row) => rows[row]!.curve),
			textColumn('Net', (row) => rows[row]!.curve.name, { about: 'The net.', width: 34 }),
			numberColumn(
				'Epoch',
				value(({ epoch }) => epoch),
				count('The epoch.'),
			),
			numberColumn(
				'Records',
				value(({ n }) => n),
				count('Records at this epoch.'),
			),
			score('Mean', ({ mean }) => mean, 'Mean accuracy of these records.'),
			score('Standard deviation', ({ std }) => std, DEVIATION),
			score('Lowest', ({ min }) => min, 'The lowest accuracy.'),
			score('Median', ({ median }) => median, quartile('Half')),
			score('Highest', ({ max }) => max, 'The highest accuracy.'),
		],
	};
}

const DEVIATION = 'With n − 1 in the divisor; blank for one record.';
