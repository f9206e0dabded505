/** Maps that are replaced whole, so that whoever reads them sees every change. */

/** @returns a copy with one entry set, or without it when `value` is undefined */
export function changed<T>(
	map: ReadonlyMap<string, T>,
	key: string,
	value: T | undefined,
): ReadonlyMap<string, T> {
	const copy = new Map(map);
	if (value === undefined) copy.delete(key);
	else copy.set(key, value);
	return copy;
}
