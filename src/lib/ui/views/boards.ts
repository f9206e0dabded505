/** Which leaderboards a filter can reach, by its lists of names alone. */
import type { TaskInfo } from '../../stats/columns';
import type { Filter } from '../../stats/filter';

/** @returns the (task, dataset, metric) that the filter's own lists leave; conditions beyond them may leave fewer */
export function boardsOf(filter: Filter, tasks: readonly TaskInfo[]): TaskInfo[] {
	const passes = (list: readonly string[] | undefined, value: string) =>
		list === undefined || list.includes(value);
	return tasks.filter(
		({ task, dataset, metric }) =>
			passes(filter.task, task) && passes(filter.dataset, dataset) && passes(filter.metric, metric),
	);
}

/** @returns the distinct (task, metric) among leaderboards: numbers of two of them never mean the same */
export function measuresOf(boards: readonly TaskInfo[]): TaskInfo[] {
	const seen = new Set<string>();
	return boards.filter(({ task, metric }) => {
		const key = JSON.stringify([task, metric]);
		return !seen.has(key) && seen.add(key) !== undefined;
	});
}
