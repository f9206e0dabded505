/**
 * Means over a grid of cells, each over the values near it: Gaussian weights by the distance in cells.
 * What a cell stands for, and how near is near, is for who asks.
 */

/** Values in their cells. */
export interface Binned {
	/** cells across and up */
	readonly columns: number;
	readonly rows: number;
	/** by value: its cell, row · columns + column */
	readonly cells: Uint32Array;
	readonly values: Float64Array;
}

export interface LocalMeans {
	/** by cell: values in it */
	readonly count: Uint32Array;
	/** by cell: the highest value in it; NaN without any */
	readonly highest: Float64Array;
	/** by cell: the mean over what is near; NaN where that weighs less than one value a spread away */
	readonly mean: Float64Array;
}

/** Further away nothing counts, in spreads. */
const REACH = 4;
const NEAR = Math.exp(-0.5);

/** @param spread standard deviations of the weights, in cells across and up; 0 = the cell alone */
export function localMeans(
	{ columns, rows, cells, values }: Binned,
	spread: readonly [across: number, up: number],
): LocalMeans {
	const count = new Uint32Array(columns * rows);
	const sums = new Float64Array(columns * rows);
	const highest = new Float64Array(columns * rows).fill(NaN);
	for (let i = 0; i < cells.length; i++) {
		const cell = cells[i]!;
		const value = values[i]!;
		sums[cell]! += value;
		if (count[cell]!++ === 0 || value > highest[cell]!) highest[cell] = value;
	}
	const blurred = (grid: Float64Array) => {
		const across = blur(grid, rows, columns, columns, 1, spread[0]);
		return blur(across, columns, rows, 1, columns, spread[1]);
	};
	const weight = blurred(Float64Array.from(count));
	const mean = blurred(sums);
	for (let i = 0; i < mean.length; i++) mean[i] = weight[i]! >= NEAR ? mean[i]! / weight[i]! : NaN;
	return { count, highest, mean };
}

/** Weighted sums along lines of a grid: `lines` of them, `length` cells each. */
function blur(
	grid: Float64Array,
	lines: number,
	length: number,
	nextLine: number,
	nextCell: number,
	spread: number,
): Float64Array {
	if (spread === 0) return grid;
	const reach = Math.min(length - 1, Math.ceil(REACH * spread));
	const weights = Float64Array.from({ length: reach + 1 }, (_, distance) =>
		Math.exp(-0.5 * (distance / spread) ** 2),
	);
	const out = new Float64Array(grid.length);
	for (let line = 0; line < lines; line++)
		for (let cell = 0; cell < length; cell++) {
			const first = Math.max(0, cell - reach);
			const last = Math.min(length - 1, cell + reach);
			let sum = 0;
			for (let other = first; other <= last; other++)
				sum += weights[Math.abs(other - cell)]! * grid[line * nextLine + other * nextCell]!;
			out[line * nextLine + cell * nextCell] = sum;
		}
	return out;
}
