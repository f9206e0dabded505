/**
 * A filter's conditions as pandas masks over `df`, the frame of LEMUR's `data()`. The script around
 * them is `python.ts`, reading them back `python-reader.ts`.
 */
import { RANGE_CONDITIONS } from '../filter';
import type { Best, Conditions, PrmCondition, Range } from '../filter';
import { GROUP_COLUMNS, isTexts, LIST_FIELDS, numberText } from './canonical';

/** @returns the line that keeps the best rows of each group */
export function printBest(best: Best): string {
	const group = GROUP_COLUMNS[best].map((column) =>
		column === 'prm' ? "df['prm'].map(str)" : `df['${column}']`,
	);
	return `df = df[df['accuracy'] == df.groupby([${group.join(', ')}])['accuracy'].transform('max')]`;
}

/** @returns masks that all must hold, each an expression of booleans, one per row of `df` */
export function printConditions(conditions: Conditions): string[] {
	const { nnPrefix, nnFamily, nnRegex, transform, source, prm, any, not } = conditions;
	const masks: string[] = [];
	for (const key of LIST_FIELDS) {
		const list = conditions[key];
		if (list) masks.push(`df['${key}'].isin(${texts(list)})`);
	}
	if (nnPrefix) masks.push(`df['nn'].str.startswith(${tuple(nnPrefix)})`);
	if (nnFamily) masks.push(`df['nn'].map(family).isin(${texts(nnFamily)})`);
	if (nnRegex !== undefined) {
		masks.push(`df['nn'].map(lambda nn: bool(re.search(${literal(nnRegex)}, nn)))`);
	}
	if (transform)
		masks.push(`df['prm'].map(lambda p: p.get('transform')).isin(${texts(transform)})`);
	if (source) masks.push(`df['nn'].map(lambda nn: 'lemur').isin(${texts(source)})`);
	for (const key of RANGE_CONDITIONS) {
		const range = conditions[key];
		if (range) masks.push(`df['${key}']${printRange(range)}`);
	}
	for (const [name, condition] of Object.entries(prm ?? {})) masks.push(printPrm(name, condition));
	if (any) masks.push(any.length === 0 ? NOTHING : `(${any.map(printMember).join(' | ')})`);
	for (const member of not ?? []) masks.push(`~${printMember(member)}`);
	return masks;
}

/** Mask of no row. */
export const NOTHING = "df['nn'].isna()";
/** Mask of every row. */
export const EVERYTHING = "df['nn'].notna()";

function printMember(member: Conditions): string {
	const masks = printConditions(member);
	return `(${masks.length === 0 ? EVERYTHING : masks.join(' & ')})`;
}

function printRange({ min, max }: Range): string {
	if (min !== undefined && max !== undefined) {
		return `.between(${numberText(min)}, ${numberText(max)})`;
	}
	if (min !== undefined) return `.ge(${numberText(min)})`;
	return max === undefined ? '.notna()' : `.le(${numberText(max)})`;
}

function printPrm(name: string, condition: PrmCondition): string {
	const value = `p.get(${literal(name)})`;
	const test = isTexts(condition)
		? `one_of(${value}, ${texts(condition)})`
		: `between(${[value, ...bounds(condition)].join(', ')})`;
	return `df['prm'].map(lambda p: ${test}).astype(bool)`;
}

function bounds({ min, max }: Range): string[] {
	return [
		...(min === undefined ? [] : [`low=${numberText(min)}`]),
		...(max === undefined ? [] : [`high=${numberText(max)}`]),
	];
}

function texts(values: readonly string[]): string {
	return `[${values.map(literal).join(', ')}]`;
}

function tuple(values: readonly string[]): string {
	return `(${values.map((value) => `${literal(value)},`).join(' ')})`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
	...([
		['\\', '\\\\'],
		["'", "\\'"],
		['\n', '\\n'],
		['\r', '\\r'],
		['\t', '\\t'],
	] as const),
]);

/** @returns a Python text literal; what cannot be seen is escaped */
export function literal(text: string): string {
	const body = text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]/gu, (char) => {
		const code = char.codePointAt(0) ?? 0;
		const short = SHORT.get(char);
		if (short !== undefined) return short;
		const [mark, width] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
		return `\\${mark}${code.toString(16).padStart(Number(width), '0')}`;
	});
	return `'${body}'`;
}
