/** Oracle runner of aggregates.json: nn-stat's groups, quantiles and histograms from the engine. */
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { openVersion } from '../../../scripts/stat-db/open-version';
import type { Mirror } from '../db/mirror';
import { correlationCases } from './aggregates.oracle-correlation';
import { processFacts, processTable } from './aggregates.oracle-facts';
import {
	aggregatesFormat,
	type Aggregates,
	type HistogramFacts,
	type Spot,
} from './aggregates.oracle-format';
import { meanCases } from './aggregates.oracle-means';
import { runCases } from './aggregates.oracle-runs';
import { boxCases, firstEpochCases } from './aggregates.oracle-spreads';
import { histogramOf } from './histogram';
import { Matcher } from './match';
import type { SummaryTable } from './summary';

type Case = OracleCase | SkippedCase;

const aggregates: OracleFile = {
	area: 'stats',
	file: 'aggregates.json',
	async *cases(json) {
		for (const [version, oracle] of Object.entries(v.parse(aggregatesFormat, json).versions)) {
			const opened = await openVersion(version);
			if (!opened) {
				yield { name: version, skip: 'neither static/stat-db nor WHEELS_DIR has this version' };
				continue;
			}
			for (const one of versionCases(opened.mirror, oracle))
				yield { ...one, name: `${version} ${one.name}` };
		}
	},
};

export const oracles = [aggregates];

function* versionCases(mirror: Mirror, oracle: Aggregates): Iterable<Case> {
	const { columns } = mirror;
	const table = processTable(columns);
	yield* processCases(mirror, table, oracle);
	for (const spot of oracle.spot_rows)
		yield { name: `spot row ${spot.row}`, run: () => checkSpot(table, spot) };
	for (const expected of oracle.histograms)
		yield { name: `histogram ${expected.of}`, run: () => checkHistogram(mirror, expected) };
	yield* boxCases(columns, table, oracle);
	yield* firstEpochCases(columns, table, oracle);
	yield* meanCases(columns, oracle);
	yield* runCases(columns, oracle);
	yield* correlationCases(columns, oracle);
}

function* processCases(
	{ columns }: Mirror,
	table: SummaryTable,
	{ process }: Aggregates,
): Iterable<Case> {
	const facts = processFacts(columns, table);
	for (const [key, expected] of Object.entries(process)) {
		const actual = facts[key];
		if (actual === undefined) continue;
		yield {
			name: `process ${key}`,
			run: () => {
				if (typeof actual !== 'number' || !key.startsWith('sum_'))
					return expectEqual(actual, expected, key);
				const relative = key.endsWith('_std') ? 1e-9 : 1e-12;
				expectClose(actual, v.parse(v.number(), expected), { relative }, key);
			},
		};
	}
}

function checkSpot(table: SummaryTable, spot: Spot): void {
	const { row, task, dataset, nn, metric, epoch } = spot;
	const keys = table.keys.map((names) => names[row]);
	expectEqual(keys, [task, dataset, nn, metric, String(epoch)], 'group');
	expectEqual(table.trials[row], spot.n, 'n');
	expectClose(table.mean[row] ?? NaN, spot.mean, {}, 'mean');
	expectClose(table.std[row] ?? NaN, spot.std_ddof1, { relative: 1e-9 }, 'std');
	expectClose(table.meanDuration[row] ?? NaN, spot.duration_mean, {}, 'mean duration');
}

/** `of` is `task|dataset|metric`, or words for every row. */
function checkHistogram({ columns }: Mirror, expected: HistogramFacts): void {
	const [task = '', dataset, metric] = expected.of.split('|');
	const filter = dataset && metric ? { task: [task], dataset: [dataset], metric: [metric] } : {};
	const { edges, counts } = histogramOf(new Matcher(columns), filter, 'accuracy', expected.bins);
	for (const [i, edge] of expected.edges.entries())
		expectClose(edges[i] ?? NaN, edge, {}, `edge ${i}`);
	expectEqual([...counts], expected.counts, 'counts');
	const n = counts.reduce((sum, count) => sum + count, 0);
	expectEqual(n, expected.n, 'n');
}
