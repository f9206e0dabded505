/**
 * The runs of one leaderboard as a search for hyperparameters sees them: each run once, at its best
 * epoch, with the values of its hyperparameters. It picks and scales; it judges nothing.
 */
import { displayName } from '../../url/display-name';
import { bestPerRun } from '../best-per-run';
import type { PrmColumn, TrialColumns } from '../columns';
import { quantile } from '../quantile';
import { compareText } from '../text-order';
import { plotName } from './text';
import type { PlotOptions, PlotRows } from './plot';
import { poolOf, type Pool } from './pool';
import { valuesAt } from './values-at';
import { counted, countText } from './words';

/** A hyperparameter of the runs shown. */
export interface Parameter {
	/** as in the data, without `prm.`; `transform` is one as well */
	readonly name: string;
	/** by run: its number, or the number of its choice */
	readonly values: Float64Array;
	/** the names of choices in code-point order; none where the values are numbers */
	readonly choices: readonly string[];
	/** least and greatest value, in numbers of choices too */
	readonly low: number;
	readonly high: number;
	/** whether the numbers are spread over decades rather than evenly */
	readonly log: boolean;
	/** how many distinct values there are */
	readonly distinct: number;
}

export interface SearchRuns {
	readonly pool: Pool;
	/** the best trial of each run that has all parameters, ascending */
	readonly best: Uint32Array;
	/** by run: its best value */
	readonly accuracy: Float64Array;
	/** as chosen, else by name */
	readonly parameters: readonly Parameter[];
	/** sentences on the parameters and runs that are left out */
	readonly notes: readonly string[];
}

/** Beside LEMUR's hyperparameters, which the snapshot keeps apart. */
const TRANSFORM = 'transform';
/** A parameter that fewer of the runs have is used only when it is asked for. */
const COMMON = 0.75;
const TWO_DECADES = 100;
/** Most names in one note. */
const NAMED = 5;

/** @returns those to be used of the names that three quarters of the runs have, in code-point order */
export type Choose = (common: readonly string[]) => readonly string[];

/**
 * @param wanted names of parameters, in the order of the result; the others are not looked at. A
 * function may also name some that fewer runs have. Without any: those that three quarters have
 * @returns undefined without rows
 */
export function searchRuns(
	rows: PlotRows,
	options: PlotOptions,
	wanted?: readonly string[] | Choose,
): SearchRuns | undefined {
	const pool = poolOf(rows, { ...options, mode: 'corrected' }, 'board');
	if (!pool) return undefined;
	const { columns } = rows;
	const all = bestPerRun(columns, pool.ids);
	const names = typeof wanted === 'object' ? wanted : parameterNames(columns);
	const present = names
		.map((name) => ({ name, count: countWith(columns, all, name) }))
		.filter(({ count }) => count > 0);
	const common = present.filter(({ count }) => count >= COMMON * all.length);
	const used = usedOf(present, common, wanted);
	const readers = used.map(({ name }) => readerOf(columns, name));
	const has = (trial: number) => readers.every((at) => !Number.isNaN(at(columns.run[trial]!)));
	const best = all.filter(has);
	return {
		pool,
		best,
		accuracy: valuesAt(columns.accuracy, best),
		parameters: used.map(({ name }) => parameterOf(columns, best, name)),
		notes: [
			...(wanted ? [] : rareNotes(present, all.length)),
			...lackNotes(used, all.length, all.length - best.length),
		],
	};
}

function usedOf(
	present: readonly Counted[],
	common: readonly Counted[],
	wanted: readonly string[] | Choose | undefined,
): readonly Counted[] {
	if (wanted === undefined) return common;
	if (typeof wanted !== 'function') return present;
	const chosen = wanted(common.map(({ name }) => name));
	return [...new Set(chosen)].flatMap((name) => present.find((one) => one.name === name) ?? []);
}

/** Before all others, which follow by name. */
const USUAL: readonly string[] = ['lr', 'momentum', 'batch', 'dropout', TRANSFORM];

/** @returns the names, LEMUR's usual ones first */
export function usualFirst(names: readonly string[]): string[] {
	const usual = USUAL.filter((name) => names.includes(name));
	return [...usual, ...names.filter((name) => !usual.includes(name))];
}

/** @returns the names of all parameters of the snapshot, in code-point order */
export function parameterNames({ runs }: TrialColumns): string[] {
	return [...runs.prm.keys(), TRANSFORM].sort(compareText);
}

/** @returns those of `options.prm` that the snapshot has; undefined where nothing valid was chosen */
export function chosenNames(
	columns: TrialColumns,
	{ prm }: PlotOptions,
): readonly string[] | undefined {
	const known = new Set(parameterNames(columns));
	const chosen = [...new Set(prm)].filter((name) => known.has(name));
	return chosen.length > 0 ? chosen : undefined;
}

/** @returns why a figure is empty whose hyperparameter no run has; @param name undefined: there is none at all */
export function lacksParameter({ name: pool }: Pick<Pool, 'name'>, name?: string): string {
	const what = name === undefined ? 'a hyperparameter' : `the hyperparameter ${displayName(name)}`;
	return `No run of ${pool} here has ${what}. Choose another hyperparameter or leaderboard.`;
}

/** @returns whether the runs differ in it */
export function varies({ distinct }: Parameter): boolean {
	return distinct > 1;
}

/** Code of a run's value; NaN where it has none. */
function readerOf({ runs }: TrialColumns, name: string): (run: number) => number {
	if (name === TRANSFORM) return (run) => runs.transform[run]!;
	const column = runs.prm.get(name);
	if (!column) return () => NaN;
	if (column.kind === 'number') return (run) => column.values[run]!;
	return (run) => (column.codes[run]! < 0 ? NaN : column.codes[run]!);
}

function countWith(columns: TrialColumns, trials: Uint32Array, name: string): number {
	const at = readerOf(columns, name);
	let count = 0;
	for (let i = 0; i < trials.length; i++) if (!Number.isNaN(at(columns.run[trials[i]!]!))) count++;
	return count;
}

function parameterOf(columns: TrialColumns, best: Uint32Array, name: string): Parameter {
	const at = readerOf(columns, name);
	const values = new Float64Array(best.length);
	for (let i = 0; i < best.length; i++) values[i] = at(columns.run[best[i]!]!);
	const texts = dictionaryOf(columns, columns.runs.prm.get(name), name);
	return texts ? choiceParameter(name, values, texts) : numberParameter(name, values);
}

function dictionaryOf(
	{ transforms }: TrialColumns,
	column: PrmColumn | undefined,
	name: string,
): readonly string[] | undefined {
	if (name === TRANSFORM) return transforms;
	return column?.kind === 'text' ? column.dictionary : undefined;
}

/** Choices that no run has are not among them. */
function choiceParameter(name: string, codes: Float64Array, texts: readonly string[]): Parameter {
	const present = [...new Set(codes)].sort((a, b) => compareText(texts[a] ?? '', texts[b] ?? ''));
	const number = new Map(present.map((code, i) => [code, i]));
	return {
		name,
		values: codes.map((code) => number.get(code) ?? NaN),
		choices: present.map((code) => texts[code] ?? ''),
		low: 0,
		high: Math.max(0, present.length - 1),
		log: false,
		distinct: present.length,
	};
}

function numberParameter(name: string, values: Float64Array): Parameter {
	const ascending = values.slice().sort();
	let distinct = 0;
	for (let i = 0; i < ascending.length; i++)
		if (i === 0 || ascending[i] !== ascending[i - 1]) distinct++;
	const low = ascending[0] ?? 0;
	const high = ascending.at(-1) ?? 0;
	return { name, values, choices: [], low, high, log: spansDecades(ascending), distinct };
}

/**
 * Over more than two decades, and lying in them more evenly than between their ends: a learning rate
 * drawn from 1e-5 to 1 does, a momentum from 0 to 1 does not, though its least value is tiny.
 */
function spansDecades(ascending: Float64Array): boolean {
	const low = ascending[0] ?? 0;
	const high = ascending.at(-1) ?? 0;
	if (!(low > 0 && high / low > TWO_DECADES)) return false;
	const middle = quantile(ascending, 0.5);
	const linear = (middle - low) / (high - low);
	const log = Math.log(middle / low) / Math.log(high / low);
	return Math.abs(log - 0.5) < Math.abs(linear - 0.5);
}

interface Counted {
	readonly name: string;
	readonly count: number;
}

function rareNotes(present: readonly Counted[], runs: number): string[] {
	const rare = present.filter(({ count }) => count < COMMON * runs);
	if (rare.length === 0) return [];
	const by = [...rare].sort((a, b) => b.count - a.count);
	const named = by
		.slice(0, NAMED)
		.map(({ name, count }) => `${plotName(name)} (${countText(count)} have it)`);
	const more = by.length - named.length;
	return [
		`Left out, because more than a quarter of the ${counted(runs, 'run')} lack ${by.length === 1 ? 'it' : 'each'}: ${named.join(', ')}${more > 0 ? ` and ${countText(more)} more` : ''}.`,
	];
}

function lackNotes(used: readonly Counted[], runs: number, left: number): string[] {
	if (left === 0) return [];
	const lacking = used
		.filter(({ count }) => count < runs)
		.map(({ name, count }) => `${plotName(name)} (${countText(runs - count)})`);
	return [
		`${countText(left)} of ${counted(runs, 'run')} lack a value and are left out: ${lacking.join(', ')}.`,
	];
}
