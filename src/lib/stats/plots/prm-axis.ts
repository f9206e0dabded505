/** A hyperparameter on an axis: its scale, its ticks, its cells, and its values as text. */
import { ticks } from 'd3-array';
import type { Axis, BrushAxis } from './plot';
import type { Parameter } from './search-runs';
import { plotName, shortName } from './text';
import { counted } from './words';

/** Most choices that get a tick each. */
const MAX_TICKS = 40;
/** Longest name of a choice at a tick, and at a label within the plot, characters. */
const MAX_NAME = 24;
const MAX_LABEL = 14;
/** Most values of a logarithmic axis that are its ticks, and how near two may be, in shares of it. */
const MAX_VALUES = 16;
const NEAREST = 0.04;

/** @returns the axis; choices stand at their numbers */
export function prmAxis(parameter: Parameter): Axis {
	const { name, choices, log } = parameter;
	const title = { text: plotName(name) };
	if (choices.length === 0) {
		// Plotly's own choice of range would end at the outermost points.
		const range = padded(parameter);
		return { type: log ? 'log' : 'linear', title, range, ...valueTicks(parameter) };
	}
	const every = Math.ceil(choices.length / MAX_TICKS);
	const ticks = choices.map((_, i) => i).filter((i) => i % every === 0);
	return {
		type: 'linear',
		title,
		tickvals: ticks,
		ticktext: ticks.map((i) => shortName(choices[i] ?? '', MAX_NAME)),
		tickangle: choices.length > 4 ? -45 : 0,
		range: [-0.5, choices.length - 0.5],
		showgrid: false,
		zeroline: false,
	};
}

function padded({ low, high, log }: Parameter): readonly [number, number] {
	const [from, to] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
	const room = (to - from) / 40 || Math.abs(from) / 20 || 0.5;
	return [from - room, to + room];
}

function valueTicks(parameter: Parameter): Pick<Axis, 'tickvals' | 'ticktext'> {
	const ticks = ownTicks(parameter, NEAREST);
	return ticks ? { tickvals: ticks, ticktext: ticks.map(numberText) } : {};
}

/**
 * Powers of two, such as batch sizes, are better ticks than the round numbers between them.
 * @param nearest least distance of two, as a share of the axis
 * @returns the values of a logarithmic axis that has few; undefined where they are many or too near
 */
function ownTicks(parameter: Parameter, nearest: number): number[] | undefined {
	const { log, distinct, values } = parameter;
	if (!log || distinct > MAX_VALUES) return undefined;
	const ticks = [...new Set(values)].sort((a, b) => a - b);
	const places = ticks.map((value) => placeOf(parameter, value));
	const near = places.some((place, i) => i > 0 && place - places[i - 1]! < nearest);
	return near ? undefined : ticks;
}

/** A label beside an axis that is drawn by the plot itself. */
export interface PrmTick {
	/** 0..1 from the least to the greatest value */
	readonly place: number;
	/** safe in a figure */
	readonly text: string;
}

/** @param most labels, about */
export function prmTicks(parameter: Parameter, most: number): PrmTick[] {
	const tick = (value: number): PrmTick => ({
		place: placeOf(parameter, value),
		text:
			parameter.choices.length > 0
				? shortName(parameter.choices[value] ?? '', MAX_LABEL)
				: numberText(value),
	});
	return tickValues(parameter, most).map(tick);
}

const SMALLEST_STEP = 1e-290;

function tickValues(parameter: Parameter, most: number): number[] {
	const { low, high, log, choices } = parameter;
	if (low === high) return [low];
	if (choices.length > 0) {
		const every = Math.ceil(choices.length / most);
		return Array.from(choices.keys()).filter((i) => i % every === 0);
	}
	// d3's steps overflow below the smallest normal numbers.
	if (!log) return high - low < SMALLEST_STEP ? [low, high] : ticks(low, high, most);
	return ownTicks(parameter, 0.4 / most) ?? decades(low, high, most);
}

function decades(low: number, high: number, most: number): number[] {
	const first = Math.ceil(Math.log10(low) - 1e-9);
	const last = Math.floor(Math.log10(high) + 1e-9);
	const every = Math.max(1, Math.ceil((last - first + 1) / most));
	return Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`)).filter(
		(value, i) => i % every === 0 && value >= low && value <= high,
	);
}

/** @returns what can be read off the axis as a condition; only numbers can */
export function prmBrush({ name, choices }: Parameter): BrushAxis | undefined {
	return choices.length > 0 ? undefined : { field: `prm.${name}`, scale: 1 };
}

/** @returns where a value stands between the least (0) and the greatest (1); 0.5 where there is one only */
export function placeOf({ low, high, log }: Parameter, value: number): number {
	if (low === high) return 0.5;
	return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** @returns the value at a place; {@link placeOf}'s inverse */
export function valueAt({ low, high, log }: Parameter, place: number): number {
	if (place <= 0) return low;
	if (place >= 1) return high;
	const value = log ? low * Math.exp(place * Math.log(high / low)) : low + place * (high - low);
	return Math.min(high, value);
}

/** @returns a number in few digits, or the name of a choice; safe in a figure */
export function valueText({ choices }: Parameter, value: number): string {
	if (choices.length > 0) return plotName(choices[value] ?? '');
	return numberText(value);
}

/** Four digits, as a number reads: 0.001234, 2.5e-7, 4096 */
export function numberText(value: number): string {
	return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–';
}

/** Parts of an axis. */
export interface Cells {
	readonly count: number;
	/** false where each is one value, and its neighbour another */
	readonly equal: boolean;
	/** number of the cell that holds a value */
	readonly of: (value: number) => number;
	/** axis value in the middle of each */
	readonly centres: Float64Array;
	/** what each holds, safe in a figure */
	readonly texts: readonly string[];
	/** least and greatest value of each, as in the data where a cell is one value */
	readonly from: Float64Array;
	readonly to: Float64Array;
}

/**
 * @returns a cell for each value where few values are shared by many runs, else `most` equal ones on
 * the axis's scale
 */
export function cellsOf(parameter: Parameter, most: number): Cells {
	const { distinct, choices, values } = parameter;
	const shared = distinct <= most && (distinct === 1 || values.length >= 2 * distinct);
	if (choices.length > 0 || shared) return valueCells(parameter);
	const edges = Float64Array.from({ length: most + 1 }, (_, i) => valueAt(parameter, i / most));
	const centres = Float64Array.from({ length: most }, (_, i) =>
		valueAt(parameter, (i + 0.5) / most),
	);
	const text = (i: number) => `${numberText(edges[i]!)} to ${numberText(edges[i + 1]!)}`;
	return {
		count: most,
		equal: true,
		of: (value) => Math.min(most - 1, Math.max(0, Math.floor(placeOf(parameter, value) * most))),
		centres,
		texts: Array.from(centres, (_, i) => text(i)),
		from: edges.slice(0, -1),
		to: edges.slice(1),
	};
}

/** @returns the axis of a heatmap of the cells, the outermost ones whole */
export function cellAxis(parameter: Parameter, { centres, count, equal }: Cells): Axis {
	const axis = prmAxis(parameter);
	if (count < 2 || equal) return axis;
	const at = parameter.log ? centres.map(Math.log10) : centres;
	const last = count - 1;
	const range = [1.5 * at[0]! - at[1]! / 2, 1.5 * at[last]! - at[last - 1]! / 2] as const;
	return { ...axis, range };
}

function valueCells(parameter: Parameter): Cells {
	const values =
		parameter.choices.length > 0
			? Float64Array.from(parameter.choices, (_, i) => i)
			: Float64Array.from(new Set(parameter.values)).sort();
	const place = new Map(Array.from(values, (value, i) => [value, i]));
	return {
		count: values.length,
		equal: false,
		of: (value) => place.get(value) ?? 0,
		centres: values,
		texts: Array.from(values, (value) => valueText(parameter, value)),
		from: values,
		to: values,
	};
}

/** @returns a sentence on the parameters that do not vary; none where there are none */
export function constantNote(names: readonly string[], runs: number): string[] {
	if (names.length === 0) return [];
	return [
		`${names.map(plotName).join(', ')} ${names.length === 1 ? 'is' : 'are'} the same in all ${counted(runs, 'run')}.`,
	];
}
