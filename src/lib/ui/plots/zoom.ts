/**
 * Parts of the plane: between Plotly's ranges (logarithms on a log axis), the window of a link (axis
 * units) and conditions of the filter (units of the field).
 */
import type { Filter, Range } from '../../stats/filter';
import type { Axis, BrushAxis, Figure, PlotWindow } from '../../stats/plots/plot';
import { setRange } from '../filter/conditions';
import type { AxisRange } from './plotly';

type Ranges = ReadonlyMap<string, AxisRange>;

/** @returns what an axis shows, in axis units, from low to high */
function endsOf(
	axis: Axis | undefined,
	range: AxisRange | undefined,
): [number, number] | undefined {
	if (!axis || !range) return undefined;
	const ends = axis.type === 'log' ? range.map((end) => 10 ** end) : range;
	return [Math.min(...ends), Math.max(...ends)];
}

/**
 * @param changed ranges that were dragged; @param drawn ranges of all axes
 * @returns the window they make, or undefined where it is none
 */
export function windowOf(
	{ layout }: Pick<Figure, 'layout'>,
	changed: Ranges,
	drawn: Ranges,
): PlotWindow | undefined {
	const x = endsOf(layout.xaxis, changed.get('xaxis') ?? drawn.get('xaxis'));
	const y = endsOf(layout.yaxis, changed.get('yaxis') ?? drawn.get('yaxis'));
	if (!x || !y || x[0] >= x[1] || y[0] >= y[1]) return undefined;
	return { xMin: x[0], xMax: x[1], yMin: y[0], yMax: y[1] };
}

/**
 * @param changed ranges that were dragged: an axis that was not makes no condition
 * @returns the filter with what was dragged over as conditions; undefined where no axis can be one
 */
export function brushed(filter: Filter, figure: Figure, changed: Ranges): Filter | undefined {
	const { brush, within, layout } = figure;
	const parts = [
		[brush?.x, endsOf(layout.xaxis, changed.get('xaxis'))],
		[brush?.y, endsOf(layout.yaxis, changed.get('yaxis'))],
	] as const;
	let next: Filter | undefined;
	for (const [axis, ends] of parts) {
		if (!axis || !ends) continue;
		next = setRange(next ?? { ...filter, ...within }, axis.field, rangeIn(axis, ends));
	}
	return next;
}

/** Whole epochs; other numbers with the digits that a drag can mean. */
function rangeIn({ field, scale }: BrushAxis, [from, to]: readonly [number, number]): Range {
	if (field === 'epoch') {
		const min = Math.ceil(from * scale);
		return { min, max: Math.max(min, Math.floor(to * scale)) };
	}
	const digits =
		field === 'duration' ? Math.round : (value: number) => Number(value.toPrecision(5));
	return { min: digits(from * scale), max: digits(to * scale) };
}

/** @returns which conditions a brush can make, in words; '' = none */
export function brushText({ brush }: Figure, title: (field: BrushAxis['field']) => string): string {
	return [brush?.x, brush?.y].flatMap((axis) => (axis ? [title(axis.field)] : [])).join(' and ');
}
