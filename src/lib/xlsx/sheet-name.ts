/** Sheet names that Excel opens: at most 31 characters, without what it forbids, distinct in any case. */

const LONGEST = 31;
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\\/?*[\]:\0-\x1f\x7f\ufffe\uffff\ud800-\udfff]/g;

/**
 * @param wanted names in the order of the sheets
 * @returns one allowed name for each; a repeated one gets a number
 */
export function sheetNames(wanted: readonly string[]): string[] {
	const taken = new Set<string>();
	return wanted.map((name) => {
		const allowed = allow(name);
		let distinct = allowed;
		for (let n = 2; taken.has(distinct.toLowerCase()); n++) distinct = numbered(allowed, n);
		taken.add(distinct.toLowerCase());
		return distinct;
	});
}

/** @returns 'Raw Data 2', shortened where it is too long */
export function numbered(name: string, n: number): string {
	const suffix = ` ${n}`;
	return name.slice(0, LONGEST - suffix.length) + suffix;
}

function allow(name: string): string {
	const clean = name.replace(FORBIDDEN, '-').slice(0, LONGEST).replace(/^'|'$/g, '-');
	// Excel keeps this name for itself.
	return clean.trim() === '' || clean.toLowerCase() === 'history' ? `Sheet ${clean}`.trim() : clean;
}
