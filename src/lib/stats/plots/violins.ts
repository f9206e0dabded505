/**
 * Violins of mean times at epoch 1: the nets of each dataset with the density of their logarithms.
 * How they are drawn is in `first-epoch-violin.ts`.
 */
import type { TrialColumns } from '../columns';
import { groupTrials } from '../group';
import { kde } from '../kde';
import { std } from '../quantile';
import { meanRecorded } from '../summary';
import { distinctSorted } from '../text-order';

/** seaborn's: points along a violin, how far it goes beyond the data in bandwidths, half its width. */
const POINTS = 100;
const CUT = 2;
export const HALF = 0.4;

/** The nets' mean times on one dataset. */
export interface Violin {
	readonly dataset: string;
	/** by ascending time */
	readonly nets: readonly string[];
	/** ns, ascending, above 0 */
	readonly times: Float64Array;
	/** nets without a recorded time above 0 */
	readonly missing: number;
	/** log10 ns, and the density's share of its maximum; empty where there is no density */
	readonly heights: Float64Array;
	readonly shares: Float64Array;
}

/**
 * @param ids trials of epoch 1 of one task, ascending
 * @param apart whether records of different metrics are different nets, as LEMUR has it
 * @returns a violin a dataset, by name
 */
export function violinsOf(columns: TrialColumns, ids: Uint32Array, apart: boolean): Violin[] {
	const fields = ['dataset', 'nn', ...(apart ? (['metric'] as const) : [])] as const;
	const { count, order, start, keys } = groupTrials(columns, ids, fields);
	const [datasets = [], nns = []] = keys;
	const means = Float64Array.from({ length: count }, (_, g) =>
		meanRecorded(columns.duration, order.subarray(start[g], start[g + 1])),
	);
	return distinctSorted(datasets).map((dataset) => {
		const own = Array.from({ length: count }, (_, g) => g).filter((g) => datasets[g] === dataset);
		// A log axis has no place for 0.
		const placed = own.filter((g) => means[g]! > 0).sort((a, b) => means[a]! - means[b]!);
		const times = Float64Array.from(placed, (g) => means[g]!);
		const nets = placed.map((g) => nns[g] ?? '');
		return { dataset, nets, times, missing: own.length - placed.length, ...bodyOf(times) };
	});
}

/** The density of the logarithms, as wide as its maximum. */
function bodyOf(times: Float64Array): Pick<Violin, 'heights' | 'shares'> {
	if (times.length < 2 || times[0] === times[times.length - 1])
		return { heights: new Float64Array(0), shares: new Float64Array(0) };
	const logs = times.map(Math.log10);
	const beyond = CUT * std(logs) * times.length ** -0.2;
	const { x, density } = kde(logs, {
		factor: 'scott',
		points: POINTS,
		from: logs[0]! - beyond,
		to: logs[logs.length - 1]! + beyond,
	});
	const peak = density.reduce((a, b) => Math.max(a, b), 0);
	return { heights: x, shares: density.map((value) => value / peak) };
}

/** Half the width of a violin at a height, between the two of its points around it. */
export function halfAt({ heights, shares }: Violin, log: number): number {
	if (heights.length === 0) return HALF / 2;
	const first = heights[0]!;
	const at = (log - first) / (heights[1]! - first);
	const below = Math.max(0, Math.min(heights.length - 2, Math.floor(at)));
	const part = Math.max(0, Math.min(1, at - below));
	return HALF * (shares[below]! + (shares[below + 1]! - shares[below]!) * part);
}
