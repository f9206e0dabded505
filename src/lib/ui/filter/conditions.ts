/**
 * A filter seen as a list of conditions that a person can read, drop, change and negate one by one.
 * Plain values in, plain values out: applying them is the address bar's business.
 */
import type { SOURCES } from '../../stats/columns';
import { FIELDS } from '../../stats/fields';
import { LIST_CONDITIONS, RANGE_CONDITIONS } from '../../stats/filter';
import type { Best, Conditions, Filter, PrmCondition, Range } from '../../stats/filter';
import { conditionsText } from '../../stats/print/sentence';
import { displayName } from '../../url/display-name';

export { LIST_CONDITIONS as LIST_FIELDS } from '../../stats/filter';
export type ListField = (typeof LIST_CONDITIONS)[number];
export type RangeField = 'epoch' | 'accuracy' | 'duration' | `prm.${string}`;

/** One condition of a filter; `only` holds it alone and `without` is everything else. */
export interface Condition {
	/** stable while the condition exists */
	readonly id: string;
	readonly kind: 'list' | 'range' | 'texts' | 'regex' | 'any' | 'not' | 'best';
	/** in words: `epochs 1–5` */
	readonly label: string;
	readonly only: Filter;
	readonly without: Filter;
	/** the filter with this condition turned round; absent where that cannot be said */
	readonly negated?: Filter;
	/** of kind `range` */
	readonly field?: RangeField;
}

const BEST_LABELS: Readonly<Record<Best, string>> = {
	configuration: 'best per configuration',
	net: 'best per net',
	run: 'best per run',
	epoch: 'best per epoch',
};

/** @returns every condition of the filter, in the order of its sentence */
export function conditionsOf(filter: Filter): Condition[] {
	const found: Condition[] = [];
	for (const field of LIST_CONDITIONS) if (filter[field]) found.push(leaf(filter, field, 'list'));
	if (filter.nnRegex !== undefined) found.push(leaf(filter, 'nnRegex', 'regex'));
	for (const field of RANGE_CONDITIONS)
		if (filter[field]) found.push({ ...leaf(filter, field, 'range'), field });
	for (const [name, value] of Object.entries(filter.prm ?? {}))
		found.push(hyperparameter(filter, name, value));
	if (filter.any) found.push(leaf(filter, 'any', 'any'));
	for (const index of (filter.not ?? []).keys()) found.push(negation(filter, index));
	if (filter.best) {
		const only = { best: filter.best };
		const without = omit(filter, 'best');
		found.push({ id: 'best', kind: 'best', label: BEST_LABELS[filter.best], only, without });
	}
	return found;
}

function leaf(filter: Filter, key: keyof Conditions, kind: Condition['kind']): Condition {
	const only: Conditions = { [key]: filter[key] };
	const without = omit(filter, key);
	return { id: key, kind, label: labelOf(key, only), only, without, negated: deny(without, only) };
}

function hyperparameter(filter: Filter, name: string, value: PrmCondition): Condition {
	const only: Conditions = { prm: { [name]: value } };
	const without = setPrm(filter, name, undefined);
	const shared = { label: conditionsText(only), only, without, negated: deny(without, only) };
	if (isTexts(value)) return { id: `prm.${name}`, kind: 'texts', ...shared };
	return { id: `prm.${name}`, kind: 'range', field: `prm.${name}`, ...shared };
}

function negation(filter: Filter, index: number): Condition {
	const { not = [], ...rest } = filter;
	const member = not[index] ?? {};
	const others = not.filter((_, i) => i !== index);
	const without: Filter = others.length > 0 ? { ...rest, not: others } : rest;
	const only: Conditions = { not: [member] };
	// Turning it round is possible where none of its keys has a condition already.
	const free = Object.keys(member).every((key) => !Object.hasOwn(without, key));
	const base = { id: `not.${index}`, kind: 'not', label: conditionsText(only) } as const;
	return { ...base, only, without, ...(free ? { negated: { ...without, ...member } } : {}) };
}

function deny(without: Filter, only: Conditions): Filter {
	return { ...without, not: [...(without.not ?? []), only] };
}

/** Names alone do not say what they are names of. */
function labelOf(key: keyof Conditions, only: Conditions): string {
	const text = conditionsText(only);
	return key === 'task' || key === 'dataset' || key === 'metric'
		? `${FIELDS[key].title}: ${text}`
		: text;
}

type Draft = { -readonly [Key in keyof Filter]: Filter[Key] };

/** @returns the filter without one of its keys */
export function omit(filter: Filter, key: keyof Filter): Filter {
	const rest: Draft = { ...filter };
	delete rest[key];
	return rest;
}

/** @returns the filter with one value of a list added or taken away; an empty list goes */
export function toggleValue(filter: Filter, field: ListField, value: string): Filter {
	const values: readonly string[] = filter[field] ?? [];
	const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
	return setValues(filter, field, next);
}

/** @returns the filter with these values of a list; none = no condition */
export function setValues(filter: Filter, field: ListField, values: readonly string[]): Filter {
	const rest = omit(filter, field);
	if (values.length === 0) return rest;
	if (field === 'source') return { ...rest, source: values.filter(isSource) };
	return { ...rest, [field]: values };
}

function isSource(value: string): value is (typeof SOURCES)[number] {
	return value === 'lemur' || value === 'mine';
}

/** @returns the range of a field; undefined where there is none or where it is a list of texts */
export function getRange(filter: Conditions, field: RangeField): Range | undefined {
	if (!isPrm(field)) return filter[field];
	const value = filter.prm?.[field.slice(PRM.length)];
	return value && !isTexts(value) ? value : undefined;
}

/** @returns the filter with this range of a field; undefined = no condition */
export function setRange(filter: Filter, field: RangeField, range: Range | undefined): Filter {
	if (isPrm(field)) return setPrm(filter, field.slice(PRM.length), range);
	return range ? { ...filter, [field]: range } : omit(filter, field);
}

/** @returns the filter with this condition on a hyperparameter; undefined = none */
export function setPrm(filter: Filter, name: string, value: PrmCondition | undefined): Filter {
	const others = Object.entries(filter.prm ?? {}).filter(([other]) => other !== name);
	const next = value ? [...others, [name, value] as const] : others;
	const rest = omit(filter, 'prm');
	return next.length > 0 ? { ...rest, prm: Object.fromEntries(next) } : rest;
}

const PRM = 'prm.';

function isPrm(field: RangeField): field is `prm.${string}` {
	return field.startsWith(PRM);
}

export function isTexts(value: PrmCondition): value is readonly string[] {
	return Array.isArray(value);
}

/** @returns words for a name of a facet; a missing transform has none of its own */
export function valueText(value: string): string {
	return displayName(value) || '(none)';
}
