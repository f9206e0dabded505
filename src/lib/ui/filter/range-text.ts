/** Two texts that a person typed as a range, and back; in words where they are none. */
import type { Range } from '../../stats/filter';

/** What one displayed unit is in stored units, and whether stored values are whole. */
export interface Scale {
	readonly size: number;
	readonly whole?: boolean;
}

export type ReadRange =
	| { readonly ok: true; readonly range: Range | undefined }
	| { readonly ok: false; readonly error: string };

/**
 * @param low and `high`: a number in displayed units, or blank for an open end
 * @returns the range in stored units (undefined where both ends are open), or what is wrong
 */
export function readRange(low: string, high: string, scale: Scale): ReadRange {
	const min = readEnd(low, scale);
	const max = readEnd(high, scale);
	if (Number.isNaN(min)) return fail(low);
	if (Number.isNaN(max)) return fail(high);
	if (min !== undefined && max !== undefined && min > max)
		return {
			ok: false,
			error: `The lower end ${low.trim()} is above the upper end ${high.trim()}.`,
		};
	if (min === undefined && max === undefined) return { ok: true, range: undefined };
	const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
	return { ok: true, range };
}

function fail(text: string): ReadRange {
	return { ok: false, error: `“${text.trim().slice(0, 40)}” is not a number.` };
}

/** Decimal digits with a point, a sign or an exponent; nothing else that `Number` would take. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** undefined = open, NaN = not a finite number */
function readEnd(text: string, { size, whole = false }: Scale): number | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	if (!NUMBER.test(trimmed)) return NaN;
	const stored = Number(trimmed) * size;
	if (!Number.isFinite(stored)) return NaN;
	return whole ? Math.round(stored) : stored;
}

/** @returns one end in displayed units; '' where it is open */
export function printEnd(stored: number | undefined, { size }: Scale): string {
	if (stored === undefined) return '';
	return String(size === 1 ? stored : Number((stored / size).toPrecision(12)));
}

/** @returns whether two ranges say the same */
export function sameRange(a: Range | undefined, b: Range | undefined): boolean {
	return a?.min === b?.min && a?.max === b?.max && (a === undefined) === (b === undefined);
}
