/** What a click on a header does to the sort keys. Pure. */
import type { ColumnId, SortKey } from '../../stats/fields';

/** Most keys a sort may have; a further one replaces the last. */
const MAX_KEYS = 4;

/**
 * First click sorts (numbers downwards, text upwards), the second turns the order round, the third
 * removes the key. `add` (shift) keeps the other keys and appends.
 */
export function nextSort(
	sort: readonly SortKey[],
	column: ColumnId,
	kind: 'text' | 'number',
	add: boolean,
): readonly SortKey[] {
	const first = kind === 'number';
	const old = sort.find((key) => key.column === column);
	const next =
		old === undefined || (!add && sort.length > 1)
			? { column, descending: first }
			: old.descending === first
				? { column, descending: !first }
				: undefined;
	if (!add) return next ? [next] : [];
	if (old) return sort.flatMap((key) => (key.column !== column ? [key] : next ? [next] : []));
	return next ? [...sort.slice(0, MAX_KEYS - 1), next] : sort;
}

/** @returns the value of `aria-sort`: only the most significant key is announced as sorting */
export function ariaSort(
	sort: readonly SortKey[],
	column: ColumnId,
): 'ascending' | 'descending' | 'none' {
	const [key] = sort;
	if (key?.column !== column) return 'none';
	return key.descending ? 'descending' : 'ascending';
}

/** @returns the mark beside a header: ▼, ▲, or with the key's number where there are several; '' if none */
export function sortMark(sort: readonly SortKey[], column: ColumnId): string {
	const index = sort.findIndex((key) => key.column === column);
	const key = sort[index];
	if (!key) return '';
	return `${key.descending ? '▼' : '▲'}${sort.length > 1 ? index + 1 : ''}`;
}
