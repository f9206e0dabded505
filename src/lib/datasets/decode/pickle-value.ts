/**
 * What a pickle of plain values and byte arrays is made of, and the four names that an array needs,
 * as functions of ours. `pickle.ts` reads the instructions.
 */

/** The file is not of this kind. The message is a clause, without the file's name. */
export class PickleError extends Error {
	override readonly name = 'PickleError';
}

/** A NumPy array of unsigned bytes. */
export interface ByteArray {
	readonly shape: readonly number[];
	readonly bytes: Uint8Array;
}

export type PickleValue =
	| null
	| boolean
	| number
	| string
	| Uint8Array
	| PickleValue[]
	| Map<PickleValue, PickleValue>
	| Callable
	| Pending;

/** Names that may appear, and what they are here. */
export type Callable = { readonly call: 'array' | 'ndarray' | 'dtype' | 'encode' };
export const CALLABLES: ReadonlyMap<string, Callable> = new Map([
	['numpy.core.multiarray _reconstruct', { call: 'array' }],
	['numpy._core.multiarray _reconstruct', { call: 'array' }],
	['numpy ndarray', { call: 'ndarray' }],
	['numpy dtype', { call: 'dtype' }],
	['_codecs encode', { call: 'encode' }],
]);

/** An object between its making and its state. */
export class Pending {
	array: ByteArray | undefined;
	constructor(
		readonly kind: 'array' | 'dtype',
		readonly type: string,
	) {}
}

/** @returns the array, when `value` is one */
export function asByteArray(value: PickleValue | undefined): ByteArray | undefined {
	return value instanceof Pending ? value.array : undefined;
}

/** Calls one of the names. */
export function reduce(callable: PickleValue, args: PickleValue): PickleValue {
	const [first, second] = Array.isArray(args) ? args : [];
	const call =
		typeof callable === 'object' && callable !== null && 'call' in callable && callable.call;
	if (call === 'array') return new Pending('array', '');
	if (call === 'dtype') return new Pending('dtype', String(first));
	if (call === 'encode' && typeof first === 'string' && second === 'latin1')
		return Uint8Array.from(first, (letter) => letter.charCodeAt(0));
	throw new PickleError('it calls something that is not allowed');
}

/** State of an array: version, shape, type, order, bytes. That of a type is of no interest. */
export function build(object: PickleValue, state: PickleValue): void {
	if (!(object instanceof Pending)) throw new PickleError('it is damaged');
	if (object.kind === 'dtype') return;
	const [, shape, type, fortran, data] = Array.isArray(state) ? state : [];
	const bytes =
		typeof data === 'string' ? Uint8Array.from(data, (letter) => letter.charCodeAt(0)) : data;
	const dims = Array.isArray(shape) ? shape.map(Number) : [];
	const isBytes = type instanceof Pending && type.kind === 'dtype' && type.type === 'u1';
	if (!isBytes || fortran !== false || !(bytes instanceof Uint8Array))
		throw new PickleError('its array does not hold plain bytes');
	if (dims.reduce((product, one) => product * one, 1) !== bytes.length)
		throw new PickleError('its array has another size than it says');
	object.array = { shape: dims, bytes };
}
