/** Scatter of two columns: a density image while there are many points, raw points when zoomed. */
import type { TrialColumns } from './columns';
import type { ColumnId } from './fields';
import { readerOf } from './reader';

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

/** Raised when a request cannot be drawn; the message says what to ask instead. */
export class ScatterError extends Error {
	override readonly name = 'ScatterError';
}

/** One axis over the filter's trials: NaN where there is nothing to place on it. */
interface Axis {
	readonly values: Float64Array;
	readonly log: boolean;
	readonly min: number;
	readonly max: number;
}

/**
 * inside + outside + missing = ids.length, always. A value that is not finite, or on a log axis not
 * above 0, is missing. The viewport's borders are inside.
 * @param ids the filter's trials, ascending
 * @throws ScatterError when a column is no number, or the viewport or image has no size
 */
export function scatter(
	columns: TrialColumns,
	ids: Uint32Array,
	request: ScatterRequest,
): ScatterImage {
	const { width, height, viewport: asked, maxPoints } = request;
	if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
		throw new ScatterError(
			`An image of ${width} × ${height} cells has no size: ask for whole ones.`,
		);
	const xs = valuesOf(columns, ids, request.x, request.xLog);
	const ys = valuesOf(columns, ids, request.y, request.yLog);
	// A point without its other value has no place, so it must not stretch this axis either.
	for (let i = 0; i < ids.length; i++) if (Number.isNaN(xs[i]! + ys[i]!)) xs[i] = ys[i] = NaN;
	const x = axisOf(xs, request.xLog, asked && [asked.xMin, asked.xMax]);
	const y = axisOf(ys, request.yLog, asked && [asked.yMin, asked.yMax]);
	const { inside, missing } = countInside(x, y);
	const counts = {
		viewport: { xMin: x.min, xMax: x.max, yMin: y.min, yMax: y.max },
		inside,
		outside: ids.length - inside - missing,
		missing,
	};
	if (inside > maxPoints) return { ...counts, ...densityOf(x, y, width, height) };
	return { ...counts, peak: 0, density: new Uint32Array(0), points: pointsOf(ids, x, y, inside) };
}

function valuesOf(columns: TrialColumns, ids: Uint32Array, id: ColumnId, log: boolean) {
	const reader = readerOf(columns, id);
	if (reader.kind !== 'number')
		throw new ScatterError(`${id} is text: choose a column of numbers for this axis.`);
	const values = new Float64Array(ids.length);
	for (let i = 0; i < ids.length; i++) {
		const value = reader.at(ids[i]!);
		values[i] = Number.isFinite(value) && !(log && value <= 0) ? value : NaN;
	}
	return values;
}

function axisOf(
	values: Float64Array,
	log: boolean,
	asked: readonly [number, number] | undefined,
): Axis {
	const [dataMin, dataMax] = extentOf(values, log);
	if (!asked) return { values, log, min: dataMin, max: dataMax };
	const [low, max] = asked;
	// A linear viewport may reach to 0 and below; on a log axis it starts at the data instead.
	const min = log && low <= 0 ? Math.min(dataMin, max / 10) : low;
	if (!(Number.isFinite(min) && Number.isFinite(max) && min < max && !(log && max <= 0)))
		throw new ScatterError(`The viewport from ${low} to ${max} is empty: reset the zoom.`);
	return { values, log, min, max };
}

/** Finite minimum and maximum, widened where they meet so that an axis can be drawn. */
function extentOf(values: Float64Array, log: boolean): [number, number] {
	let min = Infinity;
	let max = -Infinity;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	if (min > max) return log ? [1, 10] : [0, 1];
	if (min < max) return [min, max];
	if (log) return [min / 2, max * 2];
	const half = Math.abs(min) / 20 || 0.5;
	return [min - half, max + half];
}

const within = ({ values, min, max }: Axis, i: number) => values[i]! >= min && values[i]! <= max;

function countInside(x: Axis, y: Axis) {
	let inside = 0;
	let missing = 0;
	for (let i = 0; i < x.values.length; i++) {
		if (Number.isNaN(x.values[i]!)) missing++;
		else if (within(x, i) && within(y, i)) inside++;
	}
	return { inside, missing };
}

function pointsOf(ids: Uint32Array, x: Axis, y: Axis, inside: number) {
	const points = {
		x: new Float64Array(inside),
		y: new Float64Array(inside),
		trial: new Uint32Array(inside),
	};
	let p = 0;
	for (let i = 0; i < ids.length; i++) {
		if (!(within(x, i) && within(y, i))) continue;
		points.x[p] = x.values[i]!;
		points.y[p] = y.values[i]!;
		points.trial[p++] = ids[i]!;
	}
	return points;
}

function densityOf(x: Axis, y: Axis, width: number, height: number) {
	const density = new Uint32Array(width * height);
	const column = cellOf(x, width);
	const row = cellOf(y, height);
	let peak = 0;
	for (let i = 0; i < x.values.length; i++) {
		if (!(within(x, i) && within(y, i))) continue;
		const cell = (height - 1 - row(i)) * width + column(i);
		const count = density[cell]! + 1;
		density[cell] = count;
		if (count > peak) peak = count;
	}
	return { density, peak };
}

/** Which of `cells` equal steps of the axis a point is in; the last step is closed. */
function cellOf({ values, log, min, max }: Axis, cells: number): (i: number) => number {
	const low = log ? Math.log(min) : min;
	const scale = cells / ((log ? Math.log(max) : max) - low);
	return (i) => {
		const value = log ? Math.log(values[i]!) : values[i]!;
		return Math.max(0, Math.min(cells - 1, Math.floor((value - low) * scale)));
	};
}
