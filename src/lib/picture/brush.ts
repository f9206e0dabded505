/** What every trace is painted with. */
import type { Surface } from './surface';
import type { Dash } from '../stats/plots/plot';

export interface Brush {
	readonly surface: Surface;
	/** of the series, where the trace names none */
	readonly color: string;
	/** colour of text */
	readonly text: string;
	readonly fontSize: number;
	/** a small preview: thicker lines, no small parts */
	readonly bare: boolean;
}

const DASHES: Readonly<Record<Dash, readonly number[]>> = {
	solid: [],
	dash: [6, 3],
	dot: [1.5, 2],
	dashdot: [6, 2.5, 1.5, 2.5],
};

/** @returns lengths of dashes and gaps of a line */
export function dashOf(dash: Dash | undefined, width: number): number[] {
	return DASHES[dash ?? 'solid'].map((length) => length * Math.max(1, width * 0.75));
}

/** @returns the width of a line on this surface */
export function widthOf(width: number, { bare }: Brush): number {
	return bare ? width * 1.3 : width;
}
