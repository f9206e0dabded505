/**
 * A figure with a part of its plane in view: the first pair of axes gets the ranges of a window. For
 * plots that draw the same whatever the zoom; those with the control `window` do more themselves.
 */
import type { Axis, Figure, PlotWindow } from './plot';

/** @returns the figure with the window's ranges; an axis that has no place for them stays as it is */
export function zoomedFigure(figure: Figure, window: PlotWindow): Figure {
	const { xaxis, yaxis } = figure.layout;
	return {
		...figure,
		layout: {
			...figure.layout,
			...(xaxis ? { xaxis: zoomedAxis(xaxis, window.xMin, window.xMax) } : {}),
			...(yaxis ? { yaxis: zoomedAxis(yaxis, window.yMin, window.yMax) } : {}),
		},
	};
}

/** @param from in axis units, less than `to`; an axis that is turned round stays so */
export function zoomedAxis(axis: Axis, from: number, to: number): Axis {
	const ends = axis.type === 'log' ? [Math.log10(from), Math.log10(to)] : [from, to];
	const [low, high] = ends;
	if (low === undefined || high === undefined || !ends.every(Number.isFinite)) return axis;
	const { autorange, range, ...rest } = axis;
	const turned = autorange === 'reversed' || (range !== undefined && range[0] > range[1]);
	return { ...rest, range: turned ? [high, low] : [low, high] };
}
