import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialColumns } from './columns';
import { matchTrials } from './match';
import { meansOf, type MeanTable } from './means';
import { summarise } from './summary';
import { arbitraryColumns, columnsOf } from './testing';

const all = (columns: TrialColumns) => matchTrials(columns, {}).ids;

function rowText(columns: TrialColumns, table: MeanTable, i: number): string {
	const { task, dataset, metric } = columns.tasks[table.task[i]!]!;
	return [task, dataset, columns.nns[table.nn[i]!], metric, table.epoch[i]].join(' ');
}

const rowTexts = (columns: TrialColumns, table: MeanTable) =>
	Array.from({ length: table.count }, (_, i) => rowText(columns, table, i));

describe('meansOf(columns, ids, options)', () => {
	const columns = columnsOf([
		{ task: 'gen', dataset: 'w', metric: 'ppl', nn: 'A', trials: [[1, 0.5]] },
		{ task: 'gen', dataset: 'w', metric: 'acc', nn: 'B', trials: [[1, 0.1]] },
		{
			task: 'gen',
			dataset: 'w',
			metric: 'acc',
			nn: 'A',
			trials: [
				[2, 0.4, 10],
				[10, 0.6, null],
			],
		},
		{ task: 'gen', dataset: 'w', metric: 'acc', nn: 'A', trials: [[2, 0.8, 20]] },
	]);

	it('orders by net before metric, and by number of epoch', () => {
		expect(rowTexts(columns, meansOf(columns, all(columns)))).toEqual([
			'gen w A acc 2',
			'gen w A acc 10',
			'gen w A ppl 1',
			'gen w B acc 1',
		]);
	});

	it('has the deviation with ddof 1 and the mean of the recorded durations', () => {
		const { n, mean, std, duration } = meansOf(columns, all(columns));
		expect([...n]).toEqual([2, 1, 1, 1]);
		expect(mean[0]).toBeCloseTo(0.6, 15);
		expect(std[0]).toBeCloseTo(0.4 / Math.SQRT2, 14);
		expect([...std.subarray(1)]).toEqual([NaN, NaN, NaN]);
		expect([...duration]).toEqual([15, NaN, NaN, NaN]);
	});

	it('takes only the metrics asked for', () => {
		const table = meansOf(columns, all(columns), { metrics: ['ppl'] });
		expect(rowTexts(columns, table)).toEqual(['gen w A ppl 1']);
		expect(meansOf(columns, all(columns), { metrics: [] }).count).toBe(0);
	});

	it('takes only the rows given', () => {
		expect(meansOf(columns, new Uint32Array(0)).count).toBe(0);
		const { count, mean } = meansOf(columns, all(columns).subarray(0, 1));
		expect([count, mean[0]]).toEqual([1, columns.accuracy[0]]);
	});

	it('gives equal values their own mean and no deviation', () => {
		const equal = columnsOf([0.1, 0.1, 0.1].map((value) => ({ trials: [[1, value]] as const })));
		const { mean, std } = meansOf(equal, all(equal));
		expect([mean[0], std[0]]).toEqual([0.1, 0]);
	});

	it('agrees with the summary of the same groups', () => {
		fc.assert(
			fc.property(arbitraryColumns, (some) => {
				const table = meansOf(some, all(some));
				const summary = summarise(some, all(some), ['task', 'dataset', 'nn', 'metric', 'epoch']);
				const groups = Array.from({ length: summary.groups }, (_, g) =>
					summary.keys.map((key) => key[g]).join(' '),
				);
				expect(rowTexts(some, table)).toEqual(groups);
				expect([...table.n]).toEqual([...summary.trials]);
				expect([...table.duration]).toEqual([...summary.meanDuration]);
				for (let i = 0; i < table.count; i++) {
					expect(table.mean[i]).toBeCloseTo(summary.mean[i]!, 12);
					if (table.n[i]! > 1) expect(table.std[i]).toBeCloseTo(summary.std[i]!, 12);
				}
			}),
		);
	});
});
