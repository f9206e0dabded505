/** Grids of values as coloured cells, with a text in each where there is room. */
import { plainText } from '../stats/plots/text';
import type { HeatmapTrace, Positions } from '../stats/plots/plot';
import type { Brush } from './brush';
import { colourAt, inkOn } from './colour';
import { positionsOf, type AxisModel, type Scale } from './scales';

/** @returns positions of the sides of cells, one more than there are centres */
export function edgesOf(centres: Positions, model: AxisModel): Float64Array {
	const at = positionsOf(centres, model);
	const edges = new Float64Array(at.length + 1);
	for (let i = 1; i < at.length; i++) edges[i] = (at[i - 1]! + at[i]!) / 2;
	const last = at.length - 1;
	const first = at.length > 1 ? (at[1]! - at[0]!) / 2 : 0.5;
	edges[0] = (at[0] ?? 0) - first;
	edges[at.length] = (at[last] ?? 0) + (at.length > 1 ? (at[last]! - at[last - 1]!) / 2 : 0.5);
	return edges;
}

/** @returns the values at the ends of the colour scale; 0 and 1 without any value */
export function valueRange({ z, zmin, zmax }: HeatmapTrace): [number, number] {
	let low = Infinity;
	let high = -Infinity;
	for (const row of z)
		for (const value of row) {
			if (value < low) low = value;
			if (value > high) high = value;
		}
	if (low > high) [low, high] = [0, 1];
	return [zmin ?? low, zmax ?? high];
}

export function paintHeatmap(trace: HeatmapTrace, x: Scale, y: Scale, brush: Brush): void {
	const columns = edgesOf(trace.x, x).map((edge) => x.place(edge));
	const rows = edgesOf(trace.y, y).map((edge) => y.place(edge));
	const colours = colourOf(trace);
	// Cells of one colour are one path.
	const cells = new Map<string, number[]>();
	trace.z.forEach((row, r) => {
		for (let c = 0; c < row.length; c++) {
			if (Number.isNaN(row[c]!)) continue;
			const color = colours(row[c]!);
			let own = cells.get(color);
			if (!own) cells.set(color, (own = []));
			own.push(...cellOf(columns, rows, c, r));
		}
	});
	for (const [color, rects] of cells)
		brush.surface.rects(rects, { color, opacity: trace.opacity ?? 1 });
	if (trace.texttemplate === '%{customdata}') paintTexts(trace, columns, rows, brush);
}

/** x, y, width, height */
function cellOf(columns: Float64Array, rows: Float64Array, column: number, row: number) {
	const [a, b] = [columns[column]!, columns[column + 1]!];
	const [c, d] = [rows[row]!, rows[row + 1]!];
	return [Math.min(a, b), Math.min(c, d), Math.abs(b - a), Math.abs(d - c)] as const;
}

/** More than the eye tells apart along one scale. */
const SHADES = 200;

function colourOf(trace: HeatmapTrace): (value: number) => string {
	const [low, high] = valueRange(trace);
	const shades = Array.from({ length: SHADES + 1 }, (_, i) =>
		colourAt(trace.colorscale, i / SHADES),
	);
	return (value) => {
		const share = high > low ? (value - low) / (high - low) : 0.5;
		return shades[Math.round(Math.min(1, Math.max(0, share)) * SHADES)]!;
	};
}

function paintTexts(
	trace: HeatmapTrace,
	columns: Float64Array,
	rows: Float64Array,
	brush: Brush,
): void {
	const texts = trace.customdata ?? [];
	const size = textSize(texts, columns, rows, brush);
	if (size === 0) return;
	const colours = colourOf(trace);
	texts.forEach((row, r) =>
		row.forEach((text, c) => {
			const value = trace.z[r]?.[c] ?? NaN;
			if (text === '' || Number.isNaN(value)) return;
			const [x, y, width, height] = cellOf(columns, rows, c, r);
			const style = { size, color: inkOn(colours(value)), anchor: 'middle' } as const;
			brush.surface.text(plainText(text), x + width / 2, y + height / 2, style);
		}),
	);
}

const LEAST_SIZE = 6;

/** @returns the font size at which every text fits its cell, 0 where that is too small to read */
function textSize(
	texts: readonly (readonly string[])[],
	columns: Float64Array,
	rows: Float64Array,
	{ surface, fontSize }: Brush,
): number {
	const width = Math.abs((columns.at(-1)! - columns[0]!) / (columns.length - 1));
	const height = Math.abs((rows.at(-1)! - rows[0]!) / (rows.length - 1));
	const widest = Math.max(...texts.flat().map((text) => surface.measure(plainText(text), 1)));
	const size = Math.min(fontSize, height * 0.7, (width * 0.9) / Math.max(widest, 0.01));
	return size < LEAST_SIZE ? 0 : size;
}
