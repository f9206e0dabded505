/**
 * What SQLite stores when LEMUR binds a Python value: the column's type affinity at work.
 *
 * `prm.value` is declared OBJECT, which SQLite takes for NUMERIC, so 1.0 comes back as 1 and the
 * text "007" as 7. INTEGER columns (epoch, duration) follow the same rule.
 */
import type { PyValue } from './python-text';
import { RecordError } from './record-error';

/** A stored value: `bigint` = INTEGER, `number` = REAL (never NaN). */
export type SqlValue = null | bigint | number | string;

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** What SQLite takes for a number in a text: spaces around, digits, point, exponent. */
const NUMBER_TEXT = /^[\t-\r ]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[\t-\r ]*$/;

/**
 * `value` as SQLite receives it from Python: booleans are whole numbers, NaN is NULL.
 * @throws RecordError ('value') for lists and dicts, ('too-large') beyond 64 bits.
 */
export function bindValue(value: PyValue): SqlValue {
	switch (typeof value) {
		case 'boolean':
			return value ? 1n : 0n;
		case 'bigint':
			if (value <= MAX_INT64 && value >= MIN_INT64) return value;
			throw new RecordError('too-large', `${value} does not fit into 64 bits.`);
		case 'number':
			return Number.isNaN(value) ? null : value;
		case 'string':
			return value;
	}
	if (value === null) return null;
	throw new RecordError('value', 'A list or object cannot be stored in a column: use its text.');
}

/** What a NUMERIC or INTEGER column keeps of `value`; errors as in {@link bindValue}. */
export function numericAffinity(value: PyValue): SqlValue {
	const bound = bindValue(value);
	if (typeof bound === 'number') return integerIfEqual(bound);
	if (typeof bound !== 'string') return bound;
	const digits = NUMBER_TEXT.exec(bound)?.[1];
	if (digits === undefined) return bound;
	if (/^[+-]?\d+$/.test(digits)) {
		const whole = BigInt(digits.replace('+', ''));
		if (whole <= MAX_INT64 && whole >= MIN_INT64) return whole;
	}
	return integerIfEqual(Number(digits));
}

/** What a REAL column keeps of `value`; errors as in {@link bindValue}. */
export function realAffinity(value: PyValue): SqlValue {
	const stored = numericAffinity(value);
	return typeof stored === 'bigint' ? Number(stored) : stored;
}

/** What a TEXT column keeps of `value`; errors as in {@link bindValue}. */
export function textAffinity(value: PyValue): SqlValue {
	const bound = bindValue(value);
	return typeof bound === 'bigint' ? bound.toString() : bound;
}

/** SQLite's `typeof()` of a stored value. */
export function sqlType(value: SqlValue): 'null' | 'integer' | 'real' | 'text' {
	if (value === null) return 'null';
	if (typeof value === 'bigint') return 'integer';
	return typeof value === 'number' ? 'real' : 'text';
}

function integerIfEqual(value: number): bigint | number {
	if (!Number.isInteger(value)) return value;
	const whole = BigInt(value);
	// SQLite leaves both ends of the range REAL.
	return whole > MIN_INT64 && whole < MAX_INT64 ? whole : value;
}
