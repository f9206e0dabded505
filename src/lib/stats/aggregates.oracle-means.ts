/** Rolling means and correlations of nn-stat's process step in aggregates.json. */
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase } from '../../../scripts/oracles/types';
import {
	PROCESSED,
	type Aggregates,
	type PearsonFacts,
	type PearsonGroup,
	type RollingFacts,
} from './aggregates.oracle-format';
import type { TrialColumns } from './columns';
import { pearson } from './correlation';
import { matchTrials } from './match';
import { meansOf, type MeanTable } from './means';
import { rollingMean } from './rolling';

/** nn-stat's window, of the column that its workbook has. */
const WINDOW = 5;
/** The metric whose means that column is made of. */
const ACCURACY = 'acc';

/** The step's rows, with which of them are in a group. */
interface Step {
	readonly columns: TrialColumns;
	readonly means: MeanTable;
	/** places of the rows of a leaderboard, in their order */
	readonly of: (board: { task: string; dataset: string; metric: string }) => number[];
}

export function* meanCases(columns: TrialColumns, oracle: Aggregates): Iterable<OracleCase> {
	const { ids } = matchTrials(columns, {});
	const means = meansOf(columns, ids, { metrics: PROCESSED });
	const step: Step = {
		columns,
		means,
		of: ({ task, dataset, metric }) => {
			const own = columns.tasks.findIndex(
				(one) => one.task === task && one.dataset === dataset && one.metric === metric,
			);
			return rowsWhere(means, (i) => means.task[i] === own);
		},
	};
	for (const spot of oracle.spot_rows)
		yield { name: `means of spot row ${spot.row}`, run: () => checkSpot(step, spot) };
	yield { name: 'pearson', run: () => checkPearson(step, oracle.pearson) };
	for (const group of oracle.pearson_groups)
		yield {
			name: `pearson_groups ${group.task} ${group.dataset} ${group.metric}`,
			run: () => checkGroup(step, group),
		};
	for (const expected of oracle.rolling)
		yield {
			name: `rolling ${expected.task} ${expected.dataset} ${expected.metric}`,
			run: () => checkRolling(step, expected),
		};
}

function rowsWhere(means: MeanTable, holds: (row: number) => boolean): number[] {
	return Array.from({ length: means.count }, (_, i) => i).filter(holds);
}

function checkSpot(step: Step, spot: Aggregates['spot_rows'][number]): void {
	const { columns, means } = step;
	const { row, nn, epoch, metric } = spot;
	expectEqual([columns.nns[means.nn[row]!], means.epoch[row]], [nn, epoch], 'nn, epoch');
	expectEqual(means.n[row], spot.n, 'n');
	expectClose(means.mean[row] ?? NaN, spot.mean, {}, 'mean');
	expectClose(means.std[row] ?? NaN, spot.std_ddof1, { relative: 1e-9 }, 'std');
	expectClose(means.duration[row] ?? NaN, spot.duration_mean, {}, 'duration');
	// Unlike the picture's, the column restarts for each net; only accuracies have it.
	const own = step.of(spot).filter((i) => means.nn[i] === means.nn[row]);
	const rolled = rollingMean(
		own.map((i) => (metric === ACCURACY ? means.mean[i]! : NaN)),
		WINDOW,
	);
	const actual = rolled[own.indexOf(row)] ?? NaN;
	expectClose(actual, spot.rolling_mean_column, { relative: 1e-9 }, 'rolling_mean_column');
}

/** @param name `accuracy_mean`, `iou_std`, `duration`, `epoch` @returns that column of the rows */
function columnOf({ columns, means }: Step, rows: readonly number[], name: string): Float64Array {
	if (name === 'duration' || name === 'epoch')
		return Float64Array.from(rows, (i) => means[name][i]!);
	const [title = '', kind] = name.split('_');
	const metric = title === 'accuracy' ? ACCURACY : title;
	const values = kind === 'std' ? means.std : means.mean;
	return Float64Array.from(rows, (i) =>
		columns.tasks[means.task[i]!]?.metric === metric ? values[i]! : NaN,
	);
}

function checkMatrix(
	step: Step,
	rows: readonly number[],
	{ columns, matrix }: Pick<PearsonFacts, 'columns' | 'matrix'>,
	pairs?: readonly (readonly number[])[],
): void {
	const values = columns.map((name) => columnOf(step, rows, name));
	for (const [i, row] of matrix.entries())
		for (const [j, expected] of row.entries()) {
			const what = `${columns[i]} and ${columns[j]}`;
			const { n, r } = pearson(values[i]!, values[j]!);
			expectClose(r, expected, {}, what);
			if (pairs) expectEqual(n, pairs[i]?.[j], `${what} n`);
		}
}

function checkPearson(step: Step, expected: PearsonFacts): void {
	const rows = rowsWhere(step.means, () => true);
	checkMatrix(step, rows, expected, expected.pairs_used);
}

function checkGroup(step: Step, expected: PearsonGroup): void {
	const rows = step.of(expected);
	expectEqual(rows.length, expected.rows, 'rows');
	checkMatrix(step, rows, expected);
}

function checkRolling(step: Step, expected: RollingFacts): void {
	const { columns, means } = step;
	const rows = step.of(expected);
	const nameOf = (i: number) => columns.nns[means.nn[i]!]!;
	expectEqual(new Set(rows.map(nameOf)).size, expected.models_in_group, 'models_in_group');
	const whole = rollingMean(
		rows.map((i) => means.mean[i]!),
		expected.window,
	);
	for (const { nn, epochs, ...curve } of expected.models) {
		const own = rows.filter((i) => nameOf(i) === nn);
		const values = own.map((i) => means.mean[i]!);
		expectEqual(
			own.map((i) => means.epoch[i]!),
			epochs,
			`${nn} epochs`,
		);
		expectAll(values, curve.mean, `${nn} mean`);
		expectAll(rollingMean(values, expected.window), curve.regrouped, `${nn} regrouped`);
		const drawn = own.map((i) => whole[rows.indexOf(i)]!);
		expectAll(drawn, curve.as_drawn, `${nn} as_drawn`);
	}
}

function expectAll(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
	expectEqual(actual.length, expected.length, `${what} length`);
	for (const [i, value] of expected.entries())
		expectClose(actual[i] ?? NaN, value, { relative: 1e-9 }, `${what} ${i}`);
}
