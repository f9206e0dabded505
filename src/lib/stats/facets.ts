/** Facet counts: how many trials each value would leave, under all filters but its own. */
import { bestOf } from './best';
import { SOURCES, type TrialColumns } from './columns';
import { familiesOf } from './families';
import type { Best, Filter } from './filter';
import { runIdentity } from './run-identity';
import type { Matcher } from './match';
import { compareText } from './text-order';

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

/** The values of one facet, highest count first, then by code point; arrays of one length. */
export interface FacetValues {
	/** every value of the snapshot, and the filter's even where none has it */
	readonly values: readonly string[];
	readonly counts: Uint32Array;
	/** 1 = named by the filter */
	readonly selected: Uint8Array;
}

export interface Facets {
	/** trials that pass the whole filter (after `best`) */
	readonly total: number;
	/** distinct runs, nets and configurations among them */
	readonly runs: number;
	readonly nets: number;
	readonly configurations: number;
	readonly fields: ReadonlyMap<FacetField, FacetValues>;
}

/**
 * @param fields the facets to count
 * @returns counts for one value each: what would remain if the filter's key for that facet were
 * that one value (`best` included)
 */
export function facetsOf(matcher: Matcher, filter: Filter, fields: readonly FacetField[]): Facets {
	const { columns } = matcher;
	const { ids } = matcher.match(filter);
	return {
		...totals(columns, ids),
		fields: new Map(fields.map((field) => [field, countField(matcher, filter, field)])),
	};
}

function totals({ runs, run, configs, nns }: TrialColumns, ids: Uint32Array) {
	const seen = new Uint8Array(runs.count);
	for (let i = 0; i < ids.length; i++) seen[run[ids[i]!]!] = 1;
	const configSeen = new Uint8Array(configs.count);
	const nnSeen = new Uint8Array(nns.length);
	for (let r = 0; r < seen.length; r++) {
		if (!seen[r]) continue;
		const config = runs.config[r]!;
		configSeen[config] = 1;
		nnSeen[configs.nn[config]!] = 1;
	}
	const first = runIdentity(runs);
	const runSeen = new Uint8Array(runs.count);
	for (let r = 0; r < seen.length; r++) if (seen[r]) runSeen[first[r]!] = 1;
	return {
		total: ids.length,
		runs: countSet(runSeen),
		nets: countSet(nnSeen),
		configurations: countSet(configSeen),
	};
}

function countSet(flags: Uint8Array): number {
	let count = 0;
	for (let i = 0; i < flags.length; i++) count += flags[i]!;
	return count;
}

function countField(matcher: Matcher, filter: Filter, field: FacetField): FacetValues {
	const { columns } = matcher;
	const values = valuesOf(columns, field);
	const { names, ofRun } = values;
	const counts = new Uint32Array(names.length);
	if (filter.best) {
		const ids = bestIds(matcher, filter, filter.best, field, values);
		for (let i = 0; i < ids.length; i++) counts[ofRun[columns.run[ids[i]!]!]!]!++;
	} else {
		const weights = matcher.weights(filter, field);
		for (let r = 0; r < weights.length; r++) counts[ofRun[r]!]! += weights[r]!;
	}
	return listed(values, counts, filter[field] ?? []);
}

/** Facets that are the same within every group of a `best`: choosing a value splits no group. */
const WITHIN_GROUP: Readonly<Record<Best, readonly FacetField[]>> = {
	configuration: ['task', 'dataset', 'metric', 'nn', 'nnFamily'],
	epoch: ['task', 'dataset', 'metric', 'nn', 'nnFamily'],
	net: ['metric', 'nn', 'nnFamily'],
	run: FACET_FIELDS,
};

/** The best trials of each group under each value of the facet. */
function bestIds(
	matcher: Matcher,
	filter: Filter,
	best: Best,
	field: FacetField,
	{ ofRun, single }: Values,
): Uint32Array {
	const without = filter[field] ? field : undefined;
	if (single || WITHIN_GROUP[best].includes(field)) return matcher.match(filter, without).ids;
	const passing = matcher.match(withoutBest(filter), without).ids;
	return bestOf(matcher.columns, passing, best, ofRun);
}

function withoutBest(filter: Filter): Filter {
	const conditions = { ...filter };
	delete conditions.best;
	return conditions;
}

/** The snapshot's values and the filter's, which need not occur. */
function listed(
	{ names, place }: Values,
	counts: Uint32Array,
	wanted: readonly string[],
): FacetValues {
	const order = byCount(counts, place);
	const values = order.map((i) => names[i] ?? '');
	if (wanted.length === 0) {
		const ordered = Uint32Array.from(order, (i) => counts[i]!);
		return { values, counts: ordered, selected: new Uint8Array(values.length) };
	}
	const count = new Map(order.map((i) => [names[i] ?? '', counts[i]!]));
	for (const value of wanted) if (!count.has(value)) count.set(value, 0);
	const all = [...count].sort(([a, n], [b, m]) => m - n || compareText(a, b));
	const selected = new Set(wanted);
	return {
		values: all.map(([value]) => value),
		counts: Uint32Array.from(all, ([, n]) => n),
		selected: Uint8Array.from(all, ([value]) => Number(selected.has(value))),
	};
}

/** Indices of values, highest count first, then by place: sorted as numbers, which is fast for thousands. */
function byCount(counts: Uint32Array, place: Uint32Array): number[] {
	const n = counts.length;
	const most = 2 ** 32;
	const at = new Uint32Array(n);
	const keys = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		at[place[i]!] = i;
		keys[i] = (most - counts[i]!) * n + place[i]!;
	}
	return Array.from(keys.sort(), (key) => at[key % n]!);
}

/** A facet's values, and which of them each run has. */
interface Values {
	readonly names: readonly string[];
	/** index into `names` */
	readonly ofRun: Uint32Array;
	/** each name's position by code point */
	readonly place: Uint32Array;
	/** all runs have the same value */
	readonly single: boolean;
}

/** Computed once per snapshot: every filter counts the same facets. */
const known = new WeakMap<TrialColumns, Map<FacetField, Values>>();

function valuesOf(columns: TrialColumns, field: FacetField): Values {
	let fields = known.get(columns);
	if (!fields) known.set(columns, (fields = new Map()));
	let values = fields.get(field);
	if (!values) {
		const { names, ofRun } = namesOf(columns, field);
		const order = [...names.keys()].sort((a, b) => compareText(names[a] ?? '', names[b] ?? ''));
		const place = new Uint32Array(names.length);
		for (const [position, i] of order.entries()) place[i] = position;
		values = { names, ofRun, place, single: ofRun.every((value) => value === ofRun[0]) };
		fields.set(field, values);
	}
	return values;
}

function namesOf(columns: TrialColumns, field: FacetField) {
	const { tasks, nns, transforms, configs, runs } = columns;
	const byRun = (of: (run: number) => number) => {
		const index = new Uint32Array(runs.count);
		for (let r = 0; r < index.length; r++) index[r] = of(r);
		return index;
	};
	switch (field) {
		case 'task':
		case 'dataset':
		case 'metric': {
			const names = [...new Set(tasks.map((task) => task[field]))];
			const position = tasks.map((task) => names.indexOf(task[field]));
			return { names, ofRun: byRun((r) => position[configs.task[runs.config[r]!]!]!) };
		}
		case 'nn':
			return { names: nns, ofRun: byRun((r) => configs.nn[runs.config[r]!]!) };
		case 'nnFamily': {
			const { names, ofNn } = familiesOf(columns);
			return { names, ofRun: byRun((r) => ofNn[configs.nn[runs.config[r]!]!]!) };
		}
		case 'transform':
			return { names: transforms, ofRun: Uint32Array.from(runs.transform) };
		case 'source':
			return { names: SOURCES, ofRun: Uint32Array.from(runs.source) };
		default:
			return field satisfies never;
	}
}
