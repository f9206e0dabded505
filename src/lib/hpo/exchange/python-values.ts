/** Between plain values and the JSON that Python reads and writes, where NaN and Infinity are numbers. */
import { parsePythonJson, writePythonJson, type PyValue } from '../../db/records/python-json';

/** Plain JSON values; numbers may be NaN or infinite. */
export type Plain =
	null | boolean | string | number | readonly Plain[] | { readonly [key: string]: Plain };

/** A number that Python must read as a float, also when it is whole. */
export class PyFloat {
	constructor(readonly value: number) {}
}

/** What can be printed. */
export type Printable =
	| null
	| boolean
	| string
	| number
	| PyFloat
	| readonly Printable[]
	| { readonly [key: string]: Printable };

/** @returns the text on one line; whole numbers are ints */
export function printPython(value: Printable): string {
	return writePythonJson(toPython(value));
}

function toPython(value: Printable): PyValue {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
	if (value instanceof PyFloat) return value.value;
	if (value === null || typeof value !== 'object') return value;
	if (isList(value)) return value.map(toPython);
	return new Map(Object.entries(value).map(([key, one]) => [key, toPython(one)]));
}

/** @throws Error when the text is not JSON as Python writes it */
export function parsePython(text: string): Plain {
	try {
		const value: Plain = JSON.parse(text);
		return value;
	} catch {
		return toPlain(parsePythonJson(text));
	}
}

function toPlain(value: PyValue): Plain {
	if (typeof value === 'bigint') return Number(value);
	if (value === null || typeof value !== 'object') return value;
	if (Array.isArray(value)) return value.map(toPlain);
	return Object.fromEntries(Array.from(value, ([key, one]) => [key, toPlain(one)]));
}

/** Optional fields that are not there are left out, as JSON has no word for them. */
export function printable(value: unknown): Printable {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return value;
	if (Array.isArray(value)) return value.map(printable);
	if (typeof value !== 'object')
		throw new TypeError(`${typeof value} cannot be written to a file.`);
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, one]) =>
			one === undefined ? [] : [[key, printable(one)]],
		),
	);
}

function isList(value: object): value is readonly Printable[] {
	return Array.isArray(value);
}
