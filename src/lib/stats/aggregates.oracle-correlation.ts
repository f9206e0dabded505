/** Correlations of accuracy with hyperparameters in aggregates.json, over raw rows. */
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase } from '../../../scripts/oracles/types';
import { rowsName, trialsOf } from './aggregates.oracle-facts';
import type { Aggregates, Coefficients, CorrelationFacts } from './aggregates.oracle-format';
import type { TrialColumns } from './columns';
import { pearson, spearman } from './correlation';
import { correlationP } from './student-t';

const RELATIVE_P = { relative: 1e-9 };

export function* correlationCases(
	columns: TrialColumns,
	{ correlation }: Aggregates,
): Iterable<OracleCase> {
	for (const expected of correlation)
		yield {
			name: `correlation ${rowsName(expected)}`,
			run: () => checkCase(columns, expected),
		};
}

function checkCase(columns: TrialColumns, expected: CorrelationFacts): void {
	const { rows, task, dataset, metric, nn, epoch, ...hyperparameters } = expected;
	const ids = trialsOf(columns, { task, dataset, metric, nn, epoch });
	expectEqual(ids.length, rows, 'rows');
	const accuracy = Float64Array.from(ids, (t) => columns.accuracy[t]!);
	for (const [name, facts] of Object.entries(hyperparameters))
		if (typeof facts === 'object' && facts) {
			const values = hyperparameter(columns, ids, name);
			checkPair(values, accuracy, facts, name);
		}
}

function hyperparameter(columns: TrialColumns, ids: Uint32Array, name: string): Float64Array {
	const column = columns.runs.prm.get(name);
	if (column?.kind === 'text') throw new TypeError(`${name} has texts.`);
	return Float64Array.from(ids, (t) => column?.values[columns.run[t]!] ?? NaN);
}

function checkPair(
	values: Float64Array,
	accuracy: Float64Array,
	facts: Coefficients,
	name: string,
): void {
	for (const [kind, of] of [
		['pearson', pearson],
		['spearman', spearman],
	] as const) {
		const { n, r } = of(values, accuracy);
		expectEqual(n, facts.n, `${name} n`);
		expectClose(r, facts[kind], {}, `${name} ${kind}`);
		const p = facts[`${kind}_p`] ?? NaN;
		// The p of our own r: an error of r counts, and of the oracle's own p.
		expectClose(correlationP(r, n), p, RELATIVE_P, `${name} ${kind}_p`);
	}
}
