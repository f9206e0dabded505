/** What the summary file can answer of a filter before the database has arrived. */
import type { SummaryFile } from '$lib/db/manifest';
import type { ProgressEvent } from '$lib/db/protocol';
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

/** A guess at how much of the waiting is fetching. */
const DOWNLOAD_SHARE = 0.7;

/**
 * @returns 0..1 over fetching and reading together, so that the bar is not full while work goes on;
 * it never goes back, as neither of the two does
 */
export function progressShare(progress: ProgressEvent | undefined): number {
	if (!progress) return 0;
	const done = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
	return progress.what === 'download'
		? done * DOWNLOAD_SHARE
		: DOWNLOAD_SHARE + done * (1 - DOWNLOAD_SHARE);
}
