/**
 * The address bar: a state as the fragment of a link and back. Nothing here touches `location`.
 * Form: `#v=1.<inventory>&snap=<version>~<hash>&<keys, sorted>&z=1`. Defaults are omitted. The
 * inventory names the parts printed, and `z=1` is the end mark: a link without it was cut off.
 */
import { strToU8 } from 'fflate';
import { FilterReader, printFilter } from './filter-keys';
import { LINK_VERSION, migrate, type Pair } from './migrate';
import {
	escapeForUrl,
	LinkTextError,
	MAX_INFLATED,
	printValue,
	readNumber,
	unescape,
	unpackValue,
} from './text';
import type { Budget } from './text';
import { readView } from './read-view';
import { DEFAULT_VIEW, type Problem, type SnapshotRef, type ViewState } from './view';
import { PARTS, partOf, printViewKeys, readViewKey } from './view-keys';

/** Longest link that is offered as a link, in characters; beyond it the page offers a file. */
export const MAX_LINK = 2_000;
/** Longest fragment that is read at all, in characters. */
export const MAX_FRAGMENT = 100_000;
/** Most keys of one link. */
export const MAX_KEYS = 200;

export interface PrintedLink {
	/** starts with `#` */
	readonly fragment: string;
	/** longer than MAX_LINK or with more than MAX_KEYS keys: offer `printFile` instead */
	readonly tooLong: boolean;
}

export interface ReadLink {
	readonly view: ViewState;
	readonly problems: readonly Problem[];
	/** keys this build does not know, as they stood: hand them back to `printLink` */
	readonly unknown: readonly Pair[];
}

/**
 * @param unknown keys of the link that was opened, kept for the version that wrote them
 * @returns the fragment and whether it is too long for a link
 */
export function printLink(view: ViewState, unknown: readonly Pair[] = []): PrintedLink {
	const printed = [...printFilter(view.filter), ...printViewKeys(view)];
	const pairs = printed.map(([key, print]): Pair => [key, printValue(print)]);
	const known = new Set(pairs.map(([key]) => key));
	const kept = unknown.filter(([key]) => !known.has(key));
	const body = [...pairs, ...kept].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	const snap = printSnapshot(view.snapshot);
	const all: Pair[] = [
		['v', `${LINK_VERSION}.${inventory(pairs).toString(36)}`],
		...(snap === '' ? [] : [['snap', snap] as const]),
		...body,
		['z', '1'],
	];
	const fragment = `#${all.map(([key, value]) => (value === BARE ? key : `${key}=${value}`)).join('&')}`;
	return { fragment, tooLong: fragment.length > MAX_LINK || all.length > MAX_KEYS };
}

/** `printLink(view, unknown).fragment`. */
export function printFragment(view: ViewState, unknown: readonly Pair[] = []): string {
	return printLink(view, unknown).fragment;
}

/** Value of a key that stood without `=`. No text of a fragment can hold it. */
const BARE = '&';

function inventory(pairs: readonly Pair[]): number {
	const parts = new Set(pairs.map(([key]) => partOf(key)));
	return PARTS.reduce((bits, part, index) => bits + (parts.has(part) ? 2 ** index : 0), 0);
}

function printSnapshot({ version, hash }: SnapshotRef): string {
	const name = escapeForUrl(version).replaceAll('~', '%7E');
	return hash === undefined ? name : `${name}~${hash}`;
}

/**
 * @param text a fragment with or without `#`, from anyone
 * @returns a valid state: what could be read, defaults for the rest, and what was wrong; never throws
 */
export function readFragment(text: string): ReadLink {
	const body = text.startsWith('#') ? text.slice(1) : text;
	if (body.length > MAX_FRAGMENT) {
		return refuse(`The link is ${body.length} characters long; at most ${MAX_FRAGMENT} are read.`);
	}
	// Half a surrogate pair cannot be printed in a link, so it is not read from one either.
	const pieces = body
		.toWellFormed()
		.split('&')
		.filter((piece) => piece !== '');
	if (pieces.length > MAX_KEYS) {
		return refuse(`The link has ${pieces.length} keys; at most ${MAX_KEYS} are read.`);
	}
	return new LinkReader().read(pieces.map(toPair));
}

function refuse(message: string): ReadLink {
	return {
		view: DEFAULT_VIEW,
		problems: [{ key: '', code: 'LINK_LIMIT', message: `${message} The default view is shown.` }],
		unknown: [],
	};
}

function toPair(piece: string): Pair {
	const cut = piece.indexOf('=');
	return cut < 0 ? [piece, BARE] : [piece.slice(0, cut), piece.slice(cut + 1)];
}

/** Reads one link; its fields are what one link shares: budget, problems, draft. */
class LinkReader {
	readonly #budget: Budget = { bytes: MAX_INFLATED };
	readonly #problems: Problem[] = [];
	readonly #filter = new FilterReader();
	readonly #input = new Map<string, unknown>();
	readonly #unknown: Pair[] = [];

	read(pairs: readonly Pair[]): ReadLink {
		const distinct = this.#dropRepeats(pairs);
		const head = readVersion(distinct.get('v'));
		if (head.version > LINK_VERSION) this.#newer(head.version);
		const ended = distinct.get('z')?.startsWith('1') ?? false;
		distinct.delete('v');
		distinct.delete('z');
		if (head.printed && !ended) this.#cut(distinct, head.inventory);
		for (const [key, value] of migrate(head.version, [...distinct])) this.#take(key, value);
		this.#input.set('filter', this.#filter.input);
		const { view, problems } = readView(Object.fromEntries(this.#input));
		return { view, problems: [...this.#problems, ...problems], unknown: this.#unknown };
	}

	#dropRepeats(pairs: readonly Pair[]): Map<string, string> {
		const distinct = new Map<string, string>();
		for (const [key, value] of pairs) {
			if (!distinct.has(key)) distinct.set(key, value);
			else this.#report(key, 'LINK_TWICE', 'The key stands twice; the first one counts.');
		}
		return distinct;
	}

	#newer(version: number): void {
		const message = `The link was made by a newer version (${version}); this one shows what it can read. Reload to update.`;
		this.#report('v', 'LINK_NEWER', message);
	}

	/** The last value before the cut may be half a value, so it is not used. */
	#cut(pairs: Map<string, string>, bits: number): void {
		const last = [...pairs.keys()].at(-1);
		if (last !== undefined) pairs.delete(last);
		const left = new Set([...pairs.keys()].map(partOf));
		const lost = PARTS.filter((part, index) => bitOf(bits, index) && !left.has(part));
		const half = last === undefined || last === 'snap' ? [] : [partOf(last)];
		const parts = [...new Set([...half, ...lost])];
		const what = parts.length > 0 ? `${parts.join(', ')} may be lost` : 'its end is lost';
		const message = `The link ends early: ${what}. The rest is shown.`;
		this.#report(last ?? '', 'LINK_CUT', message);
	}

	#take(key: string, value: string): void {
		try {
			const text = value === BARE ? '' : unpackValue(value, this.#budget);
			if (key === 'snap') this.#input.set('snapshot', readSnapshot(text));
			else if (!this.#takeField(key, text)) this.#unknown.push([key, value]);
		} catch (error) {
			if (!(error instanceof LinkTextError)) throw error;
			this.#report(key, error.code, error.message);
		}
	}

	#takeField(key: string, text: string): boolean {
		const field = readViewKey(key, text);
		if (field) this.#input.set(...field);
		return field !== undefined || this.#filter.take(key, text);
	}

	#report(key: string, code: Problem['code'], message: string): void {
		this.#problems.push({ key: key.slice(0, 100), code, message });
	}
}

function readVersion(text: string | undefined) {
	const found = /^(\d{1,6})(?:\.([0-9a-z]{0,6}))?/.exec(text ?? '');
	return {
		/** written by this codec, so it must have an end mark */
		printed: text !== undefined,
		version: Number(found?.[1] ?? 0),
		inventory: found?.[2] ? Number.parseInt(found[2], 36) : 0,
	};
}

function bitOf(bits: number, index: number): boolean {
	return Math.floor(bits / 2 ** index) % 2 === 1;
}

function readSnapshot(text: string): unknown {
	const cut = text.indexOf('~');
	if (cut < 0) return { version: unescape(text) };
	return { version: unescape(text.slice(0, cut)), hash: text.slice(cut + 1) };
}

/** Marks a `.lemur.json` file. */
const FILE_KIND = 'lemur-view';
const MAX_FILE_BYTES = 4_000_000;
const MAX_FILE_DEPTH = 40;

/** @returns the text of a `.lemur.json` file: the state that a link is too short for */
export function printFile(view: ViewState): string {
	return `${JSON.stringify({ kind: FILE_KIND, version: LINK_VERSION, view }, null, '\t')}\n`;
}

/**
 * @param text of a `.lemur.json` file, from anyone
 * @returns as `readFragment`; never throws
 */
export function readFile(text: string): ReadLink {
	if (text.length > MAX_FILE_BYTES || strToU8(text).length > MAX_FILE_BYTES) {
		return refuse('The file is larger than 4 MB.');
	}
	if (nesting(text) > MAX_FILE_DEPTH) return refuse('The file is nested too deeply.');
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch {
		return refuse('The file is not JSON.');
	}
	const file = new Map(Object.entries(Object(content) as object));
	if (file.get('kind') !== FILE_KIND) return refuse('The file is no view of LEMUR Web.');
	const version = readNumber(String(file.get('version'))) ?? 0;
	const { view, problems } = readView(file.get('view'));
	if (version > LINK_VERSION) {
		const message = `The file was made by a newer version (${version}). Reload to update.`;
		problems.unshift({ key: 'version', code: 'LINK_NEWER', message });
	}
	return { view, problems, unknown: [] };
}

/** Deepest bracket of a JSON text, counted before parsing; brackets in strings do not count. */
function nesting(text: string): number {
	let deepest = 0;
	let depth = 0;
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/gs)) {
		if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
		else if (token === ']' || token === '}') depth--;
	}
	return deepest;
}
