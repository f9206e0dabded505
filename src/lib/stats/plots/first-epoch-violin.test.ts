import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { firstEpochViolin } from './first-epoch-violin';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

const MIN = 60e9;
const run = (nn: string, minutes: number | null, rest: Partial<TestRun> = {}): TestRun => ({
	nn,
	...rest,
	trials: [
		[1, 0.5, minutes === null ? null : minutes * MIN],
		[2, 0.5, 1_000 * MIN],
	],
});
const ROWS = allRows(
	columnsOf([
		run('A', 2),
		run('A', 6),
		run('B', 10),
		run('C', 100),
		run('D', null),
		run('A', 8, { dataset: 'mnist' }),
		run('U', 50, { task: 'img-segmentation', dataset: 'coco', metric: 'iou' }),
	]),
);

describe('first-epoch-violin', () => {
	it('takes the mean time of each net at epoch 1 on each dataset of the task', () => {
		const figure = firstEpochViolin.draw(ROWS, {});
		expect(textsOf(figure, 'Dataset')).toEqual(['cifar-10', 'mnist']);
		expect(numbersOf(figure, 'Nets')).toEqual([3, 1]);
		expect(numbersOf(figure, 'Without a time')).toEqual([1, 0]);
		// Means of 4, 10 and 100 minutes.
		expect(numbersOf(figure, 'Lower quartile')).toEqual([7 * MIN, 8 * MIN]);
		expect(numbersOf(figure, 'Median')).toEqual([10 * MIN, 8 * MIN]);
		expect(numbersOf(figure, 'Upper quartile')).toEqual([55 * MIN, 8 * MIN]);
		expect(figure.used).toBe(5);
		expect(figure.notes).toEqual([
			'No violin, because the times are all equal: mnist.',
			'Nets without a recorded time left out: cifar-10 1.',
		]);
	});

	it('is symmetric, widest at its densest, and goes two bandwidths beyond the data in logarithms', () => {
		const [body] = tracesOf(firstEpochViolin.draw(ROWS, {}), 'scatter');
		const x = Array.from(body?.x ?? [], Number);
		const y = Array.from(body?.y ?? [], Number);
		expect(x).toHaveLength(201);
		expect(Math.max(...x)).toBeCloseTo(0.4, 12);
		expect(Math.min(...x)).toBeCloseTo(-0.4, 12);
		for (let i = 0; i < 100; i++) {
			expect(x[i]).toBeCloseTo(-(x[199 - i] ?? NaN), 12);
			expect(y[i]).toBe(y[199 - i]);
		}
		const logs = [4, 10, 100].map(Math.log10);
		const mean = logs.reduce((a, b) => a + b) / 3;
		const std = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 2);
		const beyond = 2 * std * 3 ** -0.2;
		expect(Math.log10(y[0] ?? NaN)).toBeCloseTo(Math.log10(4) - beyond, 12);
		expect(Math.log10(y[99] ?? NaN)).toBeCloseTo(2 + beyond, 12);
	});

	it('draws a point for each net at its time, around the middle of its violin', () => {
		const figure = firstEpochViolin.draw(ROWS, {});
		const points = tracesOf(figure, 'scatter').filter(({ mode }) => mode === 'markers');
		expect(points.map(({ y }) => [...y])).toEqual([[4, 10, 100], [8]]);
		expect(points[0]?.text?.[1]).toBe('B<br>Mean 10 min (600,000,000,000 ns)');
		expect(figure.layout.yaxis?.type).toBe('log');
	});

	it('draws 1,050 of more nets as points and says so', () => {
		const figure = firstEpochViolin.draw(manyNets(4_000), {});
		const points = tracesOf(figure, 'scatter').find(({ mode }) => mode === 'markers');
		expect(points?.x).toHaveLength(1_050);
		expect(numbersOf(figure, 'Nets')).toEqual([4_000]);
		expect(figure.notes).toEqual([
			'Nets drawn as points: cifar-10 1,050 of 4,000; violins and quartiles are of all.',
		]);
	});

	it('shows the task of the chosen leaderboard', () => {
		const board = { task: 'img-segmentation', dataset: 'coco', metric: 'iou' };
		const figure = firstEpochViolin.draw(ROWS, { board });
		expect(textsOf(figure, 'Dataset')).toEqual(['coco']);
		expect(figure.within).toEqual({ task: ['img-segmentation'], epoch: { min: 1, max: 1 } });
	});

	it('has the quartiles of nn-stat on release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		expect(facts.first_epoch_duration.length).toBeGreaterThan(5);
		for (const fact of facts.first_epoch_duration) {
			const metric = fact.task === 'img-segmentation' ? 'iou' : 'acc';
			const board = { task: fact.task, dataset: fact.dataset, metric };
			const figure = firstEpochViolin.draw(rows, { board, mode: 'lemur' });
			const at = textsOf(figure, 'Dataset').indexOf(fact.dataset);
			const [, nets, missing, shortest, ...rest] = figure.table.map(({ values }) =>
				Number(values[at]),
			);
			expect([Number(nets) + Number(missing), missing]).toEqual([fact.models, fact.missing]);
			const wanted = [fact.min, ...fact.quartiles_of_model_means, fact.max];
			for (const [i, ns] of [shortest, ...rest].entries())
				expect(Number(ns) / (wanted[i] ?? NaN)).toBeCloseTo(1, 12);
		}
	});
});

itSurvives(firstEpochViolin);
