import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';
import { topEpoch } from './top-epoch';

const run = (
	nn: string,
	dataset: string,
	accuracies: number[],
	rest: Partial<TestRun> = {},
): TestRun => ({
	nn,
	dataset,
	trials: accuracies.map((accuracy, i) => [i + 1, accuracy, (i + 1) * 1e9] as const),
	...rest,
});
const rows = allRows(
	columnsOf([
		run('A', 'cifar-10', [0.2, 0.4], { prm: { lr: 1 } }),
		run('A', 'cifar-10', [0.4, 0.6], { prm: { lr: 2 } }),
		run('B', 'cifar-10', [0.3, 0.1]),
		run('B', 'mnist', [0.9, 0.8]),
		run('C', 'cifar-10', [0.05]),
	]),
);

describe('top-epoch', () => {
	it('draws the mean at each epoch of the best nets of each dataset', () => {
		const figure = topEpoch.draw(rows, { top: 2 });
		expect(textsOf(figure, 'Dataset')).toEqual([
			...Array<string>(4).fill('cifar-10'),
			...Array<string>(2).fill('mnist'),
		]);
		expect(textsOf(figure, 'Net')).toEqual(['A', 'A', 'B', 'B', 'B', 'B']);
		expect(numbersOf(figure, 'Epoch')).toEqual([1, 2, 1, 2, 1, 2]);
		const means = numbersOf(figure, 'Mean');
		for (const [i, expected] of [0.3, 0.5, 0.3, 0.1, 0.9, 0.8].entries())
			expect(means[i]).toBeCloseTo(expected, 12);
		expect(numbersOf(figure, 'Records')).toEqual([2, 2, 1, 1, 1, 1]);
		expect(figure.summary).toContain('0.9000 of B on mnist at epoch 1');
	});

	it('gives a net one style and one entry in the legend, and each panel its axes', () => {
		const traces = tracesOf(topEpoch.draw(rows, { top: 2 }), 'scatter');
		const [first, second] = traces.filter(({ name }) => name === 'B');
		expect(first).toMatchObject({ xaxis: 'x', yaxis: 'y', showlegend: true });
		expect(second).toMatchObject({ xaxis: 'x2', yaxis: 'y2', showlegend: false });
		expect(second?.line).toEqual(first?.line);
		expect(second?.legendgroup).toBe(first?.legendgroup);
		const { layout } = topEpoch.draw(rows, {});
		expect(layout.annotations?.map(({ text }) => text)).toEqual(['cifar-10', 'mnist']);
	});

	it('averages both metrics of text generation as nn-stat does', () => {
		const task = 'txt-generation';
		const mixed = allRows(
			columnsOf([
				run('R', 'wikitext', [0.2], { task, metric: 'acc' }),
				run('R', 'wikitext', [0.8], { task, metric: 'ppl' }),
			]),
		);
		const board = { task, dataset: 'wikitext', metric: 'ppl' };
		expect(numbersOf(topEpoch.draw(mixed, { board }), 'Mean')).toEqual([0.8]);
		const lemur = topEpoch.draw(mixed, { board, mode: 'lemur' });
		expect(numbersOf(lemur, 'Mean')).toEqual([0.5]);
		expect(lemur.notes).toEqual([
			'As in nn-stat, Accuracy and perplexity score are averaged together.',
		]);
	});
});

itSurvives(topEpoch);
