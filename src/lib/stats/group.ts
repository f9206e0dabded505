/**
 * Groups of trials by some of their fields: stable counting sorts, one per field, then borders where
 * a field changes. It sorts trials into groups and says nothing about their values.
 */
import { SOURCES, type TrialColumns } from './columns';
import { familiesOf } from './families';
import { distinctSorted } from './text-order';

export const GROUP_FIELDS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'nnFamily',
	'transform',
	'epoch',
	'source',
] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

/** Groups in the order of their keys: text by code point, epochs by number. */
export interface Grouping {
	readonly count: number;
	/** the trials, group after group; ascending inside a group where the input was */
	readonly order: Uint32Array;
	/** trials of group g are order[start[g]] … order[start[g + 1] − 1]; length count + 1 */
	readonly start: Uint32Array;
	/** the group's values, one list per field */
	readonly keys: readonly (readonly string[])[];
}

/** A field as numbers: `of` a trial, and the text of each. Codes follow the order of the texts. */
interface Codes {
	readonly names: readonly string[];
	readonly of: (trial: number) => number;
}

/**
 * @param ids trials, usually ascending
 * @param fields the first is the most significant in the order of the groups
 * @returns every non-empty group; one group of all trials when there are no fields
 */
export function groupTrials(
	columns: TrialColumns,
	ids: Uint32Array,
	fields: readonly GroupField[],
): Grouping {
	const codes = fields.map((field) => codesOf(columns, ids, field));
	let order = ids;
	for (const code of [...codes].reverse()) order = sortByCode(order, code);
	const { count, start } = borders(order, codes);
	const keys = codes.map(({ names, of }) =>
		Array.from({ length: count }, (_, g) => names[of(order[start[g]!]!)] ?? ''),
	);
	return { count, order, start, keys };
}

/** Stable. */
function sortByCode(order: Uint32Array, { names, of }: Codes): Uint32Array {
	const next = new Uint32Array(names.length + 1);
	const codes = new Uint32Array(order.length);
	for (let i = 0; i < order.length; i++) {
		const code = of(order[i]!);
		codes[i] = code;
		next[code + 1]!++;
	}
	for (let code = 0; code < names.length; code++) next[code + 1]! += next[code]!;
	const result = new Uint32Array(order.length);
	for (let i = 0; i < order.length; i++) result[next[codes[i]!]!++] = order[i]!;
	return result;
}

function borders(order: Uint32Array, codes: readonly Codes[]) {
	const first = new Uint8Array(order.length);
	if (first.length > 0) first[0] = 1;
	for (const { of } of codes) {
		for (let i = 1; i < order.length; i++) if (of(order[i]!) !== of(order[i - 1]!)) first[i] = 1;
	}
	let count = 0;
	for (let i = 0; i < first.length; i++) count += first[i]!;
	const start = new Uint32Array(count + 1);
	let g = 0;
	for (let i = 0; i < first.length; i++) if (first[i]) start[g++] = i;
	start[count] = order.length;
	return { count, start };
}

function codesOf(columns: TrialColumns, ids: Uint32Array, field: GroupField): Codes {
	const { tasks, nns, transforms, configs, runs, run, epoch } = columns;
	switch (field) {
		case 'task':
		case 'dataset':
		case 'metric': {
			const { names, codes } = coded(tasks.map((task) => task[field]));
			return { names, of: perRun(columns, (r) => codes[configs.task[runs.config[r]!]!]!) };
		}
		case 'nn': {
			const { names, codes } = coded(nns);
			return { names, of: perRun(columns, (r) => codes[configs.nn[runs.config[r]!]!]!) };
		}
		case 'nnFamily': {
			const { names, ofNn } = familiesOf(columns);
			return { names, of: perRun(columns, (r) => ofNn[configs.nn[runs.config[r]!]!]!) };
		}
		case 'transform': {
			const { names, codes } = coded(transforms);
			return { names, of: perRun(columns, (r) => codes[runs.transform[r]!]!) };
		}
		case 'source': {
			const { names, codes } = coded(SOURCES);
			return { names, of: (trial) => codes[runs.source[run[trial]!]!]! };
		}
		case 'epoch': {
			let last = 0;
			for (let i = 0; i < ids.length; i++) last = Math.max(last, epoch[ids[i]!]!);
			return {
				names: Array.from({ length: last + 1 }, (_, value) => String(value)),
				of: (trial) => epoch[trial]!,
			};
		}
		default:
			return field satisfies never;
	}
}

interface Coded {
	/** in code-point order */
	readonly names: readonly string[];
	/** the place among them of each text */
	readonly codes: Uint32Array;
}

const known = new WeakMap<readonly string[], Coded>();

/** The texts by code point; a snapshot's own lists are sorted once. */
function coded(texts: readonly string[]): Coded {
	let kept = known.get(texts);
	if (!kept) {
		const names = distinctSorted(texts);
		const place = new Map(names.map((name, i) => [name, i]));
		kept = { names, codes: Uint32Array.from(texts, (text) => place.get(text) ?? 0) };
		known.set(texts, kept);
	}
	return kept;
}

/** One look-up a trial instead of three or four: the runs are several times fewer. */
function perRun({ runs, run }: TrialColumns, of: (run: number) => number) {
	const codes = new Uint16Array(runs.count);
	for (let r = 0; r < codes.length; r++) codes[r] = of(r);
	return (trial: number) => codes[run[trial]!]!;
}
