/** Boxes from quartiles: box, median, whiskers to the fences, and the mean as a dashed line. */
import type { BoxTrace, Layout, Trace } from '../stats/plots/plot';
import type { Brush } from './brush';
import { positionsOf, type AxisModel, type Scale } from './scales';
import { modelOf, panelOf, slotsOf, type Slot } from './slots';

/** @returns where each box trace stands */
export function boxSlots(
	data: readonly Trace[],
	layout: Layout,
	models: ReadonlyMap<string, AxisModel>,
): Map<BoxTrace, Slot> {
	const boxes = data.filter((trace): trace is BoxTrace => trace.type === 'box');
	const slots = new Map<BoxTrace, Slot>();
	for (const panel of new Set(boxes.map(panelOf))) {
		const group = boxes.filter((trace) => panelOf(trace) === panel);
		const names = [...new Set(group.map((trace, i) => trace.offsetgroup ?? String(i)))];
		const side = layout.boxmode === 'group';
		const standers = group.map((trace, i) => ({
			positions: positionsOf(trace.x, modelOf(models, trace.xaxis ?? 'x')),
			place: side ? names.indexOf(trace.offsetgroup ?? String(i)) : 0,
			width: trace.width,
		}));
		const placed = slotsOf(standers, side ? names.length : 1, 0.25, 0.2);
		group.forEach((trace, i) => slots.set(trace, placed[i]!));
	}
	return slots;
}

const LEAST_LINE = 0.4;

export function paintBoxes(trace: BoxTrace, slot: Slot, x: Scale, y: Scale, brush: Brush): void {
	const color = trace.line?.color ?? trace.marker?.color ?? brush.color;
	const [start = 0, end = 0] = [slot.starts[0], slot.ends[0]];
	const wide = Math.abs(x.place(end) - x.place(start));
	// Outlines of narrow boxes would fill them.
	const width = Math.min(trace.line?.width ?? 1.5, Math.max(LEAST_LINE, wide / 6));
	const bodies: number[] = [];
	const outlines: number[] = [];
	const medians: number[] = [];
	const means: number[] = [];
	for (let i = 0; i < trace.median.length; i++) {
		const [left, right] = [x.place(slot.starts[i]!), x.place(slot.ends[i]!)];
		const at = (values: BoxTrace['q1']) => y.of(values[i]!);
		const [q1, median, q3] = [at(trace.q1), at(trace.median), at(trace.q3)];
		const [low, high] = [at(trace.lowerfence), at(trace.upperfence)];
		if (Number.isNaN(left + q1 + median + q3)) continue;
		bodies.push(left, q1, left, q3, right, q3, right, q1, NaN, NaN);
		outlines.push(left, q1, left, q3, right, q3, right, q1, left, q1, NaN, NaN);
		medians.push(left, median, right, median, NaN, NaN);
		whisker(outlines, left, right, q1, low);
		whisker(outlines, left, right, q3, high);
		if (trace.mean && !Number.isNaN(at(trace.mean)))
			means.push(left, at(trace.mean), right, at(trace.mean), NaN, NaN);
	}
	const opacity = trace.opacity ?? 1;
	const body = trace.fillcolor
		? { color: trace.fillcolor, opacity }
		: { color, opacity: 0.5 * opacity };
	brush.surface.polygon(bodies, body);
	brush.surface.line(outlines, { color, width, opacity });
	brush.surface.line(medians, { color, width: Math.max(width * 1.6, 1), opacity });
	if (means.length) brush.surface.line(means, { color, width, opacity, dash: [3, 3] });
}

function whisker(to: number[], left: number, right: number, from: number, end: number): void {
	if (Number.isNaN(end)) return;
	const middle = (left + right) / 2;
	const cap = (right - left) / 4;
	to.push(middle, from, middle, end, NaN, NaN);
	to.push(middle - cap, end, middle + cap, end, NaN, NaN);
}
