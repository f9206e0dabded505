/** The axes of a figure: which there are, their categories, and from where to where they run. */
import type { Axis, Layout, Trace } from '../stats/plots/plot';
import { barSlots } from './bar';
import { boxSlots } from './box';
import { extentOf, unionOf, type Extent } from './extent';
import { positioner, type AxisModel } from './scales';
import type { Slot, Slots } from './slots';

export interface Axes {
	readonly models: ReadonlyMap<string, AxisModel>;
	/** where bars and boxes stand */
	readonly slots: Slots;
}

/** @returns every axis that the traces or the layout name, with its range */
export function axesOf(data: readonly Trace[], layout: Layout): Axes {
	const models = new Map<string, AxisModel>();
	for (const id of axisIds(data, layout)) {
		const axis = axisOf(layout, id);
		const names = axis.type === 'category' ? namesOf(axis, data, id) : [];
		models.set(id, { id, axis, names, range: [0, 1], at: positioner(axis, names) });
	}
	const slots: Slots = new Map<Trace, Slot>([
		...barSlots(data, layout, models),
		...boxSlots(data, layout, models),
	]);
	const extents = new Map<string, Extent>();
	for (const [id, model] of models) {
		const leader = model.axis.matches ?? id;
		const extent = extentOf(model, slots, data, layout);
		extents.set(leader, unionOf([extents.get(leader), extent]));
	}
	for (const [id, model] of models) {
		const leader = model.axis.matches ?? id;
		const axis = models.get(leader)?.axis ?? model.axis;
		models.set(id, { ...model, range: rangeOf(axis, model, extents.get(leader)) });
	}
	return { models, slots };
}

const FREE: Axis = { type: 'linear' };

function axisOf(layout: Layout, id: string): Axis {
	const number = id.slice(1);
	const axis = id.startsWith('x')
		? layout[`xaxis${number}` as `xaxis${number}`]
		: layout[`yaxis${number}` as `yaxis${number}`];
	return axis ?? FREE;
}

function axisIds(data: readonly Trace[], layout: Layout): string[] {
	const named = Object.keys(layout)
		.filter((key) => /^[xy]axis\d*$/.test(key))
		.map((key) => key.replace('axis', ''));
	const used = data.flatMap((trace) => [trace.xaxis ?? 'x', trace.yaxis ?? 'y']);
	return [...new Set([...named, ...used])];
}

/** The order given, then others as they appear. */
function namesOf(axis: Axis, data: readonly Trace[], id: string): string[] {
	const names = new Set(axis.categoryarray ?? []);
	for (const trace of data) {
		if ((trace.xaxis ?? 'x') === id) for (const value of trace.x) names.add(String(value));
		if (trace.type !== 'box' && (trace.yaxis ?? 'y') === id)
			for (const value of trace.y) names.add(String(value));
	}
	return [...names];
}

/** Share of the range that stays free beyond padded ends, as Plotly leaves it. */
const PADDING = 1 / 18;

function rangeOf(
	axis: Axis,
	model: AxisModel,
	extent: Extent | undefined,
): readonly [number, number] {
	const given = axis.range;
	const [low, high] = given ?? freeRange(axis, model, unionOf([extent]));
	if (!Number.isFinite(high - low)) return [0, 1];
	if (Math.abs(high - low) < TINY) return alone(low, axis, false);
	return axis.autorange === 'reversed' && !given ? [high, low] : [low, high];
}

function freeRange(axis: Axis, model: AxisModel, extent: Extent): readonly [number, number] {
	if (axis.type === 'category') return [-0.5, Math.max(1, model.names.length) - 0.5];
	const toZero = axis.rangemode === 'tozero' && axis.type === 'linear';
	const low = Math.min(extent.low, extent.padLow, toZero ? 0 : Infinity);
	const high = Math.max(extent.high, extent.padHigh, toZero ? 0 : -Infinity);
	if (low > high) return [0, 1];
	const span = high - low;
	if (span < TINY) return alone(low, axis, toZero);
	const wider = span * (1 + PADDING) * PADDING;
	return [
		toZero && low === 0 ? 0 : Math.min(extent.low, extent.padLow - wider),
		toZero && high === 0 ? 0 : Math.max(extent.high, extent.padHigh + wider),
	];
}

/** Lengths below it cannot be divided by: the quotient is no number. */
const TINY = 1e-290;

/** A single value gets room on both sides. */
function alone(value: number, axis: Axis, toZero: boolean): readonly [number, number] {
	if (axis.type === 'log') return [value - 0.5, value + 0.5];
	const half = Math.abs(value) / 2;
	const room = half < TINY ? 1 : half;
	return toZero && half < TINY ? [0, 1] : [value - room, value + room];
}
