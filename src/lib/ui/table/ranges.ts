/** Ranges of numeric columns inside a filter: read, set and removed. Pure. */
import { isPrmColumn, prmName, type ColumnId } from '../../stats/fields';
import type { Filter, Range } from '../../stats/filter';
import type { Histogram } from '../../stats/histogram';

const RANGED: ReadonlySet<ColumnId> = new Set<ColumnId>(['epoch', 'accuracy', 'duration']);

/** @returns whether a filter can hold a range over this numeric column */
export function hasRange(column: ColumnId): boolean {
	return isPrmColumn(column) || RANGED.has(column);
}

/** @returns the filter's range over the column; undefined where there is none (or a list of texts) */
export function rangeOf(filter: Filter, column: ColumnId): Range | undefined {
	if (isPrmColumn(column)) {
		const condition = filter.prm?.[prmName(column)];
		return condition === undefined || isList(condition) ? undefined : condition;
	}
	if (column === 'epoch' || column === 'accuracy' || column === 'duration') return filter[column];
	return undefined;
}

function isList(value: Range | readonly string[]): value is readonly string[] {
	return Array.isArray(value);
}

/** @returns the filter with this range over the column, or without one for `undefined` */
export function withRange(filter: Filter, column: ColumnId, range: Range | undefined): Filter {
	if (!isPrmColumn(column)) return hasRange(column) ? replaced(filter, column, range) : filter;
	const prm = replaced(filter.prm ?? {}, prmName(column), range);
	return replaced(filter, 'prm', Object.keys(prm).length > 0 ? prm : undefined);
}

function replaced<T extends object>(record: T, key: string, value: unknown): T {
	const others = Object.entries(record).filter(([name]) => name !== key);
	// Values of one type replaced by name: what `hasRange` lets through fits.
	return Object.fromEntries(value === undefined ? others : [...others, [key, value]]) as T;
}

/** @returns the range that bins `a` to `b` (either order, both included) cover */
export function rangeOfBins({ edges }: Histogram, a: number, b: number): Range | undefined {
	const min = edges[Math.min(a, b)];
	const max = edges[Math.max(a, b) + 1];
	return min === undefined || max === undefined ? undefined : { min, max };
}

/** @returns whether a bin lies at least partly in the range */
export function binInRange({ edges }: Histogram, bin: number, range: Range | undefined): boolean {
	const from = edges[bin] ?? NaN;
	const to = edges[bin + 1] ?? NaN;
	return to > (range?.min ?? -Infinity) && from < (range?.max ?? Infinity);
}
