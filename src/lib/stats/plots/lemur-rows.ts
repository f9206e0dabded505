/**
 * Which leaderboard LEMUR's aggregated plots show: its process step takes the metrics acc and iou and
 * drops all others. Corrected plots show any leaderboard.
 */
import { metricAxis } from './axes';
import { boardRows, rowsOfTasks, type BoardRows } from './boards';
import type { Axis, PlotOptions, PlotRows } from './plot';
import { NO_ROWS } from './figure';
import { boardText } from './words';

/** Metrics that LEMUR aggregates. */
export const AGGREGATED: readonly string[] = ['acc', 'iou'];

/** @returns the rows that LEMUR aggregates */
export function aggregatedRows(rows: PlotRows): PlotRows {
	const wanted = rows.columns.tasks.map(({ metric }) => AGGREGATED.includes(metric));
	return { ...rows, ids: rowsOfTasks(rows, wanted) };
}

/** @returns the leaderboard to draw, or a sentence that says why there is none */
export function drawnBoard(rows: PlotRows, options: PlotOptions): BoardRows | string {
	if (options.mode !== 'lemur') return boardRows(rows, options) ?? NO_ROWS;
	const { board } = options;
	if (
		board &&
		!AGGREGATED.includes(board.metric) &&
		boardRows(rows, options)?.metric === board.metric
	)
		return `LEMUR draws this plot for accuracy and IoU only, not for ${boardText(board)}. Choose the corrected figure.`;
	return (
		boardRows(aggregatedRows(rows), options) ??
		'LEMUR draws this plot for accuracy and IoU only, and no record of either passes the filter. Choose the corrected figure.'
	);
}

/** Said where a raw plot mixes metrics as LEMUR does. */
export const MIXED_METRICS =
	'As in LEMUR’s picture, every metric shares one axis, although their values cannot be compared.';

/** @param metric undefined: all metrics on one axis, as LEMUR has them */
export function scoreAxis(metric: string | undefined): Axis {
	if (metric !== undefined) return metricAxis(metric);
	return { type: 'linear', title: { text: 'accuracy (every metric, fraction)' } };
}
