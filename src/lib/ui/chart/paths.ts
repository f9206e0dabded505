/** SVG paths of a series and the look that tells series apart without colour. */
import {
	area,
	line,
	symbol,
	symbolCircle,
	symbolCross,
	symbolDiamond,
	symbolSquare,
	symbolStar,
	symbolTriangle,
	symbolWye,
} from 'd3-shape';
import type { Axis } from './axis';
import type { Band, ChartSeries } from './series';

const DASHES = ['none', '6 3', '2 3', '9 3 2 3', '12 4', '4 2 1 2'];
const MARKERS = [
	symbolCircle,
	symbolSquare,
	symbolTriangle,
	symbolDiamond,
	symbolCross,
	symbolStar,
	symbolWye,
];

/** Colour, dashes and marker of the n-th series: 8 colours with other dashes in each round. */
export function lookOf({ style, dashed }: Pick<ChartSeries, 'style' | 'dashed'>) {
	return {
		colour: `var(--series-${(style % 8) + 1})`,
		dash:
			dashed === undefined
				? (DASHES[(style + Math.floor(style / 8)) % DASHES.length] ?? 'none')
				: dashed
					? '6 4'
					: 'none',
		marker: symbol(MARKERS[style % MARKERS.length], 36)() ?? '',
	};
}

/** @returns positions of the points that have a value */
export function pointsOf({ x, y }: ChartSeries): number[] {
	return Array.from({ length: x.length }, (_, i) => i).filter((i) => !Number.isNaN(y[i] ?? NaN));
}

export function linePath(series: ChartSeries, x: Axis, y: Axis): string {
	const path = line<number>(
		(i) => x.of(series.x[i] ?? 0),
		(i) => y.of(series.y[i] ?? 0),
	);
	return path(pointsOf(series)) ?? '';
}

/** An area; a stroke up and down where a point has no neighbour that could make one. */
export function bandPath(series: ChartSeries, { low, high }: Band, x: Axis, y: Axis): string {
	const at = Array.from({ length: series.x.length }, (_, i) => i);
	const known = (i: number) => !Number.isNaN((low[i] ?? NaN) + (high[i] ?? NaN));
	const path = area<number>()
		.defined(known)
		.x((i) => x.of(series.x[i] ?? 0))
		.y0((i) => y.of(low[i] ?? 0))
		.y1((i) => y.of(high[i] ?? 0));
	const alone = at.filter((i) => known(i) && !known(i - 1) && !known(i + 1));
	const whiskers = alone.map((i) => {
		const centre = x.of(series.x[i] ?? 0);
		const [top, bottom] = [y.of(high[i] ?? 0), y.of(low[i] ?? 0)];
		return `M${centre - 2},${top}h4V${bottom}h-4Z`;
	});
	return (path(at) ?? '') + whiskers.join('');
}
