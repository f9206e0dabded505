/** Equal-width histogram of one numeric column: numpy's rule, last bin closed. */
import type { TrialColumns } from './columns';
import { isPrmColumn, type ColumnId } from './fields';
import type { Filter } from './filter';
import type { ConditionKey, Matcher } from './match';
import { readerOf } from './reader';

export interface Histogram {
	/** length bins + 1; empty when no row has a value */
	readonly edges: Float64Array;
	/** rows of the filter (without its own range on this column) in each bin */
	readonly counts: Uint32Array;
	/** all rows of the snapshot in the same bins, drawn in grey behind */
	readonly background: Uint32Array;
	/** rows of the filter without a value */
	readonly missing: number;
}

/** The filter's key that is a range over this column, if it has one. */
export function ownCondition(column: ColumnId): ConditionKey | undefined {
	if (isPrmColumn(column)) return column;
	return column === 'epoch' || column === 'accuracy' || column === 'duration' ? column : undefined;
}

/**
 * @param column numeric; a text column has no value anywhere
 * @param bins at least 1
 * @returns counts over the filter without its own range on this column, from their least to their
 * greatest value; one distinct value gets the width 1, half to either side
 * @throws RangeError when bins is no positive whole number
 */
export function histogramOf(
	matcher: Matcher,
	filter: Filter,
	column: ColumnId,
	bins: number,
): Histogram {
	if (!Number.isInteger(bins) || bins < 1)
		throw new RangeError(`A histogram needs a whole number of bins from 1, not ${bins}.`);
	const { columns } = matcher;
	const values = valuesOf(columns, column);
	const { ids } = matcher.match(filter, ownCondition(column));
	const { min, max, missing } = extent(values, ids);
	if (min > max) {
		const none = { counts: new Uint32Array(bins), background: new Uint32Array(bins) };
		return { edges: new Float64Array(0), ...none, missing };
	}
	const edges = edgesOf(min, max, bins);
	const counts = new Uint32Array(bins);
	for (let i = 0; i < ids.length; i++) count(counts, edges, values(ids[i]!));
	const background = new Uint32Array(bins);
	for (let t = 0; t < columns.count; t++) count(background, edges, values(t));
	return { edges, counts, background, missing };
}

/**
 * @param ascending sorted values without NaN, at least one
 * @param bins at least 1
 * @returns bins + 1 edges and the counts between them, by the same rule as {@link histogramOf}
 */
export function binned(ascending: Float64Array, bins: number): Pick<Histogram, 'edges' | 'counts'> {
	const edges = edgesOf(ascending[0]!, ascending[ascending.length - 1]!, bins);
	const counts = new Uint32Array(bins);
	for (let i = 0; i < ascending.length; i++) count(counts, edges, ascending[i]!);
	return { edges, counts };
}

function valuesOf(columns: TrialColumns, column: ColumnId): (trial: number) => number {
	const reader = readerOf(columns, column);
	return reader.kind === 'number' ? reader.at : () => NaN;
}

function extent(values: (trial: number) => number, ids: Uint32Array) {
	let min = Infinity;
	let max = -Infinity;
	let missing = 0;
	for (let i = 0; i < ids.length; i++) {
		const value = values(ids[i]!);
		if (Number.isNaN(value)) missing++;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	return { min, max, missing };
}

/** One distinct value gets the width 1, half to either side. */
function edgesOf(min: number, max: number, bins: number): Float64Array {
	return min === max ? linspace(min - 0.5, max + 0.5, bins) : linspace(min, max, bins);
}

function linspace(from: number, to: number, bins: number): Float64Array {
	const step = (to - from) / bins;
	return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : from + i * step));
}

/** As numpy does: guess the bin by division, then let the printed edges decide. */
function count(counts: Uint32Array, edges: Float64Array, value: number): void {
	const bins = counts.length;
	const from = edges[0]!;
	const to = edges[bins]!;
	if (!(value >= from && value <= to)) return;
	let bin = Math.floor(((value - from) / (to - from)) * bins);
	if (bin >= bins) bin = bins - 1;
	if (value < edges[bin]!) bin--;
	else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
	counts[bin]!++;
}
