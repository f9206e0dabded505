/** LEMUR's `_mean_std`: the mean of each net by epoch, with a band of one standard deviation to either side. */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { epochAxis, metricAxis } from './axes';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { drawnBoard } from './lemur-rows';
import { bestNets, netMeans, type NetMeans } from './net-means';
import { drawnNote, meansTable, meanTrace, seriesOf, stdBand } from './net-curves';
import { paletteOf } from './palette';
import type { Figure, PlotOptions, PlotRows, PlotSpec, Trace } from './plot';
import { boardText, counted, countText, fractionText } from './words';

const TOP = 10;

export const meanStd: PlotSpec = {
	id: 'mean-std',
	title: 'Mean and standard deviation',
	about:
		'The mean of each net’s records at an epoch, with a band of one standard deviation (ddof 1) to either side; one record has no band.',
	group: 'LEMUR',
	controls: ['board', 'top'],
	top: TOP,
	difference:
		'LEMUR draws every net of a dataset on one another, and only for accuracy and IoU. Corrected draws the nets with the highest mean, for any metric.',
	size: [14, 8],
	draw,
};

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const board = drawnBoard(rows, options);
	if (typeof board === 'string') return emptyFigure(meanStd, options, board);
	const { task, dataset, metric } = board;
	const lemur = options.mode === 'lemur';
	const all = netMeans(rows.columns, board.ids);
	const drawn = lemur ? all.slice(0, options.top) : bestNets(all, options.top ?? TOP);
	const title = `${meanStd.title}: ${boardText(board)}`;
	const series = seriesOf(drawn, paletteOf(options.theme));
	return {
		data: series.flatMap((one): Trace[] => [stdBand(one), meanTrace(one)]),
		layout: layoutOf(title, options, { xaxis: epochAxis(), yaxis: metricAxis(metric) }),
		title,
		summary: summaryOf(all, metric),
		used: board.ids.length,
		notes: [
			...drawnNote(
				all.length,
				drawn.length,
				lemur ? 'the first names' : 'those of the highest mean at an epoch',
			),
			...bandNote(drawn),
		],
		table: meansTable(drawn, metric),
		brush: { x: { field: 'epoch', scale: 1 }, y: { field: 'accuracy', scale: 1 } },
		within: { task: [task], dataset: [dataset], metric: [metric] },
	};
}

function summaryOf(nets: readonly NetMeans[], metric: string): string {
	const [best] = bestNets(nets, 1);
	if (!best) return NO_ROWS;
	const at = best.mean.indexOf(best.best);
	return `${counted(nets.length, 'net')}: the highest mean ${displayName(metricTitle(metric))} is ${fractionText(best.best)}, of ${displayName(best.nn)} at epoch ${best.epochs[at]} (n = ${countText(best.n[at] ?? 0)}).`;
}

function bandNote(drawn: readonly NetMeans[]): string[] {
	const points = drawn.reduce((sum, { n }) => sum + n.length, 0);
	const single = drawn.reduce((sum, { n }) => sum + n.filter((count) => count === 1).length, 0);
	return single === 0
		? []
		: [
				`${countText(single)} of ${counted(points, 'mean')} drawn rest on one record and have no band.`,
			];
}
