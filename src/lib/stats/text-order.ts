/**
 * Text order by Unicode code point: Python's, and SQLite's BINARY on UTF-8.
 * JavaScript's own `<` compares UTF-16 units, which differs above U+FFFF.
 */

/** Moves surrogates above the rest of the 16-bit range, where their code points belong. */
function rank(unit: number): number {
	if (unit < 0xd800) return unit;
	return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** @returns negative, 0 or positive as `a` comes before, with or after `b` by code point */
export function compareText(a: string, b: string): number {
	const shared = Math.min(a.length, b.length);
	for (let i = 0; i < shared; i++) {
		const left = a.charCodeAt(i);
		const right = b.charCodeAt(i);
		if (left !== right) return rank(left) - rank(right);
	}
	return a.length - b.length;
}

/** @returns the distinct texts in code-point order */
export function distinctSorted(texts: Iterable<string>): string[] {
	return [...new Set(texts)].sort(compareText);
}
