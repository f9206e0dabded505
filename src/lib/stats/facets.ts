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
	const sum = (flags: Uint8Array) => flags.reduce((a, b) => a + b, 0);
	return {
		total: ids.length,
		runs: sum(runSeen),
		nets: sum(nnSeen),
		configurations: sum(configSeen),
	};
}

function countField(matcher: Matcher, filter: Filter, field: FacetField): FacetCount[] {
	const { columns } = matcher;
	const { names, ofRun } = valuesOf(columns, field);
	const counts = new Uint32Array(names.length);
	if (filter.best) {
		for (const id of bestIds(matcher, filter, filter.best, field, ofRun))
			counts[ofRun[columns.run[id]!]!]!++;
	} else {
		const weights = matcher.weights(filter, field);
		for (let r = 0; r < weights.length; r++) counts[ofRun[r]!]! += weights[r]!;
	}
	return listed(names, counts, filter[field] ?? []);
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
	ofRun: Uint32Array,
): Uint32Array {
	const without = filter[field] ? field : undefined;
	if (WITHIN_GROUP[best].includes(field)) return matcher.match(filter, without).ids;
	const passing = matcher.match(withoutBest(filter), without).ids;
	return bestOf(matcher.columns, passing, best, ofRun);
}

function withoutBest(filter: Filter): Filter {
	const conditions = { ...filter };
	delete conditions.best;
	return conditions;
}

/** The snapshot's values and the filter's, which need not occur; highest count first. */
function listed(
	names: readonly string[],
	counts: Uint32Array,
	wanted: readonly string[],
): FacetCount[] {
	const selected = new Set(wanted);
	const known = new Set(names);
	const rows = names.map((value, i) => ({
		value,
		count: counts[i] ?? 0,
		selected: selected.has(value),
	}));
	for (const value of selected)
		if (!known.has(value)) rows.push({ value, count: 0, selected: true });
	return rows.sort((a, b) => b.count - a.count || compareText(a.value, b.value));
}

/** A facet's values, and which of them each run has. */
function valuesOf(columns: TrialColumns, field: FacetField) {
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
