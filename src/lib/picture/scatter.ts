/** Lines, bands, polygons, markers and labels. Points that fall on a place already painted are skipped. */
import { plainText } from '../stats/plots/text';
import type { ScatterTrace } from '../stats/plots/plot';
import { dashOf, widthOf, type Brush } from './brush';
import { paintErrors } from './errors';
import type { Scale } from './scales';
import type { Points } from './surface';

/** @returns places of all points; a NaN pair where one cannot be drawn */
export function pointsOf(
	{ x, y }: Pick<ScatterTrace, 'x' | 'y'>,
	xs: Scale,
	ys: Scale,
): Float64Array {
	const length = Math.min(x.length, y.length);
	const points = new Float64Array(2 * length);
	for (let i = 0; i < length; i++) {
		const [px, py] = [xs.of(x[i]!), ys.of(y[i]!)];
		const missing = Number.isNaN(px + py);
		points[2 * i] = missing ? NaN : px;
		points[2 * i + 1] = missing ? NaN : py;
	}
	return points;
}

/**
 * @param before points of the trace before this one, for a fill between both
 * @returns its own points
 */
export function paintScatter(
	trace: ScatterTrace,
	x: Scale,
	y: Scale,
	brush: Brush,
	before: Points | undefined,
): Points {
	const points = pointsOf(trace, x, y);
	const color = trace.line?.color ?? trace.marker?.color ?? brush.color;
	const opacity = trace.opacity ?? 1;
	paintFill(trace, points, before, y, brush, trace.fillcolor ?? color);
	const width = widthOf(trace.line?.width ?? 2, brush);
	if (trace.mode.startsWith('lines') && width > 0)
		brush.surface.line(thinned(points), {
			color,
			width,
			opacity,
			dash: dashOf(trace.line?.dash, width),
		});
	const middles = (axis: 0 | 1) =>
		Float64Array.from({ length: points.length / 2 }, (_, i) => points[2 * i + axis]!);
	if (trace.error_y)
		paintErrors(trace.y, trace.error_y, y, middles(0), 'y', { ...brush, text: color });
	if (trace.error_x)
		paintErrors(trace.x, trace.error_x, x, middles(1), 'x', { ...brush, text: color });
	const few = !brush.bare || trace.mode === 'markers';
	if (trace.mode.endsWith('markers') && few) paintMarkers(trace, points, brush, color);
	if (trace.mode === 'text') paintTexts(trace, points, brush);
	return points;
}

function paintMarkers(trace: ScatterTrace, points: Points, brush: Brush, color: string): void {
	const { size = 6, symbol = 'circle', opacity = 1 } = trace.marker ?? {};
	const fill = { color: trace.marker?.color ?? color, opacity: opacity * (trace.opacity ?? 1) };
	const kept = onePerPlace(points, brush.surface.width, brush.surface.height);
	brush.surface.markers(kept, symbol, size, fill);
}

/** From where the eye cannot tell a marker from one beneath it. */
const MANY = 5000;
const PLACES_PER_UNIT = 2;

/** @returns the points without those that fall on the place of an earlier one, where there are many */
export function onePerPlace(points: Points, width: number, height: number): Points {
	if (points.length < 2 * MANY) return points;
	const columns = Math.ceil(width * PLACES_PER_UNIT);
	const taken = new Uint8Array(columns * Math.ceil(height * PLACES_PER_UNIT));
	const kept = new Float64Array(points.length);
	let count = 0;
	for (let i = 0; i + 1 < points.length; i += 2) {
		const [x, y] = [points[i]!, points[i + 1]!];
		if (!(x >= 0 && x < width && y >= 0 && y < height)) continue;
		const place = Math.floor(x * PLACES_PER_UNIT) + columns * Math.floor(y * PLACES_PER_UNIT);
		if (taken[place]) continue;
		taken[place] = 1;
		kept[count++] = x;
		kept[count++] = y;
	}
	return kept.subarray(0, count);
}

const LEAST_STEP = 0.25;

/** @returns the line without points that do not leave the place of the one before */
function thinned(points: Points): Points {
	if (points.length < 2 * MANY) return points;
	const kept = new Float64Array(points.length);
	let count = 0;
	for (let i = 0; i + 1 < points.length; i += 2) {
		const [x, y] = [points[i]!, points[i + 1]!];
		const dx = Math.abs(x - kept[count - 2]!);
		const dy = Math.abs(y - kept[count - 1]!);
		if (count > 0 && dx < LEAST_STEP && dy < LEAST_STEP) continue;
		kept[count++] = x;
		kept[count++] = y;
	}
	return kept.subarray(0, count);
}

function paintFill(
	trace: ScatterTrace,
	points: Points,
	before: Points | undefined,
	y: Scale,
	{ surface }: Brush,
	color: string,
): void {
	const fill = { color, opacity: trace.fillcolor === undefined ? 0.5 : 1 };
	if (trace.fill === 'toself') surface.polygon(points, fill);
	if (trace.fill === 'tonexty' && before) surface.polygon(band(points, before), fill);
	if (trace.fill === 'tozeroy') {
		const zero = y.axis.type === 'log' ? y.from : y.place(0);
		for (const stretch of stretches(points)) {
			const [first, last] = [stretch[0]!, stretch.at(-2)!];
			surface.polygon([...stretch, last, zero, first, zero], fill);
		}
	}
}

/** The points forth and those of the trace before back, in as many parts as NaNs leave. */
function band(points: Points, before: Points): number[] {
	const [upper, lower] = [stretches(points), stretches(before)];
	return upper.flatMap((stretch, i) => {
		const back: number[] = [];
		const other = lower[i] ?? [];
		for (let at = other.length - 2; at >= 0; at -= 2) back.push(other[at]!, other[at + 1]!);
		return [...stretch, ...back, NaN, NaN];
	});
}

/** @returns the parts between NaN pairs */
function stretches(points: Points): number[][] {
	const parts: number[][] = [];
	let part: number[] | undefined;
	for (let i = 0; i + 1 < points.length; i += 2) {
		if (Number.isNaN(points[i]!)) {
			part = undefined;
			continue;
		}
		if (!part) parts.push((part = []));
		part.push(points[i]!, points[i + 1]!);
	}
	return parts;
}

const ANCHORS = {
	'middle right': { anchor: 'start', dx: 1, align: 'middle', dy: 0 },
	'middle left': { anchor: 'end', dx: -1, align: 'middle', dy: 0 },
	'top center': { anchor: 'middle', dx: 0, align: 'bottom', dy: -1 },
	'middle center': { anchor: 'middle', dx: 0, align: 'middle', dy: 0 },
} as const;

function paintTexts(trace: ScatterTrace, points: Points, brush: Brush): void {
	const { anchor, dx, align, dy } = ANCHORS[trace.textposition ?? 'middle center'];
	for (let i = 0; i + 1 < points.length; i += 2) {
		const label = plainText(trace.text?.[i / 2] ?? '');
		if (label === '' || Number.isNaN(points[i]!)) continue;
		brush.surface.text(label, points[i]! + 5 * dx, points[i + 1]! + 5 * dy, {
			size: brush.fontSize - 1,
			color: trace.marker?.color ?? brush.text,
			anchor,
			align,
		});
	}
}
