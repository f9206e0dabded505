/** What a snapshot holds: names, counts and ranges that forms and the palette are made from. */
import type { PrmColumn, Runs, TaskInfo, TrialColumns } from './columns';
import { familiesOf } from './families';
import {
	BASE_COLUMNS,
	fieldOf,
	isPrmColumn,
	prmName,
	type BaseColumn,
	type ColumnId,
	type FieldSpec,
} from './fields';
import { countRuns } from './run-identity';

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
	if (!isPrmColumn(id)) return { ...fieldOf(id), ...baseExtent(columns, id) };
	const column = columns.runs.prm.get(prmName(id));
	return { ...fieldOf(id, column?.kind), ...(column ? prmExtent(column, columns.runs) : ABSENT) };
}

const ABSENT: Extent = { present: 0, min: NaN, max: NaN };
const texts = (present: number): Extent => ({ ...ABSENT, present });

/** Whole columns in one typed loop each: a reader's call per row would cost more than the count. */
function baseExtent(columns: TrialColumns, id: BaseColumn): Extent {
	const { count, runs, tasks, configs } = columns;
	switch (id) {
		case 'task':
		case 'dataset':
		case 'metric':
			return texts(
				named(
					tasks.map((task) => task[id]),
					configs.task,
					columns,
				),
			);
		case 'nn':
			return texts(named(columns.nns, configs.nn, columns));
		case 'transform':
			return texts(coded(runs.transform, blanks(columns.transforms), runs.start));
		// Every trial has both; asking for the texts of uids would compute them all.
		case 'uid':
		case 'source':
			return texts(count);
		case 'repeat':
			return numbers(runs.repeat, runs.start);
		case 'epoch':
		case 'accuracy':
		case 'duration':
			return numbers(columns[id]);
		case 'epochDuration':
			return epochDurations(columns);
		default:
			return id satisfies never;
	}
}

function prmExtent(column: PrmColumn, { start }: Runs): Extent {
	if (column.kind === 'number') return numbers(column.values, start);
	return texts(coded(column.codes, blanks(column.dictionary), start));
}

/** @returns 1 for each empty text, which stands for no value */
function blanks(names: readonly string[]): Uint8Array {
	return Uint8Array.from(names, (name) => (name === '' ? 1 : 0));
}

/** @returns trials of runs whose code names a text; −1 is none */
function coded(codes: Uint16Array | Int32Array, blank: Uint8Array, start: Uint32Array): number {
	let present = 0;
	for (let r = 0; r < codes.length; r++)
		if (blank[codes[r]!] === 0) present += start[r + 1]! - start[r]!;
	return present;
}

/** @returns trials whose configuration has a name; `codes` are of configurations */
function named(names: readonly string[], codes: Uint16Array, columns: TrialColumns): number {
	if (!names.includes('')) return columns.count;
	const { config, start } = columns.runs;
	return coded(
		Uint16Array.from(config, (c) => codes[c]!),
		blanks(names),
		start,
	);
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

/** {@link numbers} of what `epochDuration` gives by trial, without an array of it. */
function epochDurations({ runs: { start, count }, duration }: TrialColumns): Extent {
	let present = 0;
	let [min, max] = [Infinity, -Infinity];
	for (let r = 0; r < count; r++) {
		let before = 0;
		for (let t = start[r]!; t < start[r + 1]!; t++) {
			const here = duration[t]!;
			const value = here - before;
			before = here;
			if (value !== value) continue;
			present++;
			if (value < min) min = value;
			if (value > max) max = value;
		}
	}
	return min > max ? { present, min: NaN, max: NaN } : { present, min, max };
}
