/** nn-stat's rank table: which place a net has on each dataset among the nets of most datasets. */
import { bestPerRun } from './best-per-run';
import type { TrialColumns } from './columns';
import { groupTrials } from './group';
import { mean, sorted } from './quantile';
import { compareText, distinctSorted } from './text-order';

/** A net of the table. */
export interface RankedNet {
	readonly nn: string;
	/** datasets that it has runs on */
	readonly datasets: number;
	/** mean over these datasets of its mean best accuracy per run */
	readonly mean: number;
}

/** A net on a dataset where it has runs. */
export interface RankCell {
	readonly dataset: string;
	readonly nn: string;
	/** 1 + the nets of the table with a higher mean on this dataset */
	readonly rank: number;
	/** mean best accuracy per run */
	readonly mean: number;
	readonly runs: number;
}

export interface RankTable {
	/** by datasets covered, then by mean, then by name */
	readonly nets: readonly RankedNet[];
	/** those of the nets, in code-point order */
	readonly datasets: readonly string[];
	/** by dataset, then by net */
	readonly cells: readonly RankCell[];
}

/**
 * @param ids trials of one task, ascending; of one metric, or of several, which are averaged together
 * @param top nets at most
 */
export function rankTable(columns: TrialColumns, ids: Uint32Array, top = 10): RankTable {
	const all = meansOf(columns, bestPerRun(columns, ids));
	const nets = netsOf(all).slice(0, top);
	const names = new Set(nets.map(({ nn }) => nn));
	const own = all.filter(({ nn }) => names.has(nn));
	const cells = own.map((cell) => ({
		...cell,
		rank: 1 + own.filter((o) => o.dataset === cell.dataset && o.mean > cell.mean).length,
	}));
	return { nets, datasets: distinctSorted(own.map(({ dataset }) => dataset)), cells };
}

function meansOf(columns: TrialColumns, best: Uint32Array): Omit<RankCell, 'rank'>[] {
	const { count, order, start, keys } = groupTrials(columns, best, ['dataset', 'nn']);
	const [dataset = [], nn = []] = keys;
	return Array.from({ length: count }, (_, g) => {
		const own = order.subarray(start[g], start[g + 1]);
		const values = sorted(Float64Array.from(own, (trial) => columns.accuracy[trial]!));
		return { dataset: dataset[g]!, nn: nn[g]!, mean: mean(values), runs: own.length };
	});
}

function netsOf(cells: readonly Omit<RankCell, 'rank'>[]): RankedNet[] {
	const means = new Map<string, number[]>();
	for (const { nn, mean } of cells) means.set(nn, [...(means.get(nn) ?? []), mean]);
	const nets = Array.from(means, ([nn, values]) => ({
		nn,
		datasets: values.length,
		mean: mean(sorted(values)),
	}));
	return nets.sort((a, b) => b.datasets - a.datasets || b.mean - a.mean || compareText(a.nn, b.nn));
}
