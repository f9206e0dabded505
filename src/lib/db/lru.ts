/** Keeps the last few results of expensive work by a key. */

/** A function's memory; the least recently used result goes first. */
export interface Lru<Value> {
	/** @returns the kept value of `key`, or what `make` makes now */
	get(key: string, make: () => Value): Value;
	clear(): void;
}

/** @param limit results kept; at least 1 */
export function createLru<Value>(limit: number): Lru<Value> {
	const kept = new Map<string, Value>();
	return {
		get(key, make) {
			const known = kept.get(key);
			const value = known ?? make();
			kept.delete(key);
			kept.set(key, value);
			for (const oldest of kept.keys()) {
				if (kept.size <= limit) break;
				kept.delete(oldest);
			}
			return value;
		},
		clear: () => kept.clear(),
	};
}

/** A value as text that does not depend on the order of keys: equal values, equal texts. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) => {
		if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
		const entries = Object.entries(part);
		return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
	});
}
