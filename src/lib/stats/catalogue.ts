/** What a snapshot holds: names, counts and ranges that forms and the palette are made from. */
import type { TaskInfo, TrialColumns } from './columns';
import { familiesOf } from './families';
import { BASE_COLUMNS, fieldOf, type ColumnId, type FieldSpec } from './fields';
import { countRuns } from './run-identity';
import { readerOf } from './reader';

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
	/** why it is not stored */
	readonly notStored?: 'STORE_BLOCKED' | 'STORE_QUOTA';
}

/** What the mirror cannot know. */
export interface CatalogueFacts {
	/** sha256 of the database file, hex */
	readonly hash: string;
	readonly openedFrom: Catalogue['openedFrom'];
	readonly stored: boolean;
	readonly notStored?: 'STORE_BLOCKED' | 'STORE_QUOTA';
}

/** @returns names, counts and ranges of a snapshot; min and max are NaN where no number occurs */
export function catalogueOf(columns: TrialColumns, facts: CatalogueFacts): Catalogue {
	const prm = [...columns.runs.prm.keys()].map((name): ColumnId => `prm.${name}`);
	const ids: readonly ColumnId[] = [...BASE_COLUMNS, ...prm];
	return {
		version: columns.version,
		...facts,
		trials: columns.count,
		runs: countRuns(columns.runs),
		configurations: columns.configs.count,
		tasks: columns.tasks,
		nns: columns.nns,
		families: familiesOf(columns).names,
		transforms: columns.transforms.filter((name) => name !== ''),
		fields: ids.map((id) => describe(columns, id)),
		columns: ids,
	};
}

const PER_TRIAL: ReadonlySet<ColumnId> = new Set<ColumnId>([
	'epoch',
	'accuracy',
	'duration',
	'epochDuration',
]);

/** A column of runs is read once per run, at its first trial. */
function describe(columns: TrialColumns, id: ColumnId) {
	const { count, runs } = columns;
	const reader = readerOf(columns, id);
	const field = fieldOf(id, reader.kind);
	// Every trial has a uid; asking for their texts would compute them all.
	if (id === 'uid') return { ...field, present: count, min: NaN, max: NaN };
	const perTrial = PER_TRIAL.has(id);
	let present = 0;
	let min = Infinity;
	let max = -Infinity;
	for (let i = 0; i < (perTrial ? count : runs.count); i++) {
		const value = reader.at(perTrial ? i : runs.start[i]!);
		if (value === '' || Number.isNaN(value)) continue;
		present += perTrial ? 1 : runs.start[i + 1]! - runs.start[i]!;
		if (typeof value === 'string') continue;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	return min > max ? { ...field, present, min: NaN, max: NaN } : { ...field, present, min, max };
}
