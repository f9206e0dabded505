/** Equal-width histogram of one numeric column: numpy's rule, last bin closed. */
import type { TrialColumns } from './columns';
import { distributionOf, rowsBelow, type Distribution } from './distribution';
import { isPrmColumn, prmName, type ColumnId } from './fields';
import type { Filter } from './filter';
import type { ConditionKey, Matcher } from './match';
import { readerOf } from './reader';
import { remember } from './remember';

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
	const values = valuesOf(columns, column, matcher.match(filter, ownCondition(column)).ids);
	const { min, max, missing } = extent(values);
	if (min > max) {
		const none = { counts: new Uint32Array(bins), background: new Uint32Array(bins) };
		return { edges: new Float64Array(0), ...none, missing };
	}
	const edges = edgesOf(min, max, bins);
	const counts = new Uint32Array(bins);
	for (let i = 0; i < values.length; i++) count(counts, edges, values[i]!);
	return { edges, counts, background: backgroundOf(allOf(columns, column), edges), missing };
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

/** @returns the values of these trials; NaN where one has none, as for a column of text */
function valuesOf(columns: TrialColumns, column: ColumnId, ids: Uint32Array): Float64Array {
	const values = new Float64Array(ids.length);
	if (column === 'epoch' || column === 'accuracy' || column === 'duration') {
		const all = columns[column];
		for (let i = 0; i < ids.length; i++) values[i] = all[ids[i]!]!;
		return values;
	}
	const prm = isPrmColumn(column) ? columns.runs.prm.get(prmName(column)) : undefined;
	if (prm?.kind === 'number') {
		const { run } = columns;
		for (let i = 0; i < ids.length; i++) values[i] = prm.values[run[ids[i]!]!]!;
		return values;
	}
	const reader = readerOf(columns, column);
	if (reader.kind === 'text') return values.fill(NaN);
	for (let i = 0; i < ids.length; i++) values[i] = reader.at(ids[i]!);
	return values;
}

/** What is drawn behind depends on no filter, so each column is sorted once. */
const sorted = new WeakMap<TrialColumns, Map<ColumnId, Distribution>>();
/** Columns kept: about 7 MB each at full size where all values differ, little where they repeat. */
const MAX_SORTED = 8;

function allOf(columns: TrialColumns, column: ColumnId): Distribution {
	let kept = sorted.get(columns);
	if (!kept) sorted.set(columns, (kept = new Map()));
	const make = () => distributionOf(valuesOf(columns, column, everyTrial(columns)));
	return remember(kept, column, MAX_SORTED, make);
}

function everyTrial({ count }: TrialColumns): Uint32Array {
	const ids = new Uint32Array(count);
	for (let trial = 0; trial < count; trial++) ids[trial] = trial;
	return ids;
}

function backgroundOf(all: Distribution, edges: Float64Array): Uint32Array {
	const bins = edges.length - 1;
	return Uint32Array.from(
		{ length: bins },
		(_, i) => rowsBelow(all, edges[i + 1]!, i === bins - 1) - rowsBelow(all, edges[i]!),
	);
}

function extent(values: Float64Array) {
	let min = Infinity;
	let max = -Infinity;
	let missing = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
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
