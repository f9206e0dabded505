/** Which leaderboard or metric a plot shows: what `accuracy` means differs between them. */
import type { TaskInfo, TrialColumns } from '../columns';
import type { PlotOptions, PlotRows } from './plot';

export interface BoardRows extends TaskInfo {
	/** the filter's trials on this leaderboard, ascending */
	readonly ids: Uint32Array;
}

/** Index into `columns.tasks` of a trial. */
export function taskOf({ configs, runs, run }: TrialColumns, trial: number): number {
	return configs.task[runs.config[run[trial]!]!]!;
}

/** @returns the leaderboards that have rows, in the snapshot's order (task, dataset, metric by code point) */
export function boardsOf({ columns, ids }: PlotRows): BoardRows[] {
	const counts = new Uint32Array(columns.tasks.length);
	for (let i = 0; i < ids.length; i++) counts[taskOf(columns, ids[i]!)]!++;
	const parts = Array.from(counts, (n) => new Uint32Array(n));
	const next = new Uint32Array(counts.length);
	for (let i = 0; i < ids.length; i++) {
		const task = taskOf(columns, ids[i]!);
		parts[task]![next[task]!++] = ids[i]!;
	}
	return columns.tasks.flatMap((task, i) => (counts[i] ? [{ ...task, ids: parts[i]! }] : []));
}

/** @returns the leaderboard that was chosen, else the one with most rows (the first of equals); undefined without rows */
export function boardRows(rows: PlotRows, { board }: PlotOptions): BoardRows | undefined {
	const boards = boardsOf(rows);
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
	const { columns, ids } = rows;
	const counts = new Map<string, number>();
	for (const board of boardsOf(rows))
		counts.set(board.metric, (counts.get(board.metric) ?? 0) + board.ids.length);
	const metrics = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
	const chosen = metrics.find((name) => name === metric) ?? metrics[0];
	if (chosen === undefined) return undefined;
	const of = (trial: number) => columns.tasks[taskOf(columns, trial)]!.metric;
	return { metric: chosen, ids: ids.filter((trial) => of(trial) === chosen) };
}

function largest(boards: readonly BoardRows[]): BoardRows | undefined {
	let best: BoardRows | undefined;
	for (const board of boards) if (!best || board.ids.length > best.ids.length) best = board;
	return best;
}
