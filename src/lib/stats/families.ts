/** The families of a snapshot's nets, computed once per snapshot. The rule itself: `family.ts`. */
import type { TrialColumns } from './columns';
import { familyOf } from './family';
import { distinctSorted } from './text-order';

export interface Families {
	/** in code-point order */
	readonly names: readonly string[];
	/** index into `names` of each of `TrialColumns.nns` */
	readonly ofNn: Uint16Array;
}

const known = new WeakMap<readonly string[], Families>();

/** @returns the families of the snapshot's nets; the same object for the same list of nets */
export function familiesOf({ nns }: Pick<TrialColumns, 'nns'>): Families {
	const kept = known.get(nns);
	if (kept) return kept;
	const all = nns.map(familyOf);
	const names = distinctSorted(all);
	const index = new Map(names.map((name, i) => [name, i]));
	const families = { names, ofNn: Uint16Array.from(all, (name) => index.get(name) ?? 0) };
	known.set(nns, families);
	return families;
}
