/** LEMUR's `_rolling_mean`: the mean of each net by epoch, and the rolling mean of the last five of them. */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { rollingMean as rolling } from '../rolling';
import { epochAxis, metricAxis } from './axes';
import { emptyFigure, layoutOf } from './figure';
import { drawnBoard } from './lemur-rows';
import { drawnNote, meansTable, meanTrace, type CurveSeries } from './net-curves';
import { bestNets, netMeans, type NetMeans } from './net-means';
import { paletteOf } from './palette';
import type { Figure, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { plotName } from './text';
import { boardText, counted, countText, fractionText } from './words';

const TOP = 10;
/** Means in a window, of epochs that are present; at the start of a curve there are fewer. */
const WINDOW = 5;

export const rollingMean: PlotSpec = {
	id: 'rolling-mean',
	title: 'Rolling mean',
	about:
		'The mean of each net’s records at an epoch (line) and the mean of the last five of these (dotted); a gap in the epochs does not break the window.',
	group: 'LEMUR',
	controls: ['board', 'top'],
	top: TOP,
	difference:
		'LEMUR draws the first 10 nets by name, and its rolling mean runs on from one net into the next, so that the first 4 points of a net hold points of the net before. Corrected starts anew at every net and draws the nets of the highest mean.',
	size: [20, 12],
	draw,
};

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const board = drawnBoard(rows, options);
	if (typeof board === 'string') return emptyFigure(rollingMean, options, board);
	const { task, dataset, metric } = board;
	const lemur = options.mode === 'lemur';
	const top = options.top ?? TOP;
	const all = netMeans(rows.columns, board.ids);
	const drawn = lemur ? all.slice(0, top) : bestNets(all, top);
	const rolled = lemur ? runningOn(drawn) : drawn.map(({ mean }) => rolling(mean, WINDOW));
	const title = `${rollingMean.title}: ${boardText(board)}`;
	const score = metricTitle(metric);
	return {
		data: tracesOf(drawn, rolled, options),
		layout: layoutOf(title, options, { xaxis: epochAxis(), yaxis: metricAxis(metric) }),
		title,
		summary: summaryOf(drawn, rolled, score),
		used: board.ids.length,
		notes: notesOf(all.length, drawn.length, lemur),
		table: [
			...meansTable(drawn, metric),
			{
				title: `Rolling mean ${score}`,
				unit: 'fraction',
				values: Float64Array.from(rolled.flatMap((values) => [...values])),
			},
		],
		brush: { x: { field: 'epoch', scale: 1 }, y: { field: 'accuracy', scale: 1 } },
		within: { task: [task], dataset: [dataset], metric: [metric] },
	};
}

/** LEMUR's window does not stop where a net ends. */
function runningOn(nets: readonly NetMeans[]): Float64Array[] {
	const values = rolling(Float64Array.from(nets.flatMap(({ mean }) => [...mean])), WINDOW);
	let at = 0;
	return nets.map(({ mean }) => values.subarray(at, (at += mean.length)));
}

function tracesOf(
	nets: readonly NetMeans[],
	rolled: readonly Float64Array[],
	{ theme }: PlotOptions,
): ScatterTrace[] {
	const palette = paletteOf(theme);
	return nets.flatMap((net, i): ScatterTrace[] => {
		const name = plotName(net.nn);
		const style = { ...palette.series(i), dash: i % 2 === 0 ? 'solid' : 'dash' } as const;
		const series: CurveSeries = { name, group: String(i), style, nets: [net] };
		const line: ScatterTrace = {
			type: 'scatter',
			mode: 'lines',
			name: `${name}, rolling`,
			legendgroup: String(i),
			showlegend: false,
			x: net.epochs,
			y: rolled[i] ?? new Float64Array(0),
			line: { color: style.color, dash: 'dot', width: 2 },
			hovertemplate: `${name}<br>Epoch %{x}: rolling mean %{y:.4f}<extra></extra>`,
		};
		return [meanTrace(series), line];
	});
}

function summaryOf(
	nets: readonly NetMeans[],
	rolled: readonly Float64Array[],
	score: string,
): string {
	let best = { value: -Infinity, nn: '', epoch: NaN };
	for (const [i, net] of nets.entries())
		for (const [at, value] of (rolled[i] ?? []).entries())
			if (value > best.value) best = { value, nn: net.nn, epoch: net.epochs[at] ?? NaN };
	return `${counted(nets.length, 'net')}: the highest rolling mean of ${displayName(score)} is ${fractionText(best.value)}, of ${displayName(best.nn)} at epoch ${best.epoch}.`;
}

function notesOf(all: number, drawn: number, lemur: boolean): string[] {
	const by = lemur ? 'the first names' : 'those of the highest mean at an epoch';
	const leak = `As in LEMUR’s picture, the window runs on over the borders of nets: the first ${countText(WINDOW - 1)} points of a net hold points of the net before it.`;
	return [...drawnNote(all, drawn, by), ...(lemur ? [leak] : [])];
}
