/** Keeps the last few results of expensive work in a map that its owner holds. */

/** @returns the value of `key`, kept or made now; the least recently used entries above `limit` leave */
export function remember<Key, Value>(
	cache: Map<Key, Value>,
	key: Key,
	limit: number,
	make: () => Value,
): Value {
	const known = cache.get(key);
	const value = known ?? make();
	cache.delete(key);
	cache.set(key, value);
	const oldest = cache.keys().next();
	if (cache.size > limit && !oldest.done) cache.delete(oldest.value);
	return value;
}
