/** Bars, standing or lying, with error bars and the value behind the end. */
import { plainText } from '../stats/plots/text';
import type { BarTrace, Layout, Trace } from '../stats/plots/plot';
import { paintErrors } from './errors';
import type { Brush } from './brush';
import { positionsOf, type AxisModel, type Scale } from './scales';
import { modelOf, panelOf, slotsOf, type Slot } from './slots';

type Models = ReadonlyMap<string, AxisModel>;

const alongOf = (trace: BarTrace) =>
	trace.orientation === 'v' ? (trace.xaxis ?? 'x') : (trace.yaxis ?? 'y');

/** @returns where each bar trace stands */
export function barSlots(
	data: readonly Trace[],
	layout: Layout,
	models: Models,
): Map<BarTrace, Slot> {
	const bars = data.filter((trace): trace is BarTrace => trace.type === 'bar');
	const slots = new Map<BarTrace, Slot>();
	for (const panel of new Set(bars.map(panelOf))) {
		const group = bars.filter((trace) => panelOf(trace) === panel);
		const side = layout.barmode !== 'overlay';
		const standers = group.map((trace, i) => ({
			positions: positionsOf(
				trace.orientation === 'v' ? trace.x : trace.y,
				modelOf(models, alongOf(trace)),
			),
			place: side ? i : 0,
			width: trace.width,
		}));
		const placed = slotsOf(standers, side ? group.length : 1, layout.bargap ?? 0.2, 0);
		group.forEach((trace, i) => slots.set(trace, placed[i]!));
	}
	return slots;
}

export function paintBars(trace: BarTrace, slot: Slot, x: Scale, y: Scale, brush: Brush): void {
	const { surface } = brush;
	const upright = trace.orientation === 'v';
	const [along, across] = upright ? [x, y] : [y, x];
	const values = upright ? trace.y : trace.x;
	const base = baseOf(across);
	const rects: number[] = [];
	for (let i = 0; i < values.length; i++) {
		const end = across.of(values[i]!);
		const [a, b] = [along.place(slot.starts[i]!), along.place(slot.ends[i]!)];
		if (Number.isNaN(end + a + b)) continue;
		const [low, high] = [Math.min(base, end), Math.max(base, end)];
		const [left, right] = [Math.min(a, b), Math.max(a, b)];
		if (upright) rects.push(left, low, right - left, high - low);
		else rects.push(low, left, high - low, right - left);
	}
	surface.rects(rects, { color: trace.marker?.color ?? brush.color, opacity: trace.opacity ?? 1 });
	const middles = slot.starts.map((start, i) => along.place((start + slot.ends[i]!) / 2));
	if (trace.error_y) paintErrors(trace.y, trace.error_y, y, middles, 'y', brush);
	if (trace.error_x) paintErrors(trace.x, trace.error_x, x, middles, 'x', brush);
	if (trace.textposition === 'outside' && !brush.bare)
		paintTexts(trace, middles, across, upright, brush);
}

/** Bars start at 0, on a log axis at its edge. */
function baseOf(across: Scale): number {
	if (across.axis.type === 'log') return across.from;
	const zero = across.place(0);
	const [low, high] = [Math.min(across.from, across.to), Math.max(across.from, across.to)];
	return Math.min(high, Math.max(low, zero));
}

function paintTexts(
	trace: BarTrace,
	middles: Float64Array,
	across: Scale,
	upright: boolean,
	{ surface, text, fontSize }: Brush,
): void {
	const values = upright ? trace.y : trace.x;
	const errors = upright ? trace.error_y : trace.error_x;
	for (let i = 0; i < values.length; i++) {
		const end = across.of(Number(values[i]) + (errors?.array[i] || 0));
		const label = plainText(trace.text?.[i] ?? '');
		if (Number.isNaN(end) || label === '') continue;
		const style = { size: fontSize - 2, color: text };
		if (upright)
			surface.text(label, middles[i]!, end - 4, { ...style, anchor: 'middle', align: 'bottom' });
		else surface.text(label, end + 4, middles[i]!, style);
	}
}
