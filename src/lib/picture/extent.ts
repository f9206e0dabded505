/** How far the data of an axis reach, for axes without a range of their own. */
import type { Layout, Trace } from '../stats/plots/plot';
import { errorEnds } from './errors';
import { edgesOf } from './heatmap';
import { positionsOf, type AxisModel } from './scales';
import type { Slots } from './slots';

/** Positions; `pad` ends want room beyond them, the others are kept exactly. Infinite = nothing. */
export interface Extent {
	low: number;
	high: number;
	padLow: number;
	padHigh: number;
}

const nothing = (): Extent => ({
	low: Infinity,
	high: -Infinity,
	padLow: Infinity,
	padHigh: -Infinity,
});

export function unionOf(extents: readonly (Extent | undefined)[]): Extent {
	const all = nothing();
	for (const { low, high, padLow, padHigh } of extents.filter((one) => one !== undefined)) {
		all.low = Math.min(all.low, low);
		all.high = Math.max(all.high, high);
		all.padLow = Math.min(all.padLow, padLow);
		all.padHigh = Math.max(all.padHigh, padHigh);
	}
	return all;
}

/** @returns how far traces, shapes and annotations reach on an axis */
export function extentOf(
	model: AxisModel,
	slots: Slots,
	data: readonly Trace[],
	layout: Layout,
): Extent {
	const extent = nothing();
	const letter = model.id.startsWith('x') ? 'x' : 'y';
	const own = data.filter((trace) => (trace[`${letter}axis`] ?? letter) === model.id);
	for (const trace of own) {
		if (trace.type === 'scatter') scatterExtent(trace, letter, model, extent);
		else if (trace.type === 'heatmap') keep(extent, edgesOf(trace[letter], model));
		else if (trace.type === 'bar') barExtent(trace, letter, model, slots, extent);
		else boxExtent(trace, letter, model, slots, extent);
	}
	for (const shape of layout.shapes ?? [])
		if (shape[`${letter}ref`] === model.id)
			pad(extent, [model.at(shape[`${letter}0`]), model.at(shape[`${letter}1`])]);
	for (const note of layout.annotations ?? [])
		if (note[`${letter}ref`] === model.id) pad(extent, [model.at(note[letter])]);
	return extent;
}

type Letter = 'x' | 'y';
type Of<Type extends Trace['type']> = Extract<Trace, { type: Type }>;

function keep(extent: Extent, positions: Iterable<number>): void {
	for (const position of positions) {
		if (position < extent.low) extent.low = position;
		if (position > extent.high) extent.high = position;
	}
}

function pad(extent: Extent, positions: Iterable<number>): void {
	for (const position of positions) {
		if (position < extent.padLow) extent.padLow = position;
		if (position > extent.padHigh) extent.padHigh = position;
	}
}

/** Lines run from edge to edge; markers and everything along y want room. */
function scatterExtent(trace: Of<'scatter'>, letter: Letter, model: AxisModel, extent: Extent) {
	const positions = positionsOf(trace[letter], model);
	const edgeToEdge = letter === 'x' && trace.mode === 'lines' && trace.fill !== 'toself';
	(edgeToEdge ? keep : pad)(extent, positions);
	const errors = trace[`error_${letter}`];
	if (errors) pad(extent, errorEnds(trace[letter], errors, model));
	if (trace.fill === 'tozeroy' && letter === 'y' && model.axis.type === 'linear') keep(extent, [0]);
}

function barExtent(
	trace: Of<'bar'>,
	letter: Letter,
	model: AxisModel,
	slots: Slots,
	extent: Extent,
): void {
	const along = trace.orientation === 'v' ? 'x' : 'y';
	if (letter === along) {
		const slot = slots.get(trace);
		if (slot) keep(extent, slot.starts);
		if (slot) keep(extent, slot.ends);
		return;
	}
	if (model.axis.type === 'linear') keep(extent, [0]);
	// The value that is written behind a bar needs room, too.
	const more = trace.textposition === 'outside' && model.axis.type === 'linear' ? 1.06 : 1;
	for (const at of positionsOf(trace[letter], model)) {
		const end = at * more;
		if (end > 0 || model.axis.type === 'log') extent.padHigh = Math.max(extent.padHigh, end);
		if (end < 0 || model.axis.type === 'log') extent.padLow = Math.min(extent.padLow, end);
	}
	const errors = trace[`error_${letter}`];
	if (errors) pad(extent, errorEnds(trace[letter], errors, model));
}

function boxExtent(
	trace: Of<'box'>,
	letter: Letter,
	model: AxisModel,
	slots: Slots,
	extent: Extent,
): void {
	if (letter === 'y') {
		pad(extent, positionsOf(trace.lowerfence, model));
		pad(extent, positionsOf(trace.upperfence, model));
		return;
	}
	const slot = slots.get(trace);
	if (slot) keep(extent, slot.starts);
	if (slot) keep(extent, slot.ends);
}
