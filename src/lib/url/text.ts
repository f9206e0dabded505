/**
 * The spelling of single values inside a link: texts, lists, numbers, ranges, and the packed form of
 * long values. Knows nothing of what the values mean; `codec.ts` does.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import type { Range } from '../stats/filter';
import { joinBytes } from '../bytes';

/** Most bytes that all packed values of one link may inflate to, together. */
export const MAX_INFLATED = 65_536;
/** Values longer than this are packed when that makes them shorter. */
const PACK_FROM = 160;

/** Raised by the readers of this file; the message is a sentence for the visitor. */
export class LinkTextError extends Error {
	override readonly name = 'LinkTextError';
	constructor(
		message: string,
		readonly code: 'LINK_VALUE' | 'LINK_LIMIT' = 'LINK_VALUE',
	) {
		super(message);
	}
}

/** Shortest decimal that reads back to the same number, −0 included. */
export function printNumber(value: number): string {
	return Object.is(value, -0) ? '-0' : String(value);
}

const NUMBER = /^-?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/;

/** @returns the finite number that the text spells in decimal, or undefined */
export function readNumber(text: string): number | undefined {
	if (text.length > 40 || !NUMBER.test(text)) return undefined;
	const value = Number(text);
	return Number.isFinite(value) ? value : undefined;
}

/** A value as it may stand in a link: separators raw, texts escaped by the printer given. */
export type Print = (escape: (text: string) => string) => string;

/** Percent-escapes all that is a separator here or that chat programs cut links at. */
export function escapeForUrl(text: string): string {
	const shown = text.toWellFormed();
	return encodeURIComponent(shown).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** Inside packed bytes only our own separators need an escape. */
function escapeForPack(text: string): string {
	return text
		.toWellFormed()
		.replace(/[%,;!]/g, (char) => encodeURIComponent(char).replace('!', '%21'));
}

/**
 * @param print the value's text, given how to escape its parts
 * @returns the value as it stands after `=`: plain, or `!` and base64url of its deflated text
 */
export function printValue(print: Print): string {
	const plain = print(escapeForUrl);
	if (plain.length <= PACK_FROM) return plain;
	const packed = `!${toBase64Url(deflateSync(strToU8(print(escapeForPack)), { level: 9 }))}`;
	return packed.length < plain.length ? packed : plain;
}

/** Bytes that a link's packed values may still inflate to. Shared by all values of one link. */
export interface Budget {
	bytes: number;
}

/**
 * @returns the value's text with its parts still escaped
 * @throws LinkTextError when packed bytes are damaged, cut off or too large
 */
export function unpackValue(value: string, budget: Budget): string {
	if (!value.startsWith('!')) return value;
	return inflate(fromBase64Url(value.slice(1)), budget);
}

// A leading byte-order mark is part of the text.
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Stops at the budget: what counts is the output, not what a header claims. */
function inflate(bytes: Uint8Array, budget: Budget): string {
	const chunks: Uint8Array[] = [];
	let ended = false;
	const stream = new Inflate((chunk, final) => {
		budget.bytes -= chunk.length;
		if (budget.bytes < 0) throw new LinkTextError('A packed value is too large.', 'LINK_LIMIT');
		chunks.push(chunk);
		ended ||= final;
	});
	try {
		// Small pieces, so that a bomb is noticed before much of it has been inflated.
		for (let at = 0; at < bytes.length; at += 64) {
			stream.push(bytes.subarray(at, at + 64), at + 64 >= bytes.length);
		}
	} catch (error) {
		if (error instanceof LinkTextError) throw error;
		throw new LinkTextError('A packed value is damaged or cut off.');
	}
	if (!ended) throw new LinkTextError('A packed value is damaged or cut off.');
	return UTF8.decode(joinBytes(chunks));
}

function toBase64Url(bytes: Uint8Array): string {
	const text = btoa(strFromU8(bytes, true));
	return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
	if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new LinkTextError('A packed value is damaged.');
	try {
		return strToU8(atob(text.replace(/-/g, '+').replace(/_/g, '/')), true);
	} catch {
		throw new LinkTextError('A packed value is damaged or cut off.');
	}
}

/** @throws LinkTextError on a broken percent escape */
export function unescape(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw new LinkTextError('A percent escape is broken.');
	}
}

/**
 * One text. A leading `~` says "text follows": it spells the empty text, and keeps a text that looks
 * like a number or a range from being read as one.
 */
export function printText(text: string, escape: (text: string) => string): string {
	const ambiguous = text === '' || text.startsWith('~') || text.includes('..') || NUMBER.test(text);
	return (ambiguous ? '~' : '') + escape(text);
}

/** Reads one text that is still escaped. */
export function readText(text: string): string {
	return unescape(text.startsWith('~') ? text.slice(1) : text);
}

/** `a,b,c`; nothing at all is the empty list. */
export function printList(items: readonly string[], escape: (text: string) => string): string {
	return items.map((item) => printText(item, escape)).join(',');
}

/** Reads a list that is still escaped. */
export function readList(text: string): string[] {
	return text === '' ? [] : text.split(',').map(readText);
}

/** `0.8..1`, `0.8..`, `..1`, `..`; equal ends too are printed twice (`5..5`). */
export function printRange({ min, max }: Range): string {
	return `${min === undefined ? '' : printNumber(min)}..${max === undefined ? '' : printNumber(max)}`;
}

/** @returns the range that `a..b` or a lone number spells, or undefined */
export function readRange(text: string): Range | undefined {
	const cut = text.indexOf('..');
	if (cut < 0) {
		const value = readNumber(text);
		return value === undefined ? undefined : { min: value, max: value };
	}
	const [low, high] = [text.slice(0, cut), text.slice(cut + 2)];
	const [min, max] = [readNumber(low), readNumber(high)];
	if ((low !== '' && min === undefined) || (high !== '' && max === undefined)) return undefined;
	return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
