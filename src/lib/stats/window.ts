/** A window of rows cut out of a query, as columns: what crosses to the page for display. */
import type { ColumnId } from './fields';

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
