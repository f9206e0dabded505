/** LEMUR's `_box`: for each epoch a box over the means of the nets, not over their records (`box-task.ts`). */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { epochAxis, metricAxis } from './axes';
import { boxColumns, boxesOf, boxTraces, type EpochBox, type EpochValues } from './epoch-boxes';
import { emptyFigure, layoutOf } from './figure';
import { drawnBoard } from './lemur-rows';
import { netMeans, type NetMeans } from './net-means';
import { paletteOf, type SeriesStyle } from './palette';
import type { Axis, Figure, PlotOptions, PlotRows, PlotSpec, ScatterTrace } from './plot';
import { plotName } from './text';
import { boardText, counted, fractionText } from './words';

/** LEMUR labels every tenth box. */
const LABEL_STEP = 10;
const WIDTH = 0.7;

export const boxEpoch: PlotSpec = {
	id: 'box-epoch',
	title: 'Means of the nets by epoch',
	about:
		'For each epoch a box over the nets’ means: quartiles, whiskers at the last means within 1.5 interquartile ranges, and the means outside.',
	group: 'LEMUR',
	controls: ['board'],
	difference:
		'LEMUR sets its boxes side by side and labels them 0, 10, 20, so that a label k stands under the (k + 1)th epoch present. Corrected puts each box at its epoch.',
	size: [14, 8],
	draw,
};

function draw(rows: PlotRows, options: PlotOptions): Figure {
	const board = drawnBoard(rows, options);
	if (typeof board === 'string') return emptyFigure(boxEpoch, options, board);
	const { task, dataset, metric } = board;
	const lemur = options.mode === 'lemur';
	const nets = netMeans(rows.columns, board.ids);
	const boxes = boxesOf(meansByEpoch(nets), (epoch, i) => (lemur ? i : epoch));
	const title = `${boxEpoch.title}: ${boardText(board)}`;
	const style = paletteOf(options.theme).series(0);
	const look = { name: 'Nets', group: '0', width: WIDTH, of: 'net' };
	return {
		data: [...boxTraces(boxes, look, style), ...outsideTrace(nets, boxes, style)],
		layout: layoutOf(
			title,
			options,
			{ xaxis: lemur ? lemurAxis(boxes.length) : epochAxis(), yaxis: metricAxis(metric) },
			{ showlegend: false, boxmode: 'overlay' },
		),
		title,
		summary: summaryOf(boxes, nets.length, metric),
		used: board.ids.length,
		notes: lemur ? [LABELS] : [],
		table: boxColumns(boxes, 'Nets'),
		brush: {
			...(lemur ? {} : { x: { field: 'epoch', scale: 1 } }),
			y: { field: 'accuracy', scale: 1 },
		},
		within: { task: [task], dataset: [dataset], metric: [metric] },
	};
}

const LABELS =
	'As in LEMUR’s picture, a label counts boxes from 0: label k stands under the (k + 1)th epoch present.';

/** In the order of the epochs. */
function meansByEpoch(nets: readonly NetMeans[]): EpochValues[] {
	const groups = new Map<number, number[]>();
	for (const { epochs, mean } of nets)
		for (const [i, epoch] of epochs.entries()) {
			const group = groups.get(epoch);
			if (group) group.push(mean[i]!);
			else groups.set(epoch, [mean[i]!]);
		}
	return [...groups]
		.sort(([a], [b]) => a - b)
		.map(([epoch, values]) => ({ epoch, ascending: Float64Array.from(values).sort() }));
}

function lemurAxis(boxes: number): Axis {
	const places = Array.from({ length: boxes }, (_, i) => i).filter((i) => i % LABEL_STEP === 0);
	return { ...epochAxis(), tickvals: places, ticktext: places.map(String) };
}

/** The means outside the whiskers, by net. */
function outsideTrace(
	nets: readonly NetMeans[],
	boxes: readonly EpochBox[],
	{ color }: SeriesStyle,
): ScatterTrace[] {
	const byEpoch = new Map(boxes.map((box) => [box.epoch, box]));
	const points = nets.flatMap(({ nn, epochs, mean, n }) =>
		[...epochs].flatMap((epoch, i) => {
			const box = byEpoch.get(epoch);
			const value = mean[i]!;
			if (!box || (value >= box.low && value <= box.high)) return [];
			const text = `${plotName(nn)}<br>Epoch ${epoch}: ${fractionText(value)}, n = ${n[i]}`;
			return [{ x: box.place, y: value, text }];
		}),
	);
	if (points.length === 0) return [];
	return [
		{
			type: 'scatter',
			mode: 'markers',
			name: 'Outside',
			legendgroup: '0',
			x: Float64Array.from(points, ({ x }) => x),
			y: Float64Array.from(points, ({ y }) => y),
			text: points.map(({ text }) => text),
			marker: { color, symbol: 'diamond', size: 5, opacity: 0.7 },
			hovertemplate: '%{text}<extra></extra>',
		},
	];
}

function summaryOf(boxes: readonly EpochBox[], nets: number, metric: string): string {
	const [first] = boxes;
	let best = first;
	for (const box of boxes) if (best && box.median > best.median) best = box;
	if (!first || !best) return '';
	const span =
		boxes.length === 1 ? `epoch ${first.epoch}` : `epochs ${first.epoch} to ${boxes.at(-1)?.epoch}`;
	return `Means of ${counted(nets, 'net')} at ${span}: the median ${displayName(metricTitle(metric))} is ${fractionText(first.median)} at first and highest, ${fractionText(best.median)}, at epoch ${best.epoch} (${counted(best.n, 'net')}).`;
}
