/** A hyperparameter on an axis: its scale, its ticks, its cells, and its values as text. */
import type { Axis, BrushAxis } from './plot';
import type { Parameter } from './search-runs';
import { plotName } from './text';
import { counted } from './words';

/** Most choices that get a tick each. */
const MAX_TICKS = 40;

/** @returns the axis; choices stand at their numbers */
export function prmAxis(parameter: Parameter): Axis {
	const { name, choices, log } = parameter;
	const title = { text: plotName(name) };
	if (choices.length === 0) {
		// Plotly's own choice of range would end at the outermost points.
		return { type: log ? 'log' : 'linear', title, range: padded(parameter) };
	}
	const every = Math.ceil(choices.length / MAX_TICKS);
	const ticks = choices.map((_, i) => i).filter((i) => i % every === 0);
	return {
		type: 'linear',
		title,
		tickvals: ticks,
		ticktext: ticks.map((i) => plotName(choices[i] ?? '')),
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
	return log ? low * Math.exp(place * Math.log(high / low)) : low + place * (high - low);
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

/** Equal parts of an axis. */
export interface Cells {
	readonly count: number;
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

/** @returns a cell for each value where there are few, else `most` equal ones on the axis's scale */
export function cellsOf(parameter: Parameter, most: number): Cells {
	const { distinct, choices } = parameter;
	if (choices.length > 0 || distinct <= most) return valueCells(parameter);
	const edges = Float64Array.from({ length: most + 1 }, (_, i) => valueAt(parameter, i / most));
	const centres = Float64Array.from({ length: most }, (_, i) =>
		valueAt(parameter, (i + 0.5) / most),
	);
	const text = (i: number) => `${numberText(edges[i]!)} to ${numberText(edges[i + 1]!)}`;
	return {
		count: most,
		of: (value) => Math.min(most - 1, Math.max(0, Math.floor(placeOf(parameter, value) * most))),
		centres,
		texts: Array.from(centres, (_, i) => text(i)),
		from: edges.slice(0, -1),
		to: edges.slice(1),
	};
}

function valueCells(parameter: Parameter): Cells {
	const values =
		parameter.choices.length > 0
			? Float64Array.from(parameter.choices, (_, i) => i)
			: Float64Array.from(new Set(parameter.values)).sort();
	const place = new Map(Array.from(values, (value, i) => [value, i]));
	return {
		count: values.length,
		of: (value) => place.get(value) ?? 0,
		centres: values,
		texts: Array.from(values, (value) => valueText(parameter, value)),
		from: values,
		to: values,
	};
}

/** @returns `16,692 runs` with the name of the parameter where a single value rules them all */
export function constantNote(names: readonly string[], runs: number): string[] {
	if (names.length === 0) return [];
	return [
		`${names.map(plotName).join(', ')} ${names.length === 1 ? 'is' : 'are'} the same in all ${counted(runs, 'run')}.`,
	];
}
