/**
 * The registry of columns: what a table, an axis, a sort key, an export or a link may name.
 * Hyperparameters are columns too, as `prm.<name>`; which exist is in the snapshot's catalogue.
 */

export const BASE_COLUMNS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'epoch',
	'accuracy',
	'duration',
	'epochDuration',
	'transform',
	'uid',
	'repeat',
	'source',
] as const;
export type BaseColumn = (typeof BASE_COLUMNS)[number];
export type PrmColumnId = `prm.${string}`;
export type ColumnId = BaseColumn | PrmColumnId;

export interface SortKey {
	readonly column: ColumnId;
	readonly descending: boolean;
}

export interface FieldSpec {
	readonly id: ColumnId;
	/** header text */
	readonly title: string;
	/** one sentence for tooltips and the glossary */
	readonly about: string;
	readonly kind: 'text' | 'number';
	/** 'fraction' shows 0.9274, 'ns' a human duration, 'count' an integer, 'plain' the number itself */
	readonly unit: 'fraction' | 'ns' | 'count' | 'plain' | 'none';
}
