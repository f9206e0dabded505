/** Facet counts: how many trials each value would leave, under all filters but its own. */

export const FACET_FIELDS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'nnFamily',
	'transform',
	'source',
] as const;
export type FacetField = (typeof FACET_FIELDS)[number];

export interface FacetCount {
	readonly value: string;
	readonly count: number;
	/** named by the filter; listed even with count 0 */
	readonly selected: boolean;
}

export interface Facets {
	/** trials that pass the whole filter (after `best`) */
	readonly total: number;
	/** distinct runs, nets and configurations among them */
	readonly runs: number;
	readonly nets: number;
	readonly configurations: number;
	/** per field: every value of the snapshot, highest count first, then by code point */
	readonly fields: ReadonlyMap<FacetField, readonly FacetCount[]>;
}
