/** Which leaderboard or metric a plot shows: what `accuracy` means differs between them. */
import type { Runs, TaskInfo, TrialColumns } from '../columns';
import type { PlotOptions, PlotRows } from './plot';

export interface BoardRows extends TaskInfo {
	/** the filter's trials on this leaderboard, ascending */
	readonly ids: Uint32Array;
}

/** Index into `columns.tasks` of a trial. */
export function taskOf({ configs, runs, run }: TrialColumns, trial: number): number {
	return configs.task[runs.config[run[trial]!]!]!;
}

const known = new WeakMap<Runs, Uint16Array>();

/** {@link taskOf} of every run, made once a snapshot: one look-up a trial instead of three. */
function tasksOfRuns({ configs, runs }: TrialColumns): Uint16Array {
	let tasks = known.get(runs);
	if (!tasks) {
		tasks = Uint16Array.from(runs.config, (config) => configs.task[config]!);
		known.set(runs, tasks);
	}
	return tasks;
}

/** @returns how many of the rows belong to each of `columns.tasks` */
function countTasks({ columns, ids }: PlotRows): Uint32Array {
	const tasks = tasksOfRuns(columns);
	const counts = new Uint32Array(columns.tasks.length);
	for (let i = 0; i < ids.length; i++) counts[tasks[columns.run[ids[i]!]!]!]!++;
	return counts;
}

/**
 * @param wanted by index into `columns.tasks`
 * @returns the rows of these leaderboards, ascending; the very array given where it has no others
 */
export function rowsOfTasks(rows: PlotRows, wanted: readonly boolean[]): Uint32Array {
	const { columns, ids } = rows;
	const counts = countTasks(rows);
	const n = counts.reduce((sum, count, task) => sum + (wanted[task] ? count : 0), 0);
	if (n === ids.length) return ids;
	const tasks = tasksOfRuns(columns);
	const kept = new Uint32Array(n);
	let next = 0;
	for (let i = 0; i < ids.length; i++)
		if (wanted[tasks[columns.run[ids[i]!]!]!]) kept[next++] = ids[i]!;
	return kept;
}

/** @returns the leaderboards that have rows, in the snapshot's order (task, dataset, metric by code point) */
export function boardsOf(rows: PlotRows): BoardRows[] {
	const { columns, ids } = rows;
	const tasks = tasksOfRuns(columns);
	const counts = countTasks(rows);
	const parts = Array.from(counts, (n) => new Uint32Array(n));
	const next = new Uint32Array(counts.length);
	for (let i = 0; i < ids.length; i++) {
		const task = tasks[columns.run[ids[i]!]!]!;
		parts[task]![next[task]!++] = ids[i]!;
	}
	return columns.tasks.flatMap((task, i) => (counts[i] ? [{ ...task, ids: parts[i]! }] : []));
}

/** @returns the leaderboard that was chosen, else the one with most rows (the first of equals); undefined without rows */
export function boardRows(rows: PlotRows, options: PlotOptions): BoardRows | undefined {
	return chosenBoard(boardsOf(rows), options);
}

/** {@link boardRows} where the leaderboards are known */
export function chosenBoard(
	boards: readonly BoardRows[],
	{ board }: PlotOptions,
): BoardRows | undefined {
	const chosen =
		board &&
		boards.find(
			(one) =>
				one.task === board.task && one.dataset === board.dataset && one.metric === board.metric,
		);
	return chosen ?? largest(boards);
}

/** @returns the rows of the chosen metric, else of the one with most rows; undefined without rows */
export function metricRows(
	rows: PlotRows,
	{ metric }: PlotOptions,
): { readonly metric: string; readonly ids: Uint32Array } | undefined {
	const { tasks } = rows.columns;
	const counts = new Map<string, number>();
	for (const [task, n] of countTasks(rows).entries()) {
		const name = tasks[task]?.metric;
		if (n > 0 && name !== undefined) counts.set(name, (counts.get(name) ?? 0) + n);
	}
	const metrics = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
	const chosen = metrics.find((name) => name === metric) ?? metrics[0];
	if (chosen === undefined) return undefined;
	const ids = rowsOfTasks(
		rows,
		tasks.map((one) => one.metric === chosen),
	);
	return { metric: chosen, ids };
}

function largest(boards: readonly BoardRows[]): BoardRows | undefined {
	let best: BoardRows | undefined;
	for (const board of boards) if (!best || board.ids.length > best.ids.length) best = board;
	return best;
}
