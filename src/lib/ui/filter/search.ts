/** Search inside a list of names: every word of the query must start a word of the name. */

/**
 * @param query words between blanks; letters match in either case
 * @returns a test of names; an empty query takes all
 */
export function prefixSearch(query: string): (name: string) => boolean {
	const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
	return (name) => {
		const lower = name.toLowerCase();
		return terms.every((term) => startsWord(name, lower, term));
	};
}

function startsWord(name: string, lower: string, term: string): boolean {
	for (let at = lower.indexOf(term); at >= 0; at = lower.indexOf(term, at + 1))
		if (isStart(name, at)) return true;
	return false;
}

/** At the beginning, after a separator, or at a capital after a small letter: `Net` in `ResNet`. */
function isStart(name: string, at: number): boolean {
	if (at === 0 || /[^\p{L}\p{N}]/u.test(name[at - 1] ?? '')) return true;
	return /\p{Lu}/u.test(name[at] ?? '') && !/\p{Lu}/u.test(name[at - 1] ?? '');
}
