/** The mean curve of each net on a leaderboard: LEMUR's process step, a row a net and epoch. */
import type { TaskInfo, TrialColumns } from '../columns';
import { meansOf } from '../means';

/** A net's means by epoch, ascending; the arrays are views of one table. */
export interface NetMeans {
	readonly nn: string;
	readonly board: TaskInfo;
	readonly epochs: Float64Array;
	readonly mean: Float64Array;
	/** ddof 1; NaN where n is 1 */
	readonly std: Float64Array;
	readonly n: Uint32Array;
	/** mean of the recorded times, ns; NaN where none is recorded */
	readonly time: Float64Array;
	/** highest mean */
	readonly best: number;
}

/**
 * @param ids trials, ascending
 * @returns the nets of each leaderboard, in the order of task, dataset, net, metric
 */
export function netMeans(columns: TrialColumns, ids: Uint32Array): NetMeans[] {
	const { count, task, nn, epoch, mean, std, n, duration } = meansOf(columns, ids);
	const epochs = Float64Array.from(epoch);
	const nets: NetMeans[] = [];
	for (let from = 0, to = 0; from < count; from = to) {
		while (to < count && nn[to] === nn[from] && task[to] === task[from]) to++;
		const means = mean.subarray(from, to);
		nets.push({
			nn: columns.nns[nn[from]!] ?? '',
			board: columns.tasks[task[from]!]!,
			epochs: epochs.subarray(from, to),
			mean: means,
			std: std.subarray(from, to),
			n: n.subarray(from, to),
			time: duration.subarray(from, to),
			best: means.reduce((a, b) => Math.max(a, b), -Infinity),
		});
	}
	return nets;
}

/** @returns the nets of the highest best mean, the best first; equal ones by name */
export function bestNets(nets: readonly NetMeans[], top: number): NetMeans[] {
	return [...nets].sort((a, b) => b.best - a.best).slice(0, top);
}
