/** Hyperparameters as Python has them, so that records and commands keep LEMUR's kinds of numbers. */
import type { PyDict } from '../db/records/python-text';
import type { PrmValue } from './settings';

/** Whole numbers in LEMUR; every other hyperparameter is a float, also when it is 1. */
const WHOLE: ReadonlySet<string> = new Set(['batch', 'epoch', 'epoch_max']);

/** @returns Python's values in the given order; a whole number where LEMUR has one */
export function prmDict(prm: Readonly<Record<string, PrmValue>>): PyDict {
	return new Map(
		Object.entries(prm).map(([name, value]) => [
			name,
			WHOLE.has(name) && Number.isSafeInteger(value) ? BigInt(value) : value,
		]),
	);
}
