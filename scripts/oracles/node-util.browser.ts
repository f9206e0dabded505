/** What `expect.ts` takes from node:util, for the runners that are tested in a browser too. */

/** @returns a value as text; the options of Node are not known here */
export function inspect(value: unknown): string {
	return typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
}

/** Equality of plain values and lists of them. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!Array.isArray(a) || !Array.isArray(b)) return false;
	return a.length === b.length && a.every((one, i) => isDeepStrictEqual(one, b[i]));
}
