/**
 * Boxes by epoch as traces: quartiles and whiskers that we computed, the points outside, and what the
 * hover says. What the values are is the plot's own.
 */
import { boxStats, type BoxStats } from '../box';
import type { SeriesStyle } from './palette';
import type { BoxTrace, FigureColumn, ScatterTrace } from './plot';
import { withAlpha } from './palette';
import { counted, fractionText } from './words';

/** The values of one epoch. */
export interface EpochValues {
	readonly epoch: number;
	/** sorted, without NaN, at least one */
	readonly ascending: Float64Array;
}

/** A box where it is drawn. */
export interface EpochBox extends BoxStats {
	readonly epoch: number;
	/** on the x axis */
	readonly place: number;
}

/** @param placeOf where the i-th epoch is on the x axis */
export function boxesOf(
	groups: readonly EpochValues[],
	placeOf: (epoch: number, index: number) => number,
): EpochBox[] {
	return groups.map(({ epoch, ascending }, i) => ({
		...boxStats(ascending),
		epoch,
		place: placeOf(epoch, i),
	}));
}

/** One series: the boxes and, at their medians, an unseen mark that carries the hover. */
export function boxTraces(
	boxes: readonly EpochBox[],
	look: {
		readonly name: string;
		readonly group: string;
		readonly width: number;
		readonly of: string;
	},
	style: SeriesStyle,
): (BoxTrace | ScatterTrace)[] {
	const values = (key: 'q1' | 'median' | 'q3' | 'low' | 'high' | 'place') =>
		Float64Array.from(boxes, (box) => box[key]);
	const box: BoxTrace = {
		type: 'box',
		name: look.name,
		legendgroup: look.group,
		x: values('place'),
		q1: values('q1'),
		median: values('median'),
		q3: values('q3'),
		lowerfence: values('low'),
		upperfence: values('high'),
		boxpoints: false,
		hoverinfo: 'skip',
		width: look.width,
		line: { color: style.color, width: 1 },
		fillcolor: withAlpha(style.color, 0.35),
	};
	const hover: ScatterTrace = {
		type: 'scatter',
		mode: 'markers',
		name: look.name,
		legendgroup: look.group,
		showlegend: false,
		x: values('place'),
		y: values('median'),
		marker: { color: style.color, size: 6, opacity: 0 },
		text: boxes.map((one) => hoverOf(one, look.of)),
		hovertemplate: '%{text}<extra>%{fullData.name}</extra>',
	};
	return [box, hover];
}

function hoverOf(box: EpochBox, of: string): string {
	const { epoch, n, median, q1, q3, low, high } = box;
	return `Epoch ${epoch}: ${counted(n, of)}<br>Median ${fractionText(median)}<br>Quartiles ${fractionText(q1)} and ${fractionText(q3)}<br>Whiskers ${fractionText(low)} and ${fractionText(high)}`;
}

/** @returns the numbers of the boxes; @param count what `n` counts */
export function boxColumns(boxes: readonly EpochBox[], count: string): FigureColumn[] {
	const column = (
		title: string,
		unit: FigureColumn['unit'],
		of: (box: EpochBox) => number,
	): FigureColumn => ({ title, unit, values: Float64Array.from(boxes, of) });
	return [
		column('Epoch', 'count', ({ epoch }) => epoch),
		column(count, 'count', ({ n }) => n),
		column('Mean', 'fraction', ({ mean }) => mean),
		column('Lower whisker', 'fraction', ({ low }) => low),
		column('Lower quartile', 'fraction', ({ q1 }) => q1),
		column('Median', 'fraction', ({ median }) => median),
		column('Upper quartile', 'fraction', ({ q3 }) => q3),
		column('Upper whisker', 'fraction', ({ high }) => high),
		column('Outside', 'count', ({ fliers }) => fliers.length),
	];
}
