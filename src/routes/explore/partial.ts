/** What the summary file can answer of a filter before the database has arrived. */
import type { SummaryFile } from '$lib/db/manifest';
import type { Conditions, Filter } from '$lib/stats/filter';

type Board = SummaryFile['boards'][number];

const APPLIED: ReadonlySet<string> = new Set<keyof Conditions>([
	'task',
	'dataset',
	'metric',
	'nn',
	'nnPrefix',
]);

/**
 * @returns the boards that the filter's task, dataset and metric leave, with the nets it names;
 * `ignored` says that the filter has more conditions than that
 */
export function boardsOf(
	summary: SummaryFile,
	filter: Filter,
): { readonly boards: readonly Board[]; readonly ignored: boolean } {
	const { task, dataset, metric, nn, nnPrefix } = filter;
	const wanted = (names: readonly string[] | undefined, name: string) =>
		names === undefined || names.includes(name);
	const named = (name: string) =>
		wanted(nn, name) && (nnPrefix?.some((start) => name.startsWith(start)) ?? true);
	const boards = summary.boards
		.filter(
			(board) =>
				wanted(task, board.task) && wanted(dataset, board.dataset) && wanted(metric, board.metric),
		)
		.map((board) => ({ ...board, top: board.top.filter((row) => named(row.nn)) }))
		.filter((board) => board.top.length > 0);
	return { boards, ignored: Object.keys(filter).some((key) => !APPLIED.has(key)) };
}
