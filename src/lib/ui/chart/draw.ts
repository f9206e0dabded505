/** Painting of a scatter on a canvas: counts as a density image, or single points. */
import type { ScatterImage } from '../../stats/scatter';
import type { Axis } from './axis';

export interface Place {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** Share of full colour for a count; the square root keeps single trials visible beside a peak. */
export function strength(count: number, peak: number): number {
	return count === 0 ? 0 : 0.14 + 0.86 * Math.sqrt(count / peak);
}

/**
 * @param cells columns of the density image; its rows follow from its length
 * @param colour any CSS colour that a canvas reads
 */
export function paintDensity(
	context: CanvasRenderingContext2D,
	{ density, peak }: ScatterImage,
	cells: number,
	{ left, top, width, height }: Place,
	colour: string,
): void {
	const rows = density.length / cells;
	context.fillStyle = colour;
	for (let i = 0; i < density.length; i++) {
		const count = density[i] ?? 0;
		if (count === 0) continue;
		context.globalAlpha = strength(count, peak);
		// Whole pixels: neighbouring cells must neither overlap nor leave a seam.
		const x = Math.round(((i % cells) * width) / cells);
		const y = Math.round((Math.floor(i / cells) * height) / rows);
		const right = Math.round((((i % cells) + 1) * width) / cells);
		const bottom = Math.round(((Math.floor(i / cells) + 1) * height) / rows);
		context.fillRect(left + x, top + y, right - x, bottom - y);
	}
	context.globalAlpha = 1;
}

export function paintPoints(
	context: CanvasRenderingContext2D,
	points: NonNullable<ScatterImage['points']>,
	x: Axis,
	y: Axis,
	colour: string,
): void {
	context.fillStyle = colour;
	context.globalAlpha = 0.6;
	for (let i = 0; i < points.x.length; i++) {
		context.beginPath();
		context.arc(x.of(points.x[i] ?? 0), y.of(points.y[i] ?? 0), 3, 0, 2 * Math.PI);
		context.fill();
	}
	context.globalAlpha = 1;
}

/** @returns the point nearest to a place on the picture within `reach` px, or -1 */
export function pointAt(
	points: NonNullable<ScatterImage['points']>,
	x: Axis,
	y: Axis,
	[px, py]: readonly [number, number],
	reach = 10,
): number {
	let best = -1;
	let least = reach * reach;
	for (let i = 0; i < points.x.length; i++) {
		const dx = x.of(points.x[i] ?? 0) - px;
		const dy = y.of(points.y[i] ?? 0) - py;
		const distance = dx * dx + dy * dy;
		if (distance > least) continue;
		least = distance;
		best = i;
	}
	return best;
}
