/** Boxes and durations of first epochs in aggregates.json: quantiles of groups of trials. */
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase } from '../../../scripts/oracles/types';
import type { Aggregates, Box, FirstEpoch } from './aggregates.oracle-format';
import { boxStats } from './box';
import type { TrialColumns } from './columns';
import type { Conditions } from './filter';
import { groupTrials } from './group';
import { matchTrials } from './match';
import { mean, quantile, sorted } from './quantile';
import type { SummaryTable } from './summary';
import { sumExactly } from './data-api.oracle-text';

/** @param table groups of task, dataset, nn, metric, epoch */
export function* boxCases(
	columns: TrialColumns,
	table: SummaryTable,
	{ box_per_epoch, box_raw }: Aggregates,
): Iterable<OracleCase> {
	for (const { task, dataset, metric, epochs } of box_per_epoch)
		yield {
			name: `box_per_epoch ${task} ${dataset} ${metric}`,
			run: () => {
				const groups = groupsWhere(table, { task, dataset, metric });
				for (const box of epochs) {
					const own = groups.filter((g) => table.keys[4]?.[g] === String(box.epoch));
					checkBox(
						own.map((g) => table.mean[g]!),
						box,
					);
				}
			},
		};
	for (const box of box_raw)
		yield {
			name: `box_raw ${box.task} ${box.epoch}`,
			run: () => {
				const epoch = { min: box.epoch, max: box.epoch };
				checkBox(valuesOf(columns, 'accuracy', { task: [box.task], epoch }), box);
			},
		};
}

function valuesOf(
	columns: TrialColumns,
	column: 'accuracy' | 'duration',
	conditions: Conditions,
): number[] {
	const values = Array.from(matchTrials(columns, conditions).ids, (t) => columns[column][t]!);
	return values.filter((value) => !Number.isNaN(value));
}

function groupsWhere(
	table: SummaryTable,
	wanted: Readonly<Record<string, string>>,
): readonly number[] {
	const columns = Object.entries(wanted).map(([field, value]) => ({
		names: table.keys[table.by.findIndex((by) => by === field)],
		value,
	}));
	return Array.from({ length: table.groups }, (_, g) => g).filter((g) =>
		columns.every(({ names, value }) => names?.[g] === value),
	);
}

function checkBox(values: readonly number[], box: Box): void {
	const ascending = sorted(values);
	const at = `epoch ${box.epoch}`;
	expectEqual(ascending.length, box.n, `${at} n`);
	expectClose(mean(ascending), box.mean, {}, `${at} mean`);
	expectQuartiles(ascending, [box.q1, box.median, box.q3], at);
	const { low, high, fliers } = boxStats(ascending);
	expectClose(low, box.whisker_low, {}, `${at} lower whisker`);
	expectClose(high, box.whisker_high, {}, `${at} upper whisker`);
	expectEqual(fliers.length, box.fliers_n, `${at} fliers`);
	for (const [i, flier] of (box.fliers ?? []).entries())
		expectClose(fliers[i] ?? NaN, flier, {}, `${at} flier ${i}`);
	expectClose(fliers[0] ?? NaN, box.fliers_min ?? NaN, {}, `${at} lowest flier`);
	expectClose(fliers.at(-1) ?? NaN, box.fliers_max ?? NaN, {}, `${at} highest flier`);
}

function expectQuartiles(ascending: Float64Array, expected: readonly number[], what: string): void {
	for (const [i, q] of [0.25, 0.5, 0.75].entries())
		expectClose(quantile(ascending, q), expected[i] ?? NaN, {}, `${what} quantile ${q}`);
}

/** @param table groups of task, dataset, nn, metric, epoch */
export function* firstEpochCases(
	columns: TrialColumns,
	table: SummaryTable,
	{ first_epoch_duration, median_first_epoch_duration: medians }: Aggregates,
): Iterable<OracleCase> {
	for (const expected of first_epoch_duration)
		yield {
			name: `first_epoch_duration ${expected.task} ${expected.dataset}`,
			run: () => checkFirstEpoch(columns, table, expected),
		};
	yield* medianCases(columns, medians);
}

const FIRST_EPOCH = { min: 1, max: 1 };

function checkFirstEpoch(columns: TrialColumns, table: SummaryTable, expected: FirstEpoch): void {
	const { task, dataset } = expected;
	const groups = groupsWhere(table, { task, dataset, epoch: '1' });
	const known = groups.map((g) => table.meanDuration[g]!).filter((ns) => !Number.isNaN(ns));
	expectEqual(groups.length, expected.models, 'models');
	expectEqual(groups.length - known.length, expected.missing, 'missing');
	const means = sorted(known);
	expectQuartiles(means, expected.quartiles_of_model_means, 'means');
	expectClose(means[0] ?? NaN, expected.min, {}, 'min');
	expectClose(means.at(-1) ?? NaN, expected.max, {}, 'max');
	// The means are nn-stat's, of two metrics; the rows are all there are.
	const rows = valuesOf(columns, 'duration', {
		task: [task],
		dataset: [dataset],
		epoch: FIRST_EPOCH,
	});
	expectEqual(rows.length, expected.raw_rows, 'raw_rows');
	expectQuartiles(sorted(rows), expected.quartiles_of_raw_rows, 'rows');
}

/** Medians per (nn, dataset) over all tasks and metrics, in the order of the names. */
function* medianCases(
	columns: TrialColumns,
	expected: Aggregates['median_first_epoch_duration'],
): Iterable<OracleCase> {
	const { ids } = matchTrials(columns, { epoch: FIRST_EPOCH });
	const { count, order, start, keys } = groupTrials(columns, ids, ['nn', 'dataset']);
	/** durations of a group that are recorded, ascending */
	const recorded = (g: number) => {
		const values = Array.from(order.subarray(start[g], start[g + 1]), (t) => columns.duration[t]!);
		return sorted(values.filter((ns) => !Number.isNaN(ns)));
	};
	yield {
		name: 'median_first_epoch_duration',
		run: () => {
			const medians = Array.from({ length: count }, (_, g) => quantile(recorded(g), 0.5));
			const known = medians.filter((ns) => !Number.isNaN(ns));
			expectEqual(count, expected.rows, 'rows');
			expectEqual(count - known.length, expected.missing, 'missing');
			expectClose(sumExactly(known), expected.sum, {}, 'sum');
		},
	};
	for (const { row, nn, dataset, median_duration, n } of expected.spot)
		yield {
			name: `median_first_epoch_duration row ${row}`,
			run: () => {
				expectEqual([keys[0]?.[row], keys[1]?.[row]], [nn, dataset], 'nn, dataset');
				const durations = recorded(row);
				expectEqual(durations.length, n, 'n');
				expectEqual(quantile(durations, 0.5), median_duration, 'median');
			},
		};
}
