/** The series that rows of several leaderboards form, with colours that do not depend on the filter. */
import type { TaskInfo } from '../columns';

export interface SeriesNames {
	/** plain text, in the snapshot's order */
	readonly names: readonly string[];
	/** index into `names` of a leaderboard; -1 for one of another metric */
	readonly of: (board: TaskInfo) => number;
}

/**
 * @param tasks the snapshot's leaderboards
 * @param by 'dataset': with its task where the metric has several; 'task' alone
 * @param metric undefined: every one
 */
export function seriesNames(
	tasks: readonly TaskInfo[],
	by: 'dataset' | 'task',
	metric?: string,
): SeriesNames {
	const shown = tasks.filter((one) => metric === undefined || one.metric === metric);
	const oneTask = new Set(shown.map(({ task }) => task)).size === 1;
	const nameOf = ({ task, dataset }: TaskInfo) =>
		by === 'task' ? task : oneTask ? dataset : `${task}, ${dataset}`;
	const names = [...new Set(shown.map(nameOf))];
	const places = new Map(names.map((name, i) => [name, i]));
	return { names, of: (board) => places.get(nameOf(board)) ?? -1 };
}
