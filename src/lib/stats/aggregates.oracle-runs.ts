/** Statistics of nn-stat's runs in aggregates.json: best of each run, intervals, densities, frontiers, ranks. */
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase } from '../../../scripts/oracles/types';
import { normalMass } from '../hpo/normal';
import { rowsName, trialsOf } from './aggregates.oracle-facts';
import type {
	Aggregates,
	BestFacts,
	DensityFacts,
	IntervalFacts,
	ParetoFacts,
	RankFacts,
	RowsOf,
} from './aggregates.oracle-format';
import { bestPerRun, rankNets } from './best-per-run';
import type { TrialColumns } from './columns';
import { sumExactly } from './data-api.oracle-text';
import { meanInterval } from './interval';
import { kde } from './kde';
import { paretoFrontier } from './pareto';
import { mean, quantile, sorted, std } from './quantile';
import { rankTable } from './rank-table';
import { tQuantile } from './student-t';
import { compareText } from './text-order';

/** nn-stat's number of nets whose points it draws. */
const PARETO_NETS = 12;

export function* runCases(columns: TrialColumns, oracle: Aggregates): Iterable<OracleCase> {
	for (const one of oracle.best_per_run)
		yield { name: `best_per_run ${rowsName(one)}`, run: () => checkBest(columns, one) };
	for (const one of oracle.ci95)
		yield { name: `ci95 ${rowsName(one)}`, run: () => checkInterval(columns, one) };
	for (const one of oracle.kde)
		yield { name: `kde ${rowsName(one)}`, run: () => checkDensity(columns, one) };
	for (const one of oracle.pareto) {
		const name = rowsName(one);
		yield { name: `pareto all_rows ${name}`, run: () => checkAllRows(columns, one) };
		if (one.as_drawn)
			yield { name: `pareto as_drawn ${name}`, run: () => checkDrawn(columns, one) };
	}
	for (const one of oracle.rank)
		yield { name: `rank ${rowsName(one)}`, run: () => checkRank(columns, one) };
}

/** @returns the best accuracies of the runs, ascending */
function bestValues(columns: TrialColumns, rows: RowsOf): Float64Array {
	const best = bestPerRun(columns, trialsOf(columns, rows));
	return sorted(Float64Array.from(best, (t) => columns.accuracy[t]!));
}

function checkBest(columns: TrialColumns, { task, metric, ...expected }: BestFacts): void {
	const best = bestValues(columns, { task, metric });
	const sum = sumExactly(best);
	expectEqual(best.length, expected.runs, 'runs');
	expectEqual(sum, expected.sum_best, 'sum_best');
	expectClose(sum / best.length, expected.mean_best, {}, 'mean_best');
}

function checkInterval(columns: TrialColumns, expected: IntervalFacts): void {
	const best = bestValues(columns, expected);
	const relative = 1e-9;
	expectEqual(best.length, expected.n, 'n');
	expectClose(std(best), expected.std_ddof1, { relative }, 'std');
	expectClose(tQuantile(0.975, best.length - 1), expected['t_0.975'], { relative }, 't');
	const { mean, low, high } = meanInterval(best);
	expectClose(mean, expected.mean, {}, 'mean');
	expectClose(low, expected.low, { relative }, 'low');
	expectClose(high, expected.high, { relative }, 'high');
}

function checkDensity(columns: TrialColumns, expected: DensityFacts): void {
	const best = bestValues(columns, expected);
	const relative = 1e-9;
	expectEqual(best.length, expected.n, 'n');
	if (expected.values_sorted) expectEqual([...best], expected.values_sorted, 'values_sorted');
	expectEqual([best[0], best.at(-1)], [expected.min, expected.max], 'min, max');
	expectClose(std(best), expected.std_ddof1, { relative }, 'std');
	expectClose(quantile(best, 0.5), expected.median, {}, 'median');
	const one = kde(best);
	const scott = kde(best, { factor: 'scott' });
	expectClose(scott.bandwidth / std(best), expected.scott_factor, {}, 'scott_factor');
	for (const { i, x, ...point } of expected.points) {
		expectClose(one.x[i] ?? NaN, x, {}, `x ${i}`);
		expectClose(one.density[i] ?? NaN, point.factor_1, { relative }, `factor_1 ${i}`);
		expectClose(scott.density[i] ?? NaN, point.scott, { relative }, `scott ${i}`);
	}
	const inside = ({ bandwidth }: { bandwidth: number }) =>
		mean(
			sorted(
				best.map((at) =>
					normalMass((expected.min - at) / bandwidth, (expected.max - at) / bandwidth),
				),
			),
		);
	expectClose(inside(one), expected.integral_min_max_factor_1, { relative }, 'integral factor_1');
	expectClose(inside(scott), expected.integral_min_max_scott, { relative }, 'integral scott');
}

/** @returns the frontier of these trials, by duration */
function frontierOf({ duration, accuracy }: TrialColumns, ids: Uint32Array): Uint32Array {
	const places = paretoFrontier(
		Float64Array.from(ids, (t) => duration[t]!),
		Float64Array.from(ids, (t) => accuracy[t]!),
	);
	return Uint32Array.from(places, (i) => ids[i]!);
}

const isTimed = (columns: TrialColumns) => (trial: number) =>
	!Number.isNaN(columns.duration[trial]!);

function checkAllRows(columns: TrialColumns, { all_rows, ...rows }: ParetoFacts): void {
	const ids = trialsOf(columns, rows);
	const timed = ids.filter(isTimed(columns));
	expectEqual(timed.length, all_rows.rows, 'rows');
	expectEqual(ids.length - timed.length, all_rows.rows_without_duration, 'rows_without_duration');
	const { runs, configs, nns, run, duration, accuracy, epoch } = columns;
	const frontier = Array.from(frontierOf(columns, ids), (t) => ({
		duration: duration[t],
		accuracy: accuracy[t],
		nn: nns[configs.nn[runs.config[run[t]!]!]!],
		epoch: epoch[t],
	}));
	const wanted = all_rows.frontier.map(({ duration, accuracy, nn, epoch }) => ({
		duration,
		accuracy,
		nn,
		epoch,
	}));
	expectEqual(frontier, wanted, 'frontier');
}

/** nn-stat leaves out what has no duration before it ranks. */
function checkDrawn(columns: TrialColumns, { as_drawn, ...rows }: ParetoFacts): void {
	const wanted = as_drawn?.top_models ?? [];
	const timed = trialsOf(columns, rows).filter(isTimed(columns));
	const nets = rankNets(columns, bestPerRun(columns, timed));
	expectEqual(Math.min(nets.length, PARETO_NETS), wanted.length, 'top_models');
	// By means, not by names: nn-stat leaves the order of equal means to its sorting.
	const drawn = wanted.map(({ nn, points }, i) => {
		const net = nets.find(({ name }) => name === nn);
		expectEqual([net?.best.length, net?.mean], [points, nets[i]?.mean], `${nn} points, mean`);
		return net?.best ?? new Uint32Array(0);
	});
	const ids = Uint32Array.from(drawn.flatMap((best) => [...best])).sort();
	const frontier = Array.from(frontierOf(columns, ids), (t) => ({
		duration: columns.duration[t],
		accuracy: columns.accuracy[t],
	}));
	const expected = as_drawn?.frontier.map(({ duration, accuracy }) => ({ duration, accuracy }));
	expectEqual(frontier, expected, 'frontier');
}

function checkRank(columns: TrialColumns, expected: RankFacts): void {
	const { nets, datasets, cells } = rankTable(columns, trialsOf(columns, expected));
	const byName = [...nets].sort((a, b) => compareText(a.nn, b.nn));
	expectEqual(
		byName.map(({ nn }) => nn),
		[...expected.models].sort(compareText),
		'models',
	);
	expectEqual(datasets, expected.datasets, 'datasets');
	expectEqual(nets.length, expected.picked_by.length, 'nets');
	for (const { nn, datasets_covered, mean_over_datasets } of expected.picked_by) {
		const net = nets.find((one) => one.nn === nn);
		expectEqual(net?.datasets, datasets_covered, `${nn} datasets_covered`);
		expectClose(net?.mean ?? NaN, mean_over_datasets, {}, `${nn} mean_over_datasets`);
	}
	expectEqual(cells.length, expected.cells.length, 'cells');
	for (const { dataset, nn, ...facts } of expected.cells) {
		const cell = cells.find((one) => one.dataset === dataset && one.nn === nn);
		const what = `${nn} on ${dataset}`;
		expectEqual([cell?.rank, cell?.runs], [facts.rank, facts.runs], `${what} rank, runs`);
		expectClose(cell?.mean ?? NaN, facts.mean_best_per_run, {}, `${what} mean`);
	}
}
