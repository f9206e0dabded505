/**
 * One set of conditions over a snapshot: a byte per run where that decides, otherwise per trial.
 * Combining the parts of a filter and keeping their answers is `match.ts`'s work.
 */
import { SOURCES, type PrmColumn, type TrialColumns } from './columns';
import { familiesOf } from './families';
import {
	FilterError,
	RANGE_CONDITIONS,
	type Conditions,
	type PrmCondition,
	type Range,
} from './filter';

/** 1 = passes; `pass` has one byte per run or per trial. */
export interface Mask {
	readonly level: 'run' | 'trial';
	readonly pass: Uint8Array;
}

/** A regular expression may take this long over all names together, ms. */
const REGEX_BUDGET_MS = 250;
const MAX_REGEX_LENGTH = 200;

/** @returns whether no part of the conditions looks at single trials */
export function isRunLevel({ epoch, accuracy, duration, any, not }: Conditions): boolean {
	if (epoch || accuracy || duration) return false;
	return [...(any ?? []), ...(not ?? [])].every(isRunLevel);
}

/**
 * @param now clock, ms
 * @returns the runs, or the trials, that meet all of the conditions
 * @throws FilterError when a regular expression is too long, wrong or too slow
 */
export function maskOf(columns: TrialColumns, conditions: Conditions, now: () => number): Mask {
	const level = isRunLevel(conditions) ? 'run' : 'trial';
	const count = level === 'run' ? columns.runs.count : columns.count;
	const pass = new Uint8Array(count).fill(1);
	const and = (mask: Mask) => intersect(pass, spread(columns, mask, level));
	for (const table of namesOf(columns, conditions, now)) and(table);
	for (const [name, condition] of Object.entries(conditions.prm ?? {}))
		and({ level: 'run', pass: prmPass(columns, name, condition) });
	for (const key of RANGE_CONDITIONS) {
		const range = conditions[key];
		if (range) and({ level: 'trial', pass: inRange(columns[key], range) });
	}
	if (conditions.any) {
		const some = new Uint8Array(count);
		for (const option of conditions.any) {
			const met = spread(columns, maskOf(columns, option, now), level);
			for (let i = 0; i < count; i++) some[i]! |= met[i]!;
		}
		and({ level, pass: some });
	}
	for (const option of conditions.not ?? []) {
		const met = spread(columns, maskOf(columns, option, now), level);
		for (let i = 0; i < count; i++) if (met[i]) pass[i] = 0;
	}
	return { level, pass };
}

function intersect(pass: Uint8Array, other: Uint8Array): void {
	for (let i = 0; i < pass.length; i++) pass[i]! &= other[i]!;
}

function spread({ run, count }: TrialColumns, mask: Mask, level: Mask['level']): Uint8Array {
	if (mask.level === level) return mask.pass;
	const pass = new Uint8Array(count);
	for (let t = 0; t < count; t++) pass[t] = mask.pass[run[t]!]!;
	return pass;
}

/** Masks of the conditions on names, each decided once per distinct name. */
function namesOf(columns: TrialColumns, conditions: Conditions, now: () => number): Mask[] {
	const { tasks, nns, transforms, configs, runs } = columns;
	const masks: Mask[] = [];
	const add = (names: readonly unknown[], test: (index: number) => boolean, of: RunIndex) => {
		const table = Uint8Array.from(names, (_, index) => Number(test(index)));
		const pass = new Uint8Array(runs.count);
		for (let r = 0; r < pass.length; r++) pass[r] = table[of(r)] ?? 0;
		masks.push({ level: 'run', pass });
	};
	const taskOf: RunIndex = (r) => configs.task[runs.config[r]!]!;
	const nnOf: RunIndex = (r) => configs.nn[runs.config[r]!]!;
	for (const key of ['task', 'dataset', 'metric'] as const) {
		const wanted = conditions[key] && new Set(conditions[key]);
		if (wanted) add(tasks, (i) => wanted.has(tasks[i]![key]), taskOf);
	}
	for (const test of nnTests(columns, conditions, now)) add(nns, test, nnOf);
	const named = conditions.transform && new Set(conditions.transform);
	if (named)
		add(
			transforms,
			(i) => named.has(transforms[i]!),
			(r) => runs.transform[r]!,
		);
	const sources = conditions.source;
	if (sources)
		add(
			SOURCES,
			(i) => sources.includes(SOURCES[i]!),
			(r) => runs.source[r]!,
		);
	return masks;
}

type RunIndex = (run: number) => number;

/** Tests of a net by its index in `TrialColumns.nns`. */
function nnTests(
	columns: TrialColumns,
	{ nn, nnPrefix, nnFamily, nnRegex }: Conditions,
	now: () => number,
): ((index: number) => boolean)[] {
	const { nns } = columns;
	const tests: ((index: number) => boolean)[] = [];
	const exact = nn && new Set(nn);
	if (exact) tests.push((i) => exact.has(nns[i]!));
	if (nnPrefix) tests.push((i) => nnPrefix.some((prefix) => nns[i]!.startsWith(prefix)));
	const wanted = nnFamily && new Set(nnFamily);
	if (wanted) {
		const { names, ofNn } = familiesOf(columns);
		tests.push((i) => wanted.has(names[ofNn[i]!]!));
	}
	if (nnRegex !== undefined) {
		const hits = regexHits(nns, nnRegex, now);
		tests.push((i) => hits[i] === 1);
	}
	return tests;
}

/**
 * The clock is read between names. One name that alone takes for ever cannot be interrupted here:
 * then the worker's owner ends the worker.
 */
function regexHits(names: readonly string[], source: string, now: () => number): Uint8Array {
	const regex = compile(source);
	const end = now() + REGEX_BUDGET_MS;
	return Uint8Array.from(names, (name, i) => {
		if ((i & 15) === 0 && now() > end)
			throw new FilterError(
				`nnRegex: "${source}" took more than ${REGEX_BUDGET_MS} ms over the nets' names. ` +
					'Simplify it (no nested repetition such as (a+)+) or filter by nnPrefix.',
			);
		return Number(regex.test(name));
	});
}

function compile(source: string): RegExp {
	if (source.length > MAX_REGEX_LENGTH)
		throw new FilterError(`nnRegex: at most ${MAX_REGEX_LENGTH} characters, not ${source.length}.`);
	try {
		return new RegExp(source, 'u');
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new FilterError(`nnRegex: ${reason}. Correct the pattern or filter by nnPrefix.`);
	}
}

/** NaN (not recorded) fails any range, even an open one. */
function inRange(
	values: ArrayLike<number>,
	{ min = -Infinity, max = Infinity }: Range,
): Uint8Array {
	const pass = new Uint8Array(values.length);
	for (let i = 0; i < pass.length; i++) {
		const value = values[i]!;
		pass[i] = Number(value >= min && value <= max);
	}
	return pass;
}

function prmPass(columns: TrialColumns, name: string, condition: PrmCondition): Uint8Array {
	const column = columns.runs.prm.get(name);
	if (!column) return new Uint8Array(columns.runs.count);
	return isTexts(condition) ? prmIsOneOf(column, condition) : prmInRange(column, condition);
}

function isTexts(condition: PrmCondition): condition is readonly string[] {
	return Array.isArray(condition);
}

/** A number counts as its shortest text: `['128']` finds a batch of 128. */
function prmIsOneOf(column: PrmColumn, texts: readonly string[]): Uint8Array {
	const wanted = new Set(texts);
	if (column.kind === 'number')
		return Uint8Array.from(column.values, (v) => Number(!Number.isNaN(v) && wanted.has(String(v))));
	const table = column.dictionary.map((text) => Number(wanted.has(text)));
	return Uint8Array.from(column.codes, (code) => table[code] ?? 0);
}

/** In a text column only texts that are numbers can lie in a range. */
function prmInRange(column: PrmColumn, range: Range): Uint8Array {
	if (column.kind === 'number') return inRange(column.values, range);
	const numbers = column.dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
	return inRange(
		Float64Array.from(column.codes, (code) => numbers[code] ?? NaN),
		range,
	);
}
