/** What a snapshot holds: names, counts and ranges that forms and the palette are made from. */
import type { ColumnId, FieldSpec } from './fields';
import type { TaskInfo } from './columns';

export interface Catalogue {
	readonly version: string;
	/** sha256 of the database file, hex */
	readonly hash: string;
	readonly trials: number;
	readonly runs: number;
	readonly configurations: number;
	readonly tasks: readonly TaskInfo[];
	/** nets that have trials, in code-point order */
	readonly nns: readonly string[];
	readonly families: readonly string[];
	readonly transforms: readonly string[];
	/** every column, base and hyperparameters, with how many trials have a value */
	readonly fields: readonly (FieldSpec & {
		readonly present: number;
		readonly min: number;
		readonly max: number;
	})[];
	readonly columns: readonly ColumnId[];
	readonly openedFrom: 'cache' | 'network';
	/** not cached: the browser forbids storage; kept in memory for this visit */
	readonly stored: boolean;
}
