/** The records of epoch 1, whose time is that of the first epoch with all that comes before it. */
import type { TrialColumns } from '../columns';

/** @returns those of `ids` at epoch 1 */
export function firstEpoch({ epoch }: TrialColumns, ids: Uint32Array): Uint32Array {
	const kept = new Uint32Array(ids.length);
	let n = 0;
	for (let i = 0; i < ids.length; i++) if (epoch[ids[i]!] === 1) kept[n++] = ids[i]!;
	return kept.slice(0, n);
}
