/**
 * A filter as flat keys of a link: `task=…`, `prm.lr=0.01..0.1`, `any.0.nn=…`, `not.1.any.0.epoch=5..5`.
 * Only the spelling; whether the filter is valid is decided by `readView`.
 */
import { LIST_CONDITIONS, RANGE_CONDITIONS } from '../stats/filter';
import type { Conditions, Filter, Range } from '../stats/filter';
import { LinkTextError, printList, printRange, readList, readRange, unescape } from './text';
import type { Print } from './text';

const LIST_KEYS: ReadonlySet<string> = new Set(LIST_CONDITIONS);
const RANGE_KEYS: ReadonlySet<string> = new Set(RANGE_CONDITIONS);

/** Deepest nesting of `any` and `not` that a link may spell. */
export const MAX_DEPTH = 8;

/** @returns the filter's keys and values, unsorted */
export function printFilter(filter: Filter): [string, Print][] {
	const pairs = printConditions(filter, '');
	const { best } = filter;
	if (best !== undefined) pairs.push(['best', () => best]);
	return pairs;
}

function printConditions(conditions: Conditions, prefix: string): [string, Print][] {
	const pairs: [string, Print][] = [];
	const add = (key: string, print: Print) => pairs.push([prefix + key, print]);
	for (const key of LIST_CONDITIONS) {
		const list = conditions[key];
		if (list) add(key, (escape) => printList(list, escape));
	}
	for (const key of RANGE_CONDITIONS) {
		const range = conditions[key];
		if (range) add(key, () => printRange(range));
	}
	const { nnRegex, prm } = conditions;
	if (nnRegex !== undefined) add('nnRegex', (escape) => escape(nnRegex));
	if (prm) {
		for (const [name, condition] of Object.entries(prm)) {
			add(`prm.${escapeName(name)}`, (escape) =>
				isTexts(condition) ? printPrmTexts(condition, escape) : printRange(condition),
			);
		}
		if (Object.keys(prm).length === 0) add('prm', () => '');
	}
	for (const key of ['any', 'not'] as const) {
		const members = conditions[key];
		if (members) pairs.push(...printMembers(members, prefix + key));
	}
	return pairs;
}

function printMembers(members: readonly Conditions[], path: string): [string, Print][] {
	if (members.length === 0) return [[path, () => '']];
	return members.flatMap((member, index) => {
		const pairs = printConditions(member, `${path}.${index}.`);
		return pairs.length > 0 ? pairs : [[`${path}.${index}`, () => ''] as [string, Print]];
	});
}

/** @returns whether a hyperparameter condition is a list of texts (else it is a range) */
export function isTexts(condition: Range | readonly string[]): condition is readonly string[] {
	return Array.isArray(condition);
}

/** A lone text is always marked, so that a version that reads numbers otherwise still agrees. */
function printPrmTexts(texts: readonly string[], escape: (text: string) => string): string {
	const [only] = texts;
	if (texts.length === 1 && only !== undefined) return `~${escape(only)}`;
	return printList(texts, escape);
}

/** A name inside a key: as in a value, and without the dot that separates path steps. */
function escapeName(name: string): string {
	return encodeURIComponent(name.toWellFormed());
}

/** Conditions while they are read; `Map`, because names come from strangers. */
interface Draft {
	readonly values: Map<string, unknown>;
	readonly prm: Map<string, unknown>;
	readonly any: Map<number, Draft>;
	readonly not: Map<number, Draft>;
}

/** Collects the filter keys of one link. */
export class FilterReader {
	readonly #root = newDraft();

	/**
	 * @returns false when the key is none of a filter
	 * @throws LinkTextError when the value cannot be read
	 */
	take(key: string, value: string): boolean {
		const { draft, rest } = this.#find(key);
		if (draft === undefined) return false;
		return rest === 'best' && draft === this.#root
			? (draft.values.set('best', value), true)
			: take(draft, rest, value);
	}

	/** The filter as foreign input for `readView`. */
	get input(): unknown {
		return plain(this.#root);
	}

	#find(key: string): { draft: Draft | undefined; rest: string } {
		let draft = this.#root;
		let rest = key;
		for (let depth = 0; ; depth++) {
			const step = /^(any|not)\.(\d{1,2})(?:\.|$)/.exec(rest);
			if (!step) return { draft, rest };
			if (depth >= MAX_DEPTH) throw new LinkTextError('Nested too deeply.', 'LINK_LIMIT');
			const members = step[1] === 'any' ? draft.any : draft.not;
			rest = rest.slice(step[0].length);
			if (rest !== '' && !isLeaf(rest)) return { draft: undefined, rest };
			draft = member(members, Number(step[2]));
		}
	}
}

function isLeaf(path: string): boolean {
	const key = path.replace(/^((any|not)\.\d{1,2}\.)*/, '');
	return (
		LIST_KEYS.has(key) ||
		RANGE_KEYS.has(key) ||
		['nnRegex', 'prm', 'any', 'not'].includes(key) ||
		/^(prm\..+|(any|not)\.\d{1,2})$/.test(key)
	);
}

function member(members: Map<number, Draft>, index: number): Draft {
	const found = members.get(index) ?? newDraft();
	members.set(index, found);
	return found;
}

function newDraft(): Draft {
	return { values: new Map(), prm: new Map(), any: new Map(), not: new Map() };
}

function take(draft: Draft, key: string, value: string): boolean {
	if (key === '') return true; // a member without conditions
	if (LIST_KEYS.has(key)) draft.values.set(key, readList(value));
	else if (RANGE_KEYS.has(key)) draft.values.set(key, needRange(value));
	else if (key === 'nnRegex') draft.values.set(key, unescape(value));
	else if (key === 'prm') draft.values.set(key, {});
	else if (key === 'any' || key === 'not') draft.values.set(key, []);
	else if (/^prm\../.test(key)) draft.prm.set(unescape(key.slice(4)), readPrm(value));
	else return false;
	return true;
}

function needRange(value: string): Range {
	const range = readRange(value);
	if (!range) throw new LinkTextError('Expected a range such as 0.8..1.');
	return range;
}

function readPrm(value: string): unknown {
	return (value.startsWith('~') ? undefined : readRange(value)) ?? readList(value);
}

function plain(draft: Draft): unknown {
	const entries = new Map(draft.values);
	// fromEntries defines own properties, so that a name such as __proto__ stays a name.
	if (draft.prm.size > 0) entries.set('prm', Object.fromEntries(draft.prm));
	for (const key of ['any', 'not'] as const) {
		const members = [...draft[key]].sort(([a], [b]) => a - b).map(([, member]) => plain(member));
		if (members.length > 0) entries.set(key, members);
	}
	return Object.fromEntries(entries);
}
