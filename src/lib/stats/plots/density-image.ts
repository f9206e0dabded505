/** A density image of `stats/scatter` as a heatmap: the logarithm of counts, empty where nothing lies. */
import type { ScatterImage } from '../scatter';
import type { Palette } from './palette';
import type { FigureColumn, HeatmapTrace } from './plot';
import { countText } from './words';

/** One axis of the image. */
export interface CellAxis {
	readonly cells: number;
	/** data units in one unit of the axis, such as ns in an hour */
	readonly scale: number;
	readonly title: string;
	readonly unit: FigureColumn['unit'];
	/** true where a cell is one whole value, such as an epoch */
	readonly whole?: boolean;
	/** true where cells are equal in logarithms */
	readonly log?: boolean;
}

/**
 * @param image with `density`, row 0 at the top
 * @returns the trace, and the filled cells from left to right and from low to high
 */
export function densityImage(
	image: ScatterImage,
	x: CellAxis,
	y: CellAxis,
	palette: Palette,
	counted: 'Records' | 'Runs' = 'Records',
): { readonly trace: HeatmapTrace; readonly table: readonly FigureColumn[] } {
	const { xMin, xMax, yMin, yMax } = image.viewport;
	const xEdges = edgesOf(xMin, xMax, x);
	const yEdges = edgesOf(yMin, yMax, y);
	const rows = Array.from({ length: y.cells }, (_, row) => {
		const start = (y.cells - 1 - row) * x.cells;
		return image.density.subarray(start, start + x.cells);
	});
	const trace: HeatmapTrace = {
		type: 'heatmap',
		x: centres(xEdges, x),
		y: centres(yEdges, y),
		z: rows.map((row) => Float64Array.from(row, (n) => (n === 0 ? NaN : Math.log10(n)))),
		customdata: rows.map((row) => Array.from(row, (n) => (n === 0 ? '' : countText(n)))),
		colorscale: palette.sequential,
		zmin: 0,
		zmax: Math.max(1, Math.log10(image.peak)),
		showscale: true,
		colorbar: { title: { text: `${counted} (log₁₀)` } },
		hoverongaps: false,
		zsmooth: false,
		hovertemplate: `%{customdata} ${counted.toLowerCase()}<br>${x.title} %{x}<br>${y.title} %{y:.4f}<extra></extra>`,
	};
	return { trace, table: cellTable(rows, { x, xEdges }, { y, yEdges }, counted) };
}

function cellTable(
	rows: readonly Uint32Array[],
	{ x, xEdges }: { x: CellAxis; xEdges: Float64Array },
	{ y, yEdges }: { y: CellAxis; yEdges: Float64Array },
	title: string,
): FigureColumn[] {
	const filled: (readonly [column: number, row: number])[] = [];
	for (let column = 0; column < x.cells; column++)
		for (const [row, counts] of rows.entries()) if (counts[column]) filled.push([column, row]);
	const columns = filled.map(([column]) => column);
	const heights = filled.map(([, row]) => row);
	return [
		...edgeColumns(x, xEdges, columns),
		...edgeColumns(y, yEdges, heights),
		{
			title,
			unit: 'count',
			values: Float64Array.from(filled, ([column, row]) => rows[row]?.[column] ?? NaN),
		},
	];
}

function edgeColumns(axis: CellAxis, edges: Float64Array, cells: readonly number[]) {
	const at = (title: string, value: (cell: number) => number): FigureColumn => ({
		title,
		unit: axis.unit,
		values: Float64Array.from(cells, value),
	});
	if (axis.whole) return [at(axis.title, (cell) => (edges[cell]! + edges[cell + 1]!) / 2)];
	return [
		at(`${axis.title} from`, (cell) => edges[cell]!),
		at(`${axis.title} to`, (cell) => edges[cell + 1]!),
	];
}

function edgesOf(from: number, to: number, { cells, log }: CellAxis): Float64Array {
	const [low, high] = log ? [Math.log(from), Math.log(to)] : [from, to];
	const step = (high - low) / cells;
	const at = (i: number) => (log ? Math.exp(low + i * step) : low + i * step);
	return Float64Array.from({ length: cells + 1 }, (_, i) =>
		i === 0 ? from : i === cells ? to : at(i),
	);
}

function centres(edges: Float64Array, { scale, log }: CellAxis): Float64Array {
	const between = (a: number, b: number) => (log ? Math.sqrt(a * b) : (a + b) / 2);
	return Float64Array.from(
		{ length: edges.length - 1 },
		(_, i) => between(edges[i]!, edges[i + 1]!) / scale,
	);
}
