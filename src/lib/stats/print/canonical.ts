/** What the prints of this folder share: the filter without no-ops, and number literals. */
import {
	filterSchema,
	type Conditions,
	type Filter,
	type PrmCondition,
	type Range,
} from '../filter';
import * as v from 'valibot';
import { NotOurs } from './cursor';

export const LIST_FIELDS = ['task', 'dataset', 'metric', 'nn'] as const;

/** What makes up a group of each `best`, as columns of LEMUR's stat; `prm` is the uid of a run. */
export const GROUP_COLUMNS = {
	configuration: ['task', 'dataset', 'metric', 'nn'],
	net: ['metric', 'nn'],
	run: ['task', 'dataset', 'metric', 'nn', 'prm'],
	epoch: ['task', 'dataset', 'metric', 'nn', 'epoch'],
} as const;

/**
 * The same filter without conditions that say nothing: `prm: {}` and `not: []`.
 * SQL and Python read back to this; a link keeps even those.
 */
export function canonical(filter: Filter): Filter {
	const { best, ...conditions } = filter;
	return { ...canonicalConditions(conditions), ...(best === undefined ? {} : { best }) };
}

function canonicalConditions(conditions: Conditions): Conditions {
	const { prm, any, not, ...leaves } = conditions;
	return {
		...leaves,
		...(prm && Object.keys(prm).length > 0 ? { prm } : {}),
		...(any ? { any: any.map(canonicalConditions) } : {}),
		...(not && not.length > 0 ? { not: not.map(canonicalConditions) } : {}),
	};
}

export function isTexts(condition: PrmCondition): condition is readonly string[] {
	return Array.isArray(condition);
}

/** Shortest decimal of the same double, valid in SQL, Python and JavaScript. */
export function numberText(value: number): string {
	return Object.is(value, -0) ? '-0.0' : String(value);
}

/** Conditions while a print is read back; later keys of the same name are an error. */
export class Draft {
	readonly #values = new Map<string, unknown>();
	readonly #prm = new Map<string, PrmCondition>();
	readonly #not: Conditions[] = [];

	/** @throws NotOurs when the key stands twice */
	set(key: string, value: unknown): void {
		if (this.#values.has(key)) throw new NotOurs(`${key} stands twice.`);
		this.#values.set(key, value);
	}

	/** @throws NotOurs when the name stands twice */
	setPrm(name: string, value: PrmCondition): void {
		if (this.#prm.has(name)) throw new NotOurs(`prm ${name} stands twice.`);
		this.#prm.set(name, value);
	}

	addNot(member: Conditions): void {
		this.#not.push(member);
	}

	/** @throws NotOurs when the whole is no filter */
	finish(): Filter {
		const values = new Map(this.#values);
		if (this.#prm.size > 0) values.set('prm', Object.fromEntries(this.#prm));
		if (this.#not.length > 0) values.set('not', this.#not);
		const result = v.safeParse(filterSchema, Object.fromEntries(values));
		if (!result.success) throw new NotOurs('Not a filter.');
		return result.output;
	}
}

/** A range from its optional ends. */
export function rangeOf(min: number | undefined, max: number | undefined): Range {
	return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Runs a reader of our own print. @returns undefined when the text is not one */
export function readOurs<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof NotOurs) return undefined;
		throw error;
	}
}
