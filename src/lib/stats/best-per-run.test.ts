import { describe, expect, it } from 'vitest';
import { bestPerRun, rankNets } from './best-per-run';
import type { TrialColumns } from './columns';
import { matchTrials } from './match';
import { columnsOf, type TestRun } from './testing';

const all = (columns: TrialColumns) => matchTrials(columns, {}).ids;
const bestValues = (runs: readonly TestRun[]) => {
	const columns = columnsOf(runs);
	return Array.from(bestPerRun(columns, all(columns)), (t) => columns.accuracy[t]);
};

describe('bestPerRun(columns, ids)', () => {
	it('takes equal trainings of a configuration as one run, whatever their uid', () => {
		const runs: TestRun[] = [
			{ prm: { lr: 0.1 }, uid: 'a', trials: [[1, 0.5]] },
			{ prm: { lr: 0.1 }, uid: 'b', trials: [[2, 0.7]] },
			{ prm: { lr: 0.2 }, uid: 'c', trials: [[1, 0.6]] },
		];
		expect(bestValues(runs)).toEqual([0.7, 0.6]);
	});

	it.each<[string, Partial<TestRun>]>([
		['a hyperparameter', { prm: { lr: 0.2 } }],
		['one hyperparameter more', { prm: { lr: 0.1, momentum: 0 } }],
		['a text', { prm: { lr: 0.1, mode: 'x' } }],
		['the transform', { transform: 'echo_64' }],
		['the net', { nn: 'ResNet' }],
		['the dataset', { dataset: 'mnist' }],
		['the metric', { metric: 'ppl' }],
	])('parts runs by %s', (_, change) => {
		const run: TestRun = { prm: { lr: 0.1 }, trials: [[1, 0.5]] };
		expect(bestValues([run, { ...run }])).toHaveLength(1);
		expect(bestValues([run, { ...run, ...change }])).toHaveLength(2);
	});

	it('parts runs by their planned number of epochs', () => {
		const one = columnsOf([{ trials: [[1, 0.5]] }, { trials: [[1, 0.6]] }]);
		const planned = (...plannedEpochs: number[]) => {
			const runs = { ...one.runs, plannedEpochs: Float64Array.from(plannedEpochs) };
			return bestPerRun({ ...one, runs }, all(one)).length;
		};
		expect([planned(5, 5), planned(NaN, NaN)]).toEqual([1, 1]);
		expect([planned(5, 50), planned(5, NaN)]).toEqual([2, 2]);
	});

	it('knows 0 and −0, and texts of equal numbers, as the same value', () => {
		const holding = (value: number | string): TestRun => ({
			prm: { a: value },
			trials: [[1, 0.5]],
		});
		expect(bestValues([holding(0), holding(-0)])).toHaveLength(1);
		expect(bestValues([holding('1.0'), holding('1'), holding('x')])).toHaveLength(2);
	});

	it('takes the lowest epoch of equal accuracies, then the first record', () => {
		const columns = columnsOf([
			{ trials: [[5, 0.9]] },
			{
				trials: [
					[2, 0.9],
					[3, 0.9],
				],
			},
			{ trials: [[2, 0.9]] },
		]);
		expect([...bestPerRun(columns, all(columns))]).toEqual([1]);
	});

	it('looks only at the rows given', () => {
		const columns = columnsOf([
			{
				trials: [
					[1, 0.2],
					[2, 0.9],
				],
			},
		]);
		expect([...bestPerRun(columns, Uint32Array.of(0))]).toEqual([0]);
		expect(bestPerRun(columns, new Uint32Array(0))).toHaveLength(0);
	});
});

describe('rankNets(columns, best)', () => {
	it('has the highest mean first, and equal ones by name', () => {
		const columns = columnsOf([
			{ nn: 'B', trials: [[1, 0.5]] },
			{ nn: 'A', trials: [[1, 0.5]] },
			{ nn: 'C', prm: { lr: 1 }, trials: [[1, 0.9]] },
			{ nn: 'C', prm: { lr: 2 }, trials: [[1, 0.3]] },
		]);
		const nets = rankNets(columns, bestPerRun(columns, all(columns)));
		expect(nets.map(({ name }) => name)).toEqual(['C', 'A', 'B']);
		expect(nets[0]?.mean).toBeCloseTo(0.6, 15);
		expect([...nets[0]!.values]).toEqual([0.3, 0.9]);
		expect(rankNets(columns, new Uint32Array(0))).toEqual([]);
	});
});
