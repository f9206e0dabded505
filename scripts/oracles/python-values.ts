/** Python values of oracle files: JSON keeps them apart only with the help of their kinds. */
import { createHash } from 'node:crypto';
import { parsePythonJson, type PyDict, type PyValue } from '../../src/lib/db/records/python-json';

/** Python's name of the kind of a value. */
export function kindOf(value: PyValue): string {
	if (value === null) return 'NoneType';
	if (Array.isArray(value)) return 'list';
	if (value instanceof Map) return 'dict';
	const kinds = { string: 'str', boolean: 'bool', bigint: 'int', number: 'float' } as const;
	return kinds[typeof value as keyof typeof kinds];
}

/** `value` with the kind that the oracle names: whole numbers may have lost it on the way. */
export function withKind(value: PyValue, kind: string | undefined, digits?: string): PyValue {
	if (kind === 'int') return BigInt(digits ?? String(value));
	if (kind === 'float') return Number(digits ?? value);
	return value;
}

/** `dict` with the kinds of its values as named by `kinds`. */
export function dictWithKinds(
	dict: PyDict,
	kinds: Readonly<Record<string, string>>,
	digits: Readonly<Record<string, string>> = {},
): PyDict {
	return new Map(
		Array.from(dict, ([key, value]) => [key, withKind(value, kinds[key], digits[key])]),
	);
}

/** The member of a raw oracle text at `path`, kinds of numbers kept. */
export function rawAt(text: string, ...path: (string | number)[]): PyValue {
	return path.reduce<PyValue>((value, step) => {
		const next = Array.isArray(value)
			? value[Number(step)]
			: value instanceof Map
				? value.get(String(step))
				: undefined;
		if (next === undefined) throw new RangeError(`The oracle file has no ${path.join('.')}.`);
		return next;
	}, parsePythonJson(text));
}

/** `value` as an object. @throws TypeError when it is something else. */
export function asDict(value: PyValue | undefined): PyDict {
	if (value instanceof Map) return value;
	throw new TypeError('The oracle file should have an object here.');
}

/** `value` as a list. @throws TypeError when it is something else. */
export function asList(value: PyValue | undefined): PyValue[] {
	if (Array.isArray(value)) return value;
	throw new TypeError('The oracle file should have a list here.');
}

/** SHA-256 of bytes or of a text's UTF-8 bytes, in hex. */
export function sha256(data: Uint8Array | string): string {
	return createHash('sha256').update(data).digest('hex');
}
