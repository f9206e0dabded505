/**
 * The filter: one plain value that the address bar, SQL, Python and a sentence all print.
 * This file is its type and its reading from foreign input; evaluation is in `match.ts`.
 */
import * as v from 'valibot';
import { SOURCES } from './columns';

/** Inclusive on both ends; a missing end is open. */
export interface Range {
	readonly min?: number;
	readonly max?: number;
}

/** Conditions that are lists of names. */
export const LIST_CONDITIONS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'nnPrefix',
	'nnFamily',
	'transform',
	'source',
] as const;
/** Conditions that are ranges, hyperparameters aside. */
export const RANGE_CONDITIONS = ['epoch', 'accuracy', 'duration'] as const;

/** Which row of a group stays. Ties with the group's maximum all stay, as in LEMUR. */
export const BEST = ['configuration', 'net', 'run', 'epoch'] as const;
export type Best = (typeof BEST)[number];

/** A hyperparameter condition: a numeric range, or one of some exact texts. */
export type PrmCondition = Range | readonly string[];

/**
 * All given keys must hold; inside a list one value suffices. An empty list matches nothing.
 * Names compare exactly and case-sensitively (`nnPrefix` too, unlike LEMUR's LIKE).
 */
export interface Conditions {
	readonly task?: readonly string[];
	readonly dataset?: readonly string[];
	readonly metric?: readonly string[];
	readonly nn?: readonly string[];
	/** the start of the net's name */
	readonly nnPrefix?: readonly string[];
	/** the family of `familyOf(nn)` */
	readonly nnFamily?: readonly string[];
	/** a JavaScript regular expression tested against the name, at most 200 characters */
	readonly nnRegex?: string;
	readonly transform?: readonly string[];
	readonly source?: readonly (typeof SOURCES)[number][];
	readonly epoch?: Range;
	/** fraction 0..1 */
	readonly accuracy?: Range;
	/** ns, cumulative; a row without a duration fails any duration range */
	readonly duration?: Range;
	readonly prm?: Readonly<Record<string, PrmCondition>>;
	/** at least one of these must match */
	readonly any?: readonly Conditions[];
	/** none of these may match */
	readonly not?: readonly Conditions[];
}

/** Conditions, plus what is decided after them: the best rows of each group. */
export interface Filter extends Conditions {
	readonly best?: Best;
}

const MAX_TEXT = 500;
const MAX_VALUES = 2_000;
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const oneOrMany = <T extends v.GenericSchema>(item: T) =>
	v.union([
		v.pipe(v.array(item), v.maxLength(MAX_VALUES)),
		v.pipe(
			item,
			v.transform((value) => [value]),
		),
	]);
/** valibot takes a list for an object without keys: `epoch: []` would be read as any epoch. */
const notList = <T extends v.GenericSchema>(schema: T) =>
	v.pipe(
		v.unknown(),
		v.check((value) => !Array.isArray(value), 'A list does not fit here.'),
		schema,
	);
const finite = v.pipe(v.number(), v.finite());
const range = v.union([
	notList(v.strictObject({ min: v.exactOptional(finite), max: v.exactOptional(finite) })),
	v.pipe(
		finite,
		v.transform((value) => ({ min: value, max: value })),
	),
	v.pipe(v.strictTuple([v.nullable(finite), v.nullable(finite)]), v.transform(toRange)),
]);

function toRange([min, max]: [number | null, number | null]): Range {
	return { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
}

const prm = v.pipe(
	notList(v.record(v.pipe(text, v.nonEmpty()), v.union([oneOrMany(text), range]))),
	v.check((value) => Object.keys(value).length <= 100, 'At most 100 hyperparameter conditions.'),
);

const leaf = {
	task: v.exactOptional(oneOrMany(text)),
	dataset: v.exactOptional(oneOrMany(text)),
	metric: v.exactOptional(oneOrMany(text)),
	nn: v.exactOptional(oneOrMany(text)),
	nnPrefix: v.exactOptional(oneOrMany(text)),
	nnFamily: v.exactOptional(oneOrMany(text)),
	nnRegex: v.exactOptional(
		v.pipe(v.string(), v.maxLength(200), v.check(isRegex, 'Not a valid regular expression.')),
	),
	transform: v.exactOptional(oneOrMany(text)),
	source: v.exactOptional(oneOrMany(v.picklist(SOURCES))),
	epoch: v.exactOptional(range),
	accuracy: v.exactOptional(range),
	duration: v.exactOptional(range),
	prm: v.exactOptional(prm),
};

function isRegex(source: string): boolean {
	try {
		new RegExp(source, 'u');
		return true;
	} catch {
		return false;
	}
}

const MAX_DEPTH = 4;

function conditions(depth: number): v.GenericSchema<unknown, Conditions> {
	if (depth === 0) return notList(v.strictObject(leaf));
	const nested = v.pipe(v.array(conditions(depth - 1)), v.maxLength(50));
	return notList(
		v.strictObject({ ...leaf, any: v.exactOptional(nested), not: v.exactOptional(nested) }),
	);
}

const nested = v.pipe(v.array(conditions(MAX_DEPTH - 1)), v.maxLength(50));

/** Reads foreign input (a link, a script, a file); scalars become one-value lists and ranges. */
export const filterSchema: v.GenericSchema<unknown, Filter> = notList(
	v.strictObject({
		...leaf,
		any: v.exactOptional(nested),
		not: v.exactOptional(nested),
		best: v.exactOptional(v.picklist(BEST)),
	}),
);

/** Raised when foreign input is no filter; the message names the key and what was expected. */
export class FilterError extends Error {
	override readonly name = 'FilterError';
}

/**
 * @param input anything, usually an object written by a person
 * @returns the same filter with every list and range spelled out
 * @throws FilterError naming the key that is wrong
 */
export function readFilter(input: unknown): Filter {
	const result = v.safeParse(filterSchema, input);
	if (result.success) return result.output;
	const issue = result.issues[0];
	const path = v.getDotPath(issue) ?? 'filter';
	throw new FilterError(`${path}: ${issue.message}`);
}

/** The empty filter: every trial. */
export const EVERYTHING: Filter = Object.freeze({});
