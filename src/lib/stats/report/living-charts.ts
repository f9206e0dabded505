/** The charts of the living workbook, which spreadsheet programs draw from its own cells. */
import type { Cell, Chart, Sheet } from '../../xlsx/workbook';
import { metricTitle } from '../fields';
import { paletteOf } from '../plots/palette';
import { boardText } from '../plots/words';
import { CURVES, SUMMARY, TOP_TABLE, type Board } from './living-boards';

/** Names of the sheets that the charts read. */
export const SHEETS = { summary: 'Summary', top: 'Top 10', curves: 'Curves' } as const;

/** Pixels; ten columns and twenty-one rows of the default size. */
const SIZE = { width: 620, height: 400 } as const;
const COLUMNS = [0, 10, 20] as const;
/** Rows from one leaderboard to the next, its heading included. */
const STEP = 23;

const series = paletteOf('light').series;

/** @returns a sheet with three charts for each leaderboard */
export function chartsSheet(boards: readonly Board[]): Sheet {
	const cells = boards.map((board, i): Cell => ({
		row: i * STEP,
		column: 0,
		value: boardText(board),
		style: 'bold',
	}));
	const charts = boards.flatMap((board, i) => {
		const at = (column: number) => ({ ...SIZE, row: i * STEP + 1, column });
		return [
			{ ...curveChart(board), ...at(COLUMNS[0]) },
			{ ...topChart(board), ...at(COLUMNS[1]) },
			{ ...timeChart(board), ...at(COLUMNS[2]) },
		];
	});
	return { name: 'Charts', cells, charts, fit: true, blank: 'absent' };
}

/** @returns the titles of a leaderboard's charts */
export function chartTitles(board: { task: string; dataset: string; metric: string }): string[] {
	const { dataset, metric } = board;
	const what = `${metricTitle(metric)}, ${dataset}`;
	return [
		`Mean over epochs of the best nets: ${what}`,
		`The best nets: ${what}`,
		`Best against time: ${what}`,
	];
}

type Undrawn = Omit<Chart, 'row' | 'column' | 'width' | 'height'>;

function curveChart(board: Board): Undrawn {
	const [title = ''] = chartTitles(board);
	const span = (column: number, i: number) => ({
		sheet: SHEETS.curves,
		column,
		first: board.curveRows[i]!,
		last: board.curveRows[i + 1]! - 1,
	});
	return {
		kind: 'lines',
		title,
		alt: `${title}. The numbers are in the sheet ${SHEETS.curves}.`,
		xTitle: 'Epoch',
		yTitle: metricTitle(board.metric),
		series: board.top.map((_, i) => ({
			name: span(CURVES.net, i),
			x: span(CURVES.epoch, i),
			y: span(CURVES.mean, i),
			color: series(i).color,
			dash: series(i).dash,
		})),
	};
}

function topChart(board: Board): Undrawn {
	const [, title = ''] = chartTitles(board);
	const first = board.topRow;
	const span = (column: number, last = first + board.top.length - 1) => ({
		sheet: SHEETS.top,
		column,
		first,
		last,
	});
	return {
		kind: 'bars',
		title,
		alt: `${title}. The numbers are in the sheet ${SHEETS.top}.`,
		xTitle: metricTitle(board.metric),
		yTitle: '',
		series: [
			{
				name: span(2, first),
				x: span(TOP_TABLE.best),
				y: span(TOP_TABLE.net),
				color: series(0).color,
			},
		],
	};
}

function timeChart(board: Board): Undrawn {
	const [, , title = ''] = chartTitles(board);
	const first = board.summaryRow;
	const span = (column: number, last = first + board.nets.groups - 1) => ({
		sheet: SHEETS.summary,
		column,
		first,
		last,
	});
	return {
		kind: 'points',
		title,
		alt: `${title}. One point for each net; the numbers are in the sheet ${SHEETS.summary}.`,
		xTitle: 'Time of the best record (hours)',
		yTitle: metricTitle(board.metric),
		series: [
			{
				name: span(2, first),
				x: span(SUMMARY.bestTime),
				y: span(SUMMARY.bestTimed),
				color: series(0).color,
			},
		],
	};
}
