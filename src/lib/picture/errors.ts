/** Error bars: a line with a cap at both ends. */
import type { Positions, ScatterTrace } from '../stats/plots/plot';
import type { Brush } from './brush';
import type { AxisModel, Scale } from './scales';

const CAP = 4;

export type ErrorBars = NonNullable<ScatterTrace['error_y']>;

/** @returns positions of the ends of error bars, lower and upper in turn */
export function errorEnds(values: Positions, errors: ErrorBars, model: AxisModel): Float64Array {
	const ends = new Float64Array(values.length * 2);
	for (let i = 0; i < values.length; i++) {
		const value = Number(values[i]);
		ends[2 * i] = model.at(value - errors.arrayminus[i]!);
		ends[2 * i + 1] = model.at(value + errors.array[i]!);
	}
	return ends;
}

/** @param middles places along the other axis; @param direction the bars run along this axis */
export function paintErrors(
	values: Positions,
	errors: ErrorBars,
	scale: Scale,
	middles: Float64Array,
	direction: 'x' | 'y',
	brush: Brush,
): void {
	const ends = errorEnds(values, errors, scale);
	const points: number[] = [];
	for (let i = 0; i < values.length; i++) {
		const middle = middles[i]!;
		const [low, high] = [scale.place(ends[2 * i]!), scale.place(ends[2 * i + 1]!)];
		if (Number.isNaN(middle + low + high)) continue;
		const strokes = [
			[middle, low, middle, high],
			[middle - CAP, low, middle + CAP, low],
			[middle - CAP, high, middle + CAP, high],
		];
		for (const [a, b, c, d] of strokes)
			if (direction === 'y') points.push(a!, b!, c!, d!, NaN, NaN);
			else points.push(b!, a!, d!, c!, NaN, NaN);
	}
	const color = errors.color ?? brush.text;
	brush.surface.line(points, { color, width: 1.2 });
}
