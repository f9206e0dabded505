/**
 * LEMUR's identities: MD5 of a value's Python text without whitespace.
 *
 * Three kinds use them: the uid of a run, the id of a stat row and the id of a source file.
 * MD5 is a name here, not a protection.
 */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { compareText } from '../../stats/text-order';
import { pythonRepr, type PyDict, type PyValue } from './python-text';

/** Python's whitespace (`str.isspace`): JavaScript's `\s` lacks U+001C..1F, U+0085, has U+FEFF. */
const PYTHON_SPACE =
	// eslint-disable-next-line no-control-regex -- Python counts these four separators as whitespace
	/[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

const encoder = new TextEncoder();
/** Room for the UTF-8 of short texts: saves an allocation for each of 80,000 runs. */
const scratch = new Uint8Array(4096);
/** UTF-8 bytes that one UTF-16 unit needs at most. */
const BYTES_PER_UNIT = 3;

/** `text` without any whitespace character of Python's set. */
export function stripWhitespace(text: string): string {
	return text.replace(PYTHON_SPACE, '');
}

/** Identity of a text: MD5 of its UTF-8 bytes after {@link stripWhitespace}, 32 hex digits. */
export function identity(text: string): string {
	return bytesToHex(md5(utf8(stripWhitespace(text))));
}

/** UTF-8 of `text`, good until the next call. */
function utf8(text: string): Uint8Array {
	if (text.length * BYTES_PER_UNIT > scratch.length) return encoder.encode(text);
	return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/** Identity of a Python value: that of its `str()` text. */
export function identityOfValue(value: PyValue): string {
	return identity(pythonRepr(value));
}

/** Parameters that are results or labels of a run and so no part of its uid. */
const OUTSIDE_UID: ReadonlySet<string> = new Set(['uid', 'duration', 'accuracy', 'epoch']);

/**
 * The dict that a uid is the identity of: `names` of `prm` in that order, or without `names`
 * everything but uid, duration, accuracy and epoch in code-point order of the keys.
 * @throws RangeError when `prm` lacks one of `names`.
 */
export function uidDict(prm: PyDict, names: readonly string[] = uidNames(prm)): PyDict {
	const dict: PyDict = new Map();
	for (const name of names) {
		const value = prm.get(name);
		if (value === undefined) throw new RangeError(`The trial has no hyperparameter '${name}'.`);
		dict.set(name, value);
	}
	return dict;
}

/** Names in `prm` that enter a uid, in code-point order. */
function uidNames(prm: PyDict): string[] {
	return [...prm.keys()].filter((name) => !OUTSIDE_UID.has(name)).sort(compareText);
}

/**
 * uid of a run with the parameters `prm`. LEMUR hashes the order in which the parameters came to
 * be, which its files do not show; without `order` this project's own rule holds: alphabetical.
 * @throws RangeError when `prm` lacks a name of `order`.
 */
export function uidOf(prm: PyDict, order?: readonly string[]): string {
	return identityOfValue(uidDict(prm, order));
}

/** What a stat row's id depends on. `undefined` counts as missing, which Python calls None. */
export interface StatKey {
	transform?: PyValue | undefined;
	uid?: PyValue | undefined;
	task: string;
	dataset: string;
	metric: string;
	nn: string;
	/** Epoch number, a whole number. */
	epoch: number;
	/** Nanoseconds; a bigint prints as Python int, a number as Python float. */
	duration?: PyValue | undefined;
	accuracy?: PyValue | undefined;
}

/** Id of the stat row `key`. */
export function statId(key: StatKey): string {
	return identityOfValue(statList(key));
}

/** The list that a stat id is the identity of, in LEMUR's order. */
export function statList(key: StatKey): PyValue[] {
	const { transform, uid, task, dataset, metric, nn, epoch, duration, accuracy } = key;
	const given = [transform, uid, task, dataset, metric, nn, BigInt(epoch), duration, accuracy];
	return given.map((value) => value ?? null);
}

/** Id of a net, metric or transform: identity of its source text (line ends do not matter). */
export function codeId(source: string): string {
	return identity(source);
}
