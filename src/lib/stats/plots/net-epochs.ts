/** The rows of some nets, net by net and epoch by epoch. It says nothing about their values. */
import type { TrialColumns } from '../columns';
import { groupTrials } from '../group';

export interface NetEpochs {
	readonly name: string;
	/** ascending epochs with their trials */
	readonly epochs: readonly { readonly epoch: number; readonly trials: Uint32Array }[];
}

/**
 * @param ids trials, ascending
 * @param names nets as in the data
 * @returns one entry a name, in their order
 */
export function netEpochs(
	columns: TrialColumns,
	ids: Uint32Array,
	names: readonly string[],
): NetEpochs[] {
	const { order, start, keys } = groupTrials(columns, rowsOfNets(columns, ids, names), [
		'nn',
		'epoch',
	]);
	const [nets = [], epochs = []] = keys;
	const found = new Map(names.map((name) => [name, [] as NetEpochs['epochs'][number][]]));
	for (const [g, net] of nets.entries())
		found
			.get(net)
			?.push({ epoch: Number(epochs[g]), trials: order.subarray(start[g], start[g + 1]) });
	return names.map((name) => ({ name, epochs: found.get(name) ?? [] }));
}

/** @returns those of `ids` that belong to one of these nets */
function rowsOfNets(
	{ configs, runs, run, nns }: TrialColumns,
	ids: Uint32Array,
	names: readonly string[],
): Uint32Array {
	const wanted = new Set(names);
	const ofNn = Uint8Array.from(nns, (name) => Number(wanted.has(name)));
	return ids.filter((trial) => ofNn[configs.nn[runs.config[run[trial]!]!]!] === 1);
}
