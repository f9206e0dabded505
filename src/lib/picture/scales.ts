/**
 * Axes as functions: from a number or the name of a category to a position (the number, its logarithm
 * or the category's index), and from there to a place on the surface. It draws nothing.
 */
import type { Axis, Positions } from '../stats/plots/plot';

/** An axis before its place on the surface is known. */
export interface AxisModel {
	/** 'x', 'y2', … */
	readonly id: string;
	readonly axis: Axis;
	/** names of a category axis in order; empty on others */
	readonly names: readonly string[];
	/** positions at the axis's start (left or bottom) and end */
	readonly range: readonly [start: number, end: number];
	/** @returns NaN for what cannot stand on this axis */
	readonly at: (value: number | string) => number;
}

export interface Scale extends AxisModel {
	/** places of the start and end of the range */
	readonly from: number;
	readonly to: number;
	/** @returns the place of a position */
	readonly place: (position: number) => number;
	/** @returns the place of a value of the data */
	readonly of: (value: number | string) => number;
}

/** @returns the axis with its ends at two places */
export function scaleOf(model: AxisModel, from: number, to: number): Scale {
	const [start, end] = model.range;
	const step = (to - from) / (end - start);
	const place = (position: number) => from + (position - start) * step;
	return { ...model, from, to, place, of: (value) => place(model.at(value)) };
}

/** @returns positions of all values on an axis, in the data's order */
export function positionsOf(values: Positions, { at }: AxisModel): Float64Array {
	const positions = new Float64Array(values.length);
	for (let i = 0; i < values.length; i++) positions[i] = at(values[i]!);
	return positions;
}

/** @returns the position of a value on an axis with these categories */
export function positioner(axis: Axis, names: readonly string[]): AxisModel['at'] {
	if (axis.type === 'category') {
		const index = new Map(names.map((name, i) => [name, i]));
		// A number that is no category is a place between them, as in Plotly.
		return (value) => index.get(String(value)) ?? (typeof value === 'number' ? value : NaN);
	}
	if (axis.type === 'log') return (value) => (Number(value) > 0 ? Math.log10(Number(value)) : NaN);
	return (value) => (value === '' ? NaN : Number(value));
}
