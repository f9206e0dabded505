/** nn-stat's process step and its runs, from the engine's own groups. For the oracle runner alone. */
import type { Mirror } from '../db/mirror';
import { PROCESSED } from './aggregates.oracle-format';
import type { TrialColumns } from './columns';
import { dataRows } from './data-api';
import { canonicalJson, pyDict, sumExactly } from './data-api.oracle-text';
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

/**
 * nn-stat knows no uid: its run is a configuration with the parameters as LEMUR prints them.
 * @returns the highest accuracy of each run under the task and metric
 */
export function bestPerRun(mirror: Mirror, task: string, metric: string): number[] {
	const rows = dataRows(mirror, { task, metric });
	const printed = rows.prmSets.map((set) => canonicalJson(pyDict(set)));
	const best = new Map<string, number>();
	for (let r = 0; r < rows.rows; r++) {
		const key = [rows.dataset[r], rows.nn[r], printed[rows.prm[r]!]].join('\t');
		best.set(key, Math.max(best.get(key) ?? -Infinity, rows.accuracy[r]!));
	}
	return [...best.values()];
}
