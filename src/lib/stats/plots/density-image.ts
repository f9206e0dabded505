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
): { readonly trace: HeatmapTrace; readonly table: readonly FigureColumn[] } {
	const { xMin, xMax, yMin, yMax } = image.viewport;
	const xEdges = edgesOf(xMin, xMax, x.cells);
	const yEdges = edgesOf(yMin, yMax, y.cells);
	const rows = Array.from({ length: y.cells }, (_, row) => {
		const start = (y.cells - 1 - row) * x.cells;
		return image.density.subarray(start, start + x.cells);
	});
	const trace: HeatmapTrace = {
		type: 'heatmap',
		x: centres(xEdges, x.scale),
		y: centres(yEdges, y.scale),
		z: rows.map((row) => Float64Array.from(row, (n) => (n === 0 ? NaN : Math.log10(n)))),
		customdata: rows.map((row) => Array.from(row, (n) => (n === 0 ? '' : countText(n)))),
		colorscale: palette.sequential,
		zmin: 0,
		zmax: Math.max(1, Math.log10(image.peak)),
		showscale: true,
		colorbar: { title: { text: 'Records (log₁₀)' } },
		hoverongaps: false,
		zsmooth: false,
		hovertemplate: `%{customdata} records<br>${x.title} %{x}<br>${y.title} %{y:.4f}<extra></extra>`,
	};
	return { trace, table: cellTable(rows, { x, xEdges }, { y, yEdges }) };
}

function cellTable(
	rows: readonly Uint32Array[],
	{ x, xEdges }: { x: CellAxis; xEdges: Float64Array },
	{ y, yEdges }: { y: CellAxis; yEdges: Float64Array },
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
			title: 'Records',
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

function edgesOf(from: number, to: number, cells: number): Float64Array {
	const step = (to - from) / cells;
	return Float64Array.from({ length: cells + 1 }, (_, i) => (i === cells ? to : from + i * step));
}

function centres(edges: Float64Array, scale: number): Float64Array {
	return Float64Array.from(
		{ length: edges.length - 1 },
		(_, i) => (edges[i]! + edges[i + 1]!) / 2 / scale,
	);
}
