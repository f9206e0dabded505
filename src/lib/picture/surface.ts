/**
 * What can be drawn on: a canvas or an SVG, both behind this interface, in units that are the page's
 * pixels. It knows no axes and no traces.
 */
import type { MarkerSymbol } from '../stats/plots/plot';

/** x0, y0, x1, y1, …; a NaN pair lifts the pen */
export type Points = Float64Array | readonly number[];

export interface Stroke {
	readonly color: string;
	readonly width: number;
	/** lengths of dashes and gaps; empty or absent = solid */
	readonly dash?: readonly number[];
	readonly opacity?: number;
}

export interface Fill {
	readonly color: string;
	readonly opacity?: number;
}

export interface TextStyle {
	readonly size: number;
	readonly color: string;
	/** default 'start' */
	readonly anchor?: 'start' | 'middle' | 'end';
	/** of a line of text; default 'middle' */
	readonly align?: 'top' | 'middle' | 'bottom';
	/** degrees clockwise about the anchor */
	readonly angle?: number;
	readonly bold?: boolean;
}

export interface Rect {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Surface {
	readonly width: number;
	readonly height: number;
	line(points: Points, stroke: Stroke): void;
	/** Fills what the points enclose; each stretch between NaN pairs is closed by itself. */
	polygon(points: Points, fill: Fill): void;
	/** @param rects x, y, width, height of each in turn; edges stand on whole device pixels, so that neighbours leave no seam */
	rects(rects: Points, fill: Fill): void;
	/** One symbol per point, overlaps add up. @param size diameter */
	markers(points: Points, symbol: MarkerSymbol, size: number, fill: Fill): void;
	/** @param text plain: markup in it is drawn as it stands */
	text(text: string, x: number, y: number, style: TextStyle): void;
	/** What `draw` paints outside `rect` is not seen. */
	clip(rect: Rect, draw: () => void): void;
	/** @returns the width of a line of text */
	measure(text: string, size: number, bold?: boolean): number;
}

/** Corners of a symbol of radius 1; a circle has none. */
export const SYMBOLS: Readonly<Record<MarkerSymbol, readonly (readonly [number, number])[]>> = {
	circle: [],
	square: ring(4, 1.25, 45),
	diamond: ring(4, 1.3, 0),
	'triangle-up': ring(3, 1.25, 0),
	'triangle-down': ring(3, 1.25, 180),
	cross: plus(0),
	x: plus(45),
	star: ring(10, 1.4, 0, 0.55),
};

/** Corners on a circle, the first one upwards; `inner` shortens every second. */
function ring(corners: number, radius: number, turn: number, inner?: number) {
	return Array.from({ length: corners }, (_, i) => {
		const angle = ((i * 360) / corners + turn) * (Math.PI / 180);
		const reach = inner !== undefined && i % 2 === 1 ? radius * inner : radius;
		return [reach * Math.sin(angle), -reach * Math.cos(angle)] as const;
	});
}

/** A plus sign with arms as thick as 40 % of the radius. */
function plus(turn: number) {
	const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
	const [long, thick] = [1.2, 0.4];
	const quarter = [
		[-thick, -thick],
		[-thick, -long],
		[thick, -long],
	] as const;
	return [0, 1, 2, 3].flatMap((times) =>
		quarter.map(([x, y]) => {
			let corner: readonly [number, number] = [x, y];
			for (let i = 0; i < times; i++) corner = [-corner[1], corner[0]];
			return [corner[0] * cos - corner[1] * sin, corner[0] * sin + corner[1] * cos] as const;
		}),
	);
}
