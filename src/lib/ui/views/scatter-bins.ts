/** The density image summed along each axis: what the scatter's table shows. */
import type { ScatterImage } from '../../stats/scatter';

export interface MarginalBin {
	/** data units; the upper end belongs to the next bin, but for the last */
	readonly from: number;
	readonly to: number;
	readonly trials: number;
}

export interface Marginal {
	readonly axis: 'x' | 'y';
	readonly rows: readonly MarginalBin[];
}

/** Stretches per axis: few enough to read. */
const BINS = 20;

/** @param cells columns of the image @returns about 20 bins per axis that add up to `image.inside` */
export function marginals(
	{ density, viewport }: ScatterImage,
	cells: number,
	xLog: boolean,
	yLog: boolean,
): Marginal[] {
	const rows = density.length / cells;
	const x = new Float64Array(cells);
	const y = new Float64Array(rows);
	for (let i = 0; i < density.length; i++) {
		const count = density[i] ?? 0;
		const [column, row] = [i % cells, rows - 1 - Math.floor(i / cells)];
		x[column] = (x[column] ?? 0) + count;
		y[row] = (y[row] ?? 0) + count;
	}
	return [
		{ axis: 'x', rows: binned(x, viewport.xMin, viewport.xMax, xLog) },
		{ axis: 'y', rows: binned(y, viewport.yMin, viewport.yMax, yLog) },
	];
}

function binned(counts: Float64Array, min: number, max: number, log: boolean): MarginalBin[] {
	const step = Math.max(1, Math.ceil(counts.length / BINS));
	const at = (cell: number) => {
		const share = Math.min(1, cell / counts.length);
		return log ? min * (max / min) ** share : min + (max - min) * share;
	};
	return Array.from({ length: Math.ceil(counts.length / step) }, (_, bin) => ({
		from: at(bin * step),
		to: at((bin + 1) * step),
		trials: counts.subarray(bin * step, (bin + 1) * step).reduce((sum, n) => sum + n, 0),
	}));
}
