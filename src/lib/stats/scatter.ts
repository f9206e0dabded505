/** Scatter of two columns: a density image while there are many points, raw points when zoomed. */
import type { ColumnId } from './fields';

export interface Viewport {
	readonly xMin: number;
	readonly xMax: number;
	readonly yMin: number;
	readonly yMax: number;
}

export interface ScatterRequest {
	readonly x: ColumnId;
	readonly y: ColumnId;
	readonly xLog: boolean;
	readonly yLog: boolean;
	/** cells of the density image */
	readonly width: number;
	readonly height: number;
	/** absent: the extent of the data */
	readonly viewport?: Viewport;
	/** at most this many raw points; above it an image */
	readonly maxPoints: number;
}

export interface ScatterImage {
	/** the extent shown, in data units */
	readonly viewport: Viewport;
	/** points inside the viewport, outside it, and without one of the two values */
	readonly inside: number;
	readonly outside: number;
	readonly missing: number;
	/** the largest cell count; 0 when points are given */
	readonly peak: number;
	/** width × height counts, row 0 at the top; empty when points are given */
	readonly density: Uint32Array;
	readonly points?: {
		readonly x: Float64Array;
		readonly y: Float64Array;
		readonly trial: Uint32Array;
	};
}
