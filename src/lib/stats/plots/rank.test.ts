import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { rank } from './rank';
import { itSurvives } from './survives';

const run = (nn: string, dataset: string, accuracy: number, lr = 0.1): TestRun => ({
	nn,
	dataset,
	prm: { lr },
	trials: [
		[1, accuracy / 2, 1e9],
		[2, accuracy, 2e9],
	],
});
const rows = allRows(
	columnsOf([
		run('A', 'cifar-10', 0.5),
		run('A', 'mnist', 0.9),
		run('B', 'cifar-10', 0.7),
		run('B', 'mnist', 0.9),
		// Two runs: 0.6 in the mean.
		run('C', 'cifar-10', 0.4),
		run('C', 'cifar-10', 0.8, 0.2),
		run('D', 'mnist', 0.99),
	]),
);

describe('rank', () => {
	it('ranks within each dataset; equal values share the lower rank', () => {
		const figure = rank.draw(rows, {});
		// By datasets covered, then by the mean over datasets.
		expect(figure.layout.yaxis?.ticktext).toEqual(['B', 'A', 'D', 'C']);
		expect(figure.layout.xaxis?.ticktext).toEqual(['cifar-10', 'mnist']);
		const [cells] = tracesOf(figure, 'heatmap');
		expect(cells?.z).toEqual([
			[1, 2],
			[3, 2],
			[NaN, 1],
			[2, NaN],
		]);
		expect(cells?.customdata?.[2]).toEqual(['', '1']);
		expect(cells?.hovertext?.[3]).toEqual([
			'C on cifar-10<br>Rank 2<br>Mean best per run 0.6000<br>2 runs',
			'C on mnist<br>no run',
		]);
		expect(figure.summary).toContain('B is first most often');
	});

	it('has every cell in its table', () => {
		const figure = rank.draw(rows, { top: 2 });
		expect(textsOf(figure, 'Net')).toEqual(['B', 'B', 'A', 'A']);
		expect(textsOf(figure, 'Dataset')).toEqual(['cifar-10', 'mnist', 'cifar-10', 'mnist']);
		expect(numbersOf(figure, 'Rank')).toEqual([1, 1, 2, 1]);
		expect(numbersOf(figure, 'Mean best per run')).toEqual([0.7, 0.9, 0.5, 0.9]);
		expect(numbersOf(figure, 'Mean over datasets')[0]).toBeCloseTo(0.8, 12);
	});

	it('gives rank 1 the strongest colour', () => {
		const [cells] = tracesOf(rank.draw(rows, {}), 'heatmap');
		expect(cells).toMatchObject({ zmin: 1, zmax: 3 });
		expect(cells?.colorscale[0]).toEqual([0, '#062a50']);
		expect(cells?.colorscale.at(-1)).toEqual([1, '#e3eefb']);
	});

	it('lists the nets by name as nn-stat does', () => {
		const figure = rank.draw(rows, { mode: 'lemur' });
		expect(figure.layout.yaxis?.ticktext).toEqual(['A', 'B', 'C', 'D']);
		expect(tracesOf(figure, 'heatmap')[0]?.z[1]).toEqual([1, 2]);
	});

	it('keeps to one metric, which nn-stat does not for text generation', () => {
		const text = (metric: string, accuracy: number): TestRun => ({
			...run('R', 'wikitext', accuracy),
			task: 'txt-generation',
			metric,
		});
		const mixed = allRows(columnsOf([text('acc', 0.2), text('ppl', 0.8)]));
		const board = { task: 'txt-generation', dataset: 'wikitext', metric: 'ppl' };
		expect(numbersOf(rank.draw(mixed, { board }), 'Mean best per run')).toEqual([0.8]);
		const lemur = rank.draw(mixed, { board, mode: 'lemur' });
		expect(numbersOf(lemur, 'Mean best per run')).toEqual([0.5]);
		expect(lemur.notes).toContain(
			'As in nn-stat, Accuracy and perplexity score are averaged together.',
		);
	});
});

itSurvives(rank);
