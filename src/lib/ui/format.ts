/** Numbers for people. Exports, links and SQL never use this: they print exact values with a point. */
import { durationText } from '../stats/print/sentence';
import { fieldOf, type ColumnId } from '../stats/fields';

const integer = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 578595 → 578,595 */
export function count(value: number): string {
	return integer.format(value);
}

/** A fraction 0..1 with four decimals, as LEMUR's tables print it; '–' where there is none. */
export function fraction(value: number): string {
	return Number.isFinite(value) ? value.toFixed(4) : '–';
}

/** ns in words (58.6 s, 9.1 h); '–' where there is none. */
export function duration(ns: number): string {
	return Number.isFinite(ns) ? durationText(ns) : '–';
}

/** Bytes in the unit that fits: 3.1 MB, 1.4 GB. */
export function bytes(value: number): string {
	if (value < 1000) return `${value} B`;
	if (value < 1e6) return `${(value / 1e3).toFixed(1)} kB`;
	if (value < 1e9) return `${(value / 1e6).toFixed(1)} MB`;
	return `${(value / 1e9).toFixed(1)} GB`;
}

/** A plain number with six significant digits, without trailing zeros. */
export function plain(value: number): string {
	return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '–';
}

/** The value of a numeric column as a table shows it. */
export function cell(column: ColumnId, value: number): string {
	if (Number.isNaN(value)) return '–';
	const { unit } = fieldOf(column);
	if (unit === 'fraction') return fraction(value);
	if (unit === 'ns') return duration(value);
	if (unit === 'count') return count(value);
	return plain(value);
}
