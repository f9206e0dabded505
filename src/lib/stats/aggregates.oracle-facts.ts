/** nn-stat's process step, from the engine's own groups, and the rows of a case. For the oracle runner alone. */
import { PROCESSED, type RowsOf } from './aggregates.oracle-format';
import type { TrialColumns } from './columns';
import { sumExactly } from './data-api.oracle-text';
import { matchTrials } from './match';
import { summarise, type SummaryTable } from './summary';
import { distinctSorted } from './text-order';

/** @returns the process step: groups of task, dataset, nn, metric, epoch in this order */
export function processTable(columns: TrialColumns): SummaryTable {
	const { ids } = matchTrials(columns, { metric: PROCESSED });
	return summarise(columns, ids, ['task', 'dataset', 'nn', 'metric', 'epoch']);
}

/** The workbook calls accuracies so. */
const titleOf = (metric: string) => (metric === 'acc' ? 'accuracy' : metric);

/** What `process` counts and sums, by its names. */
export function processFacts(
	columns: TrialColumns,
	table: SummaryTable,
): Readonly<Record<string, unknown>> {
	const [task = [], dataset = [], , metric = []] = table.keys;
	const groups = metric.map((_, g) => g);
	const metrics = distinctSorted(columns.tasks.map((one) => one.metric));
	const sumOf = (values: Float64Array, of?: string) =>
		sumExactly(
			groups
				.filter((g) => of === undefined || metric[g] === of)
				.map((g) => values[g]!)
				.filter((value) => !Number.isNaN(value)),
		);
	return {
		rows: table.groups,
		rows_per_metric: countBy(groups.map((g) => titleOf(metric[g]!))),
		metrics_skipped: metrics.filter((name) => !PROCESSED.includes(name)),
		raw_rows_per_metric: Object.fromEntries(
			metrics.map((name) => [name, matchTrials(columns, { metric: [name] }).count]),
		),
		std_missing_because_n_is_1: table.trials.filter((n) => n === 1).length,
		rows_per_task_dataset: countBy(
			groups.map((g) => [task[g], dataset[g], titleOf(metric[g]!)].join('|')),
		),
		sum_accuracy_mean: sumOf(table.mean, 'acc'),
		sum_accuracy_std: sumOf(table.std, 'acc'),
		sum_iou_mean: sumOf(table.mean, 'iou'),
		sum_iou_std: sumOf(table.std, 'iou'),
		sum_duration: sumOf(table.meanDuration),
		duration_missing: table.meanDuration.filter(Number.isNaN).length,
	};
}

function countBy(names: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

/** @returns the trials of a case, ascending; null and undefined are no condition */
export function trialsOf(columns: TrialColumns, rows: RowsOf): Uint32Array {
	const { task, dataset, metric, nn, epoch } = rows;
	return matchTrials(columns, {
		task: [task],
		...(typeof dataset === 'string' ? { dataset: [dataset] } : {}),
		...(typeof metric === 'string' ? { metric: [metric] } : {}),
		...(typeof nn === 'string' ? { nn: [nn] } : {}),
		...(typeof epoch === 'number' ? { epoch: { min: epoch, max: epoch } } : {}),
	}).ids;
}

/** @returns `task dataset metric nn epoch`, without those that are no condition */
export function rowsName({ task, dataset, metric, nn, epoch }: RowsOf): string {
	return [task, dataset, metric, nn, epoch]
		.filter((part) => part !== null && part !== undefined)
		.join(' ');
}
