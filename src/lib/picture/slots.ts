/** Where bars and boxes stand along their axis: side by side in groups, or over each other. */
import type { Trace } from '../stats/plots/plot';
import type { AxisModel } from './scales';

/** Positions of both sides, one pair per bar. */
export interface Slot {
	readonly starts: Float64Array;
	readonly ends: Float64Array;
}

/** Of every bar and box trace. */
export type Slots = ReadonlyMap<Trace, Slot>;

/** What stands along one axis: positions of its bars, its place in the group, widths of its own. */
export interface Stander {
	readonly positions: Float64Array;
	/** place in a group, from 0 */
	readonly place: number;
	readonly width?: number | Float64Array | readonly number[] | undefined;
}

/**
 * @param places how many stand side by side, 1 = over each other
 * @param gap share of a position that stays free; @param inner share of a place that stays free
 */
export function slotsOf(
	standers: readonly Stander[],
	places: number,
	gap: number,
	inner: number,
): Slot[] {
	const step = leastStep(standers);
	const share = (step * (1 - gap)) / places;
	return standers.map(({ positions, place, width }) => {
		const starts = new Float64Array(positions.length);
		const ends = new Float64Array(positions.length);
		const offset = share * (place - (places - 1) / 2);
		for (let i = 0; i < positions.length; i++) {
			const wide = (typeof width === 'number' ? width : width?.[i]) ?? share * (1 - inner);
			starts[i] = positions[i]! + offset - wide / 2;
			ends[i] = starts[i]! + wide;
		}
		return { starts, ends };
	});
}

/** @returns the least distance between two positions, 1 where there is only one */
function leastStep(standers: readonly Stander[]): number {
	const all = Float64Array.from(standers.flatMap(({ positions }) => [...positions])).sort();
	let least = Infinity;
	for (let i = 1; i < all.length; i++) {
		const step = all[i]! - all[i - 1]!;
		if (step > 1e-9 && step < least) least = step;
	}
	return Number.isFinite(least) ? least : 1;
}

/** @returns the axis a trace stands on, where the layout or a trace names it */
export function modelOf(models: ReadonlyMap<string, AxisModel>, id: string): AxisModel {
	const model = models.get(id);
	if (!model) throw new RangeError(`There is no axis ${id}.`);
	return model;
}

/** @returns a name for the pair of axes a trace is drawn in */
export function panelOf(trace: Trace): string {
	return `${trace.xaxis ?? 'x'} ${trace.yaxis ?? 'y'}`;
}
