/** The zoomed part of a plot's plane as ranges of its axes. */
import type { PlotWindow } from './plot';

/** @returns the ends in ascending order; undefined where there is no zoom or it has no size */
export function zoomOf(
	window: PlotWindow | undefined,
	axis: 'x' | 'y',
): readonly [number, number] | undefined {
	if (!window) return undefined;
	const [a, b] = axis === 'x' ? [window.xMin, window.xMax] : [window.yMin, window.yMax];
	if (!Number.isFinite(a) || !Number.isFinite(b) || a === b) return undefined;
	return a < b ? [a, b] : [b, a];
}

/** @returns a linear axis's `range`, if it is zoomed */
export function zoomRange(window: PlotWindow | undefined, axis: 'x' | 'y') {
	const range = zoomOf(window, axis);
	return range ? { range } : {};
}
