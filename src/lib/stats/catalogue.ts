/** What a snapshot holds: names, counts and ranges that forms and the palette are made from. */
import type { Runs, TaskInfo, TrialColumns } from './columns';
import { familiesOf } from './families';
import {
	BASE_COLUMNS,
	fieldOf,
	isPrmColumn,
	prmName,
	type ColumnId,
	type FieldSpec,
} from './fields';
import { countRuns } from './run-identity';
import { epochDurations, readerOf, type Reader } from './reader';

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

/** Trials with a value, and the range of its numbers. */
interface Extent {
	readonly present: number;
	readonly min: number;
	readonly max: number;
}

function describe(columns: TrialColumns, id: ColumnId): FieldSpec & Extent {
	const { count, runs } = columns;
	const prm = isPrmColumn(id) ? runs.prm.get(prmName(id)) : undefined;
	if (prm?.kind === 'number')
		return { ...fieldOf(id, 'number'), ...numbers(prm.values, runs.start) };
	const reader = readerOf(columns, id);
	const field = fieldOf(id, reader.kind);
	switch (id) {
		// Every trial has a uid; asking for their texts would compute them all.
		case 'uid':
			return { ...field, present: count, min: NaN, max: NaN };
		case 'epoch':
		case 'accuracy':
		case 'duration':
			return { ...field, ...numbers(columns[id]) };
		case 'epochDuration':
			return { ...field, ...numbers(epochDurations(columns)) };
		default:
			return { ...field, ...ofRuns(reader, runs) };
	}
}

/** Most columns are arrays of numbers, so this is a plain loop. @param start given where they are of runs */
function numbers(values: Float64Array | Uint16Array, start?: Uint32Array): Extent {
	let present = 0;
	let [min, max] = [Infinity, -Infinity];
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		if (value !== value) continue; // NaN, the only value that is not itself
		present += start ? start[i + 1]! - start[i]! : 1;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	return min > max ? { present, min: NaN, max: NaN } : { present, min, max };
}

/** A column of runs is read once per run, at its first trial. */
function ofRuns({ at }: Reader, { start, count }: Runs): Extent {
	let present = 0;
	let [min, max] = [Infinity, -Infinity];
	for (let r = 0; r < count; r++) {
		const value = at(start[r]!);
		if (value === '' || Number.isNaN(value)) continue;
		present += start[r + 1]! - start[r]!;
		if (typeof value === 'string') continue;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	return min > max ? { present, min: NaN, max: NaN } : { present, min, max };
}
