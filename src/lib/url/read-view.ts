/** Reads a state from foreign input: a link, a file, a script. Which keys there are says `view.ts`. */
import * as v from 'valibot';
import { EVERYTHING, filterSchema, type Filter } from '../stats/filter';
import { DEFAULT_VIEW, FIELDS, VIEW_KEYS, viewSchema, type Problem, type ViewState } from './view';

/**
 * Reads foreign input field by field: what is wrong is dropped and reported, the rest stands.
 * @param input anything; usually a plain object with some of the keys of `ViewState`
 * @returns a complete, valid state and what was dropped; never throws
 */
export function readView(input: unknown): { view: ViewState; problems: Problem[] } {
	const problems: Problem[] = [];
	if (typeof input !== 'object' || input === null || Array.isArray(input)) {
		problems.push(problem('', 'The state is not an object; the default view is shown.'));
		return { view: DEFAULT_VIEW, problems };
	}
	const given = new Map(Object.entries(input));
	const read: Record<string, unknown> = {};
	for (const key of VIEW_KEYS) {
		const value = given.get(key);
		given.delete(key);
		if (value === undefined) continue;
		if (key === 'filter') read[key] = readFilterParts(value, problems);
		else {
			const result = v.safeParse(FIELDS[key], value);
			if (result.success) read[key] = result.output;
			else problems.push(problem(key, reason(result.issues[0])));
		}
	}
	for (const key of given.keys()) problems.push(problem(key, 'There is no such key.'));
	return { view: v.parse(viewSchema, { ...DEFAULT_VIEW, ...read }), problems };
}

/** `prm` records skip these names when read (they are object internals, not hyperparameters). */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function readFilterParts(input: unknown, problems: Problem[]): Filter {
	const whole = v.safeParse(filterSchema, input);
	if (whole.success && !namesReserved(input)) return whole.output;
	if (typeof input !== 'object' || input === null || Array.isArray(input)) {
		problems.push(problem('filter', 'The filter is not an object; all trials are shown.'));
		return EVERYTHING;
	}
	const parts: Filter[] = [];
	for (const [key, value] of Object.entries(input)) {
		const part = Object.fromEntries([[key, value]]);
		const result = v.safeParse(filterSchema, part);
		if (!result.success) problems.push(problem(key, reason(result.issues[0])));
		else if (namesReserved(part)) problems.push(problem(key, 'A reserved name.'));
		else parts.push(result.output);
	}
	return Object.assign({}, ...parts) as Filter; // each part was read by the schema
}

function namesReserved(input: unknown, depth = 0): boolean {
	if (typeof input !== 'object' || input === null || depth > 12) return false;
	return Object.entries(input).some(
		([key, value]) => RESERVED.has(key) || namesReserved(value, depth + 1),
	);
}

function reason(issue: v.BaseIssue<unknown> | undefined): string {
	if (!issue) return 'It cannot be read.';
	const path = v.getDotPath(issue);
	return `${path ? `${path}: ` : ''}${issue.message}`.slice(0, 300);
}

function problem(key: string, message: string): Problem {
	return { key: key.slice(0, 100), code: 'LINK_VALUE', message };
}
