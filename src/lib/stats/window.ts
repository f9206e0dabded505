/** A window of rows cut out of a query, as columns: what crosses to the page for display. */
import type { TrialColumns } from './columns';
import type { ColumnId } from './fields';
import { readerOf, type Reader, type UidText } from './reader';

export type WindowColumn =
	| { readonly kind: 'number'; readonly values: Float64Array } // NaN = missing
	| { readonly kind: 'text'; readonly values: readonly string[] }; // '' = missing

export interface RowWindow {
	/** rows of the whole query */
	readonly total: number;
	readonly start: number;
	/** index of each row in `TrialColumns` (its stable identity within a snapshot) */
	readonly trials: Uint32Array;
	readonly columns: ReadonlyMap<ColumnId, WindowColumn>;
}

/**
 * @param order the query's trials in its order
 * @param start first row of the window; beyond the end gives an empty window
 * @param count rows at most
 * @param ids columns to cut
 * @param uidText needed for the column `uid`
 */
export function windowOf(
	columns: TrialColumns,
	order: Uint32Array,
	start: number,
	count: number,
	ids: readonly ColumnId[],
	uidText?: UidText,
): RowWindow {
	const trials = order.slice(Math.max(0, start), Math.max(0, start) + Math.max(0, count));
	return {
		total: order.length,
		start,
		trials,
		columns: new Map(ids.map((id) => [id, cut(readerOf(columns, id, uidText), trials)])),
	};
}

function cut(reader: Reader, trials: Uint32Array): WindowColumn {
	return reader.kind === 'number'
		? { kind: 'number', values: Float64Array.from(trials, reader.at) }
		: { kind: 'text', values: Array.from(trials, reader.at) };
}

/** @returns the position of a trial in a query's order, or -1 */
export function locate(order: Uint32Array, trial: number): number {
	return order.indexOf(trial);
}
