/** Assertions of oracle runners: each throws a Mismatch that shows what was expected. */
import { inspect, isDeepStrictEqual } from 'node:util';

/** The code under test disagrees with an oracle. */
export class Mismatch extends Error {
	override readonly name = 'Mismatch';
}

/** Deep equality; -0 and 0, and 1n and 1, are different. */
export function expectEqual(actual: unknown, expected: unknown, what = 'value'): void {
	if (isDeepStrictEqual(actual, expected)) return;
	throw new Mismatch(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** How far a number may be off: it passes when one of the two bounds holds. */
export interface Tolerance {
	/** Fraction of the expected value (default 1e-12). */
	relative?: number;
	/** Same unit as the value (default 0). */
	absolute?: number;
}

/** Nearly equal numbers; NaN equals NaN, an infinity only itself. */
export function expectClose(
	actual: number,
	expected: number,
	{ relative = 1e-12, absolute = 0 }: Tolerance = {},
	what = 'value',
): void {
	if (Object.is(actual, expected)) return;
	const bound = Math.max(relative * Math.abs(expected), absolute);
	if (Number.isFinite(expected) && Math.abs(actual - expected) <= bound) return;
	throw new Mismatch(`${what}: expected ${expected} within ${bound}, got ${actual}`);
}

/** The error that `run` throws. @throws Mismatch when it throws none. */
export function expectError(run: () => unknown, expected: string): unknown {
	let result: unknown;
	try {
		result = run();
	} catch (error) {
		return error;
	}
	throw new Mismatch(`expected ${expected}, got ${show(result)}`);
}

/** A number of an oracle, where `NaN`, `Infinity` and `-Infinity` (or inf) stand as texts. */
export function oracleNumber(value: unknown): number {
	if (typeof value === 'number') return value;
	if (value === 'NaN' || value === 'nan') return NaN;
	if (value === 'Infinity' || value === 'inf') return Infinity;
	if (value === '-Infinity' || value === '-inf') return -Infinity;
	throw new TypeError(`${show(value)} is not a number of an oracle file.`);
}

const LONGEST = 300;

/** `value` on one line, cut where it grows too long to read. */
export function show(value: unknown): string {
	const text = inspect(value, { depth: 6, breakLength: Infinity, maxArrayLength: 12 });
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
