/**
 * Whose rows nn-stat's figures compare. Corrected: one leaderboard, or one task and metric with every
 * dataset apart. As nn-stat has it: a whole task. It picks rows and words; statistics are elsewhere.
 */
import { displayName } from '../../url/display-name';
import type { TaskInfo } from '../columns';
import { metricTitle } from '../fields';
import type { Conditions } from '../filter';
import { boardsOf, chosenBoard, rowsOfTasks, type BoardRows } from './boards';
import type { Axis, PlotOptions, PlotRows } from './plot';
import { plotText } from './text';
import { boardText } from './words';

/** Rows that are ranked together. */
export interface Pool {
	readonly task: string;
	/** in code-point order */
	readonly datasets: readonly string[];
	/** one, but for nn-stat's mixture of all metrics of a task */
	readonly metrics: readonly string[];
	/** its leaderboards, each with its rows */
	readonly boards: readonly BoardRows[];
	/** all its trials, ascending */
	readonly ids: Uint32Array;
	/** plain text: `img-classification, cifar-10, Accuracy` */
	readonly name: string;
	/** what all its rows share */
	readonly within: Conditions;
}

/** Tasks of which nn-stat takes all rows; of the others it takes those of the metric. */
const MIXED: readonly string[] = ['img-classification', 'txt-generation'];

/**
 * @param over what is compared at once in corrected mode: rows of one leaderboard, or of all datasets
 * of its task and metric (for figures that keep datasets apart)
 * @returns undefined without rows
 */
export function poolOf(
	rows: PlotRows,
	options: PlotOptions,
	over: 'board' | 'task',
): Pool | undefined {
	const all = boardsOf(rows);
	const board = chosenBoard(all, options);
	if (!board) return undefined;
	const lemur = options.mode === 'lemur';
	const mixed = lemur && MIXED.includes(board.task);
	const boards = all.filter(
		({ task, dataset, metric }) =>
			task === board.task &&
			(mixed || metric === board.metric) &&
			(lemur || over === 'task' || dataset === board.dataset),
	);
	const datasets = [...new Set(boards.map(({ dataset }) => dataset))];
	const metrics = [...new Set(boards.map(({ metric }) => metric))];
	const whole = datasets.length > 1 || over === 'task';
	return {
		task: board.task,
		datasets,
		metrics,
		boards,
		ids: boards.length === 1 ? board.ids : idsOf(rows, boards),
		name: whole ? `${displayName(board.task)}, ${metricWords({ metrics })}` : boardText(board),
		within: { task: [board.task], dataset: datasets, metric: metrics },
	};
}

function idsOf(rows: PlotRows, boards: readonly TaskInfo[]): Uint32Array {
	return rowsOfTasks(
		rows,
		rows.columns.tasks.map((one) => boards.some((other) => sameBoard(one, other))),
	);
}

const sameBoard = (a: TaskInfo, b: TaskInfo) =>
	a.task === b.task && a.dataset === b.dataset && a.metric === b.metric;

/** @returns what the values are called: `Accuracy`, or `Accuracy and perplexity score` when mixed; plain text */
export function metricWords({ metrics }: Pick<Pool, 'metrics'>): string {
	return metrics.map(metricTitle).join(' and ');
}

/** @param prefix such as 'Mean' or 'Best per run:' */
export function poolAxis(pool: Pick<Pool, 'metrics'>, prefix: string): Axis {
	return { type: 'linear', title: { text: plotText(`${prefix} ${metricWords(pool)} (fraction)`) } };
}

/** @returns what nn-stat mixes here; none where this pool is pure */
export function mixtureNotes({ metrics, datasets }: Pool, { mode }: PlotOptions): string[] {
	if (mode !== 'lemur') return [];
	const notes: string[] = [];
	if (metrics.length > 1)
		notes.push(`As in nn-stat, ${metricWords({ metrics })} are averaged together.`);
	if (datasets.length > 1)
		notes.push(`As in nn-stat, ${datasets.length} datasets are averaged together.`);
	return notes;
}
