/**
 * Versions of the link format. A released version is read for ever: its golden links are in
 * `golden-links.json`, and a change of spelling gets a step here instead of an edit there.
 */

/** Version that this build prints. */
export const LINK_VERSION = 1;

export type Pair = readonly [key: string, value: string];

/** Turns the pairs of version n into those of version n + 1. */
type Step = (pairs: readonly Pair[]) => readonly Pair[];

const STEPS: ReadonlyMap<number, Step> = new Map();

/**
 * @param version of the link; 0 or none is read as 1
 * @returns the same pairs in this build's spelling; those of a newer version unchanged
 */
export function migrate(version: number, pairs: readonly Pair[]): readonly Pair[] {
	let current = pairs;
	for (let from = Math.max(1, version); from < LINK_VERSION; from++) {
		current = STEPS.get(from)?.(current) ?? current;
	}
	return current;
}
