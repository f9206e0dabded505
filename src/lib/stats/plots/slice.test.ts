import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { slice } from './slice';
import { itSurvives } from './survives';

const run = (lr: number, ...accuracies: readonly number[]): TestRun => ({
	nn: `net-${accuracies[0]}`,
	transform: lr < 0.1 ? 'norm_32' : 'echo_64',
	prm: { lr, batch: 8 },
	trials: accuracies.map((accuracy, i) => [i + 1, accuracy, (i + 1) * 1e9] as const),
});
const rows = allRows(
	columnsOf([run(0.001, 0.1, 0.3, 0.2), run(0.001, 0.5), run(0.01, 0.2, 0.8), run(0.9, 0.4)]),
);

describe('slice', () => {
	it('has the median of the best values of the runs at each value, where values are few', () => {
		const figure = slice.draw(rows, {});
		expect(numbersOf(figure, 'lr from')).toEqual([0.001, 0.01, 0.9]);
		expect(numbersOf(figure, 'lr to')).toEqual([0.001, 0.01, 0.9]);
		expect(numbersOf(figure, 'Runs')).toEqual([2, 1, 1]);
		expect(numbersOf(figure, 'Median Accuracy')).toEqual([0.4, 0.8, 0.4]);
		expect(numbersOf(figure, 'Upper quartile of Accuracy')[0]).toBeCloseTo(0.45, 12);
		expect(figure.used).toBe(7);
		expect(figure.summary).toBe(
			'Best Accuracy of 4 runs of img-classification, cifar-10, Accuracy over lr from 0.001 to 0.9; the median is highest, 0.8000, at lr 0.01.',
		);
	});

	it('draws each run once, grouped by the epoch of its best value', () => {
		const traces = tracesOf(slice.draw(rows, {}), 'scatter');
		expect(traces.map(({ name, x, y }) => [name, [...x], [...y]])).toEqual([
			['Best at epoch 1', [0.9, 0.001], [0.4, 0.5]],
			['Best at epoch 2', [0.001, 0.01], [0.3, 0.8]],
			['Median', [0.001, 0.01, 0.9], [0.4, 0.8, 0.4]],
		]);
		expect(traces[0]?.text?.[0]).toBe('net-0.4<br>lr 0.9<br>Epoch 1');
	});

	it('brushes the hyperparameter and the values of one leaderboard', () => {
		const figure = slice.draw(rows, {});
		expect(figure.brush?.x).toEqual({ field: 'prm.lr', scale: 1 });
		expect(figure.within).toMatchObject({ dataset: ['cifar-10'], metric: ['acc'] });
		expect(figure.layout.xaxis?.type).toBe('log');
	});

	it('draws choices by name, and cannot brush them', () => {
		const figure = slice.draw(rows, { prm: ['transform', 'lr'] });
		expect(textsOf(figure, 'transform')).toEqual(['echo_64', 'norm_32']);
		expect(numbersOf(figure, 'Highest Accuracy')).toEqual([0.4, 0.8]);
		expect(figure.brush).toEqual({ y: { field: 'accuracy', scale: 1 } });
		expect(figure.notes).toEqual([
			'One hyperparameter is drawn at a time: transform, the first of 2 chosen.',
		]);
	});

	it('says so where no run has the hyperparameter', () => {
		const two = columnsOf([
			run(0.1, 0.5),
			{ dataset: 'mnist', prm: { gamma: 1 }, trials: [[1, 1]] },
		]);
		const board = { task: 'img-classification', dataset: 'mnist', metric: 'acc' };
		const figure = slice.draw(allRows(two), { board, prm: ['lr'] });
		expect(figure.empty).toContain('has the hyperparameter lr.');
	});

	it('makes groups of equally many runs of many values, and a density image of many runs', () => {
		const figure = slice.draw(manyNets(25_000), { prm: ['lr'] });
		expect(tracesOf(figure, 'heatmap')).toHaveLength(1);
		expect(figure.notes).toEqual(['Density of all 25,000 runs.']);
		const runs = numbersOf(figure, 'Runs');
		expect(runs.length).toBeLessThanOrEqual(20);
		expect(runs.reduce((sum, n) => sum + n, 0)).toBe(25_000);
		expect(Math.max(...runs) - Math.min(...runs)).toBeLessThan(0.3 * Math.max(...runs));
	});

	it('has no mode of its own: nn-stat draws no such figure', () => {
		expect(slice.difference).toBe(undefined);
		expect(slice.draw(rows, { mode: 'lemur' })).toEqual(slice.draw(rows, {}));
	});
});

itSurvives(slice);
