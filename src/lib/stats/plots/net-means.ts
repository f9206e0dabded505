/** The mean curve of each net on a leaderboard: LEMUR's process step, a row a net and epoch. */
import type { TaskInfo, TrialColumns } from '../columns';
import { summarise } from '../summary';

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
	const table = summarise(columns, ids, ['task', 'dataset', 'nn', 'metric', 'epoch']);
	const [task = [], dataset = [], nn = [], metric = [], texts = []] = table.keys;
	const epochs = Float64Array.from(texts, Number);
	const nets: NetMeans[] = [];
	for (let from = 0, to = 0; from < table.groups; from = to) {
		const same = (g: number) => [nn, dataset, task, metric].every((key) => key[g] === key[from]);
		while (to < table.groups && same(to)) to++;
		const mean = table.mean.subarray(from, to);
		nets.push({
			nn: nn[from] ?? '',
			board: { task: task[from] ?? '', dataset: dataset[from] ?? '', metric: metric[from] ?? '' },
			epochs: epochs.subarray(from, to),
			mean,
			std: table.std.subarray(from, to),
			n: table.trials.subarray(from, to),
			time: table.meanDuration.subarray(from, to),
			best: mean.reduce((a, b) => Math.max(a, b), -Infinity),
		});
	}
	return nets;
}

/** @returns the nets of the highest best mean, the best first; equal ones by name */
export function bestNets(nets: readonly NetMeans[], top: number): NetMeans[] {
	return [...nets].sort((a, b) => b.best - a.best).slice(0, top);
}
