import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { firstEpochBar } from './first-epoch-bar';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

const MIN = 60e9;
const ROWS = allRows(
	columnsOf([
		{
			nn: 'B',
			trials: [
				[1, 0.1, 10 * MIN],
				[2, 0.2, 99 * MIN],
			],
		},
		{ nn: 'B', trials: [[1, 0.1, 20 * MIN]] },
		{ nn: 'B', dataset: 'mnist', trials: [[1, 0.1, 4 * MIN]] },
		{ nn: 'A', trials: [[1, 0.1, 30 * MIN]] },
		{ nn: 'A', trials: [[1, 0.1, null]] },
		{ nn: 'C', trials: [[2, 0.1, 5 * MIN]] },
	]),
);

describe('first-epoch-bar', () => {
	it('draws the median of each net and dataset at epoch 1, most records first', () => {
		const figure = firstEpochBar.draw(ROWS, {});
		expect(textsOf(figure, 'Net')).toEqual(['A', 'B', 'B']);
		expect(textsOf(figure, 'Dataset')).toEqual(['cifar-10', 'cifar-10', 'mnist']);
		expect(numbersOf(figure, 'Median time')).toEqual([30 * MIN, 15 * MIN, 4 * MIN]);
		expect(numbersOf(figure, 'Records')).toEqual([1, 2, 1]);
		expect(figure.layout.xaxis?.ticktext).toEqual(['B', 'A']);
		const [cifar, mnist] = tracesOf(figure, 'bar');
		expect(cifar).toMatchObject({ name: 'cifar-10', x: [1, 0], y: [30, 15] });
		expect(mnist).toMatchObject({ name: 'mnist', x: [0], y: [4] });
		expect(figure.used).toBe(4);
		expect(figure.notes).toEqual(['1 record of epoch 1 without a time left out.']);
		expect(figure.summary).toBe(
			'4 records of epoch 1: median times of 2 nets on their datasets, from 4 min to 30 min.',
		);
	});

	it('draws the 20 nets with most records, and says how many it leaves out', () => {
		const figure = firstEpochBar.draw(manyNets(100), {});
		expect(new Set(textsOf(figure, 'Net')).size).toBe(20);
		expect(figure.notes).toEqual(['Drawn: 20 nets of 100, those with most records.']);
		expect(figure.used).toBe(100);
	});

	it('draws every net by name as LEMUR does', () => {
		const figure = firstEpochBar.draw(manyNets(100), { mode: 'lemur' });
		expect(new Set(textsOf(figure, 'Net')).size).toBe(100);
		expect(figure.layout.xaxis?.ticktext).toHaveLength(50);
	});

	it('keeps tasks of one dataset apart, which LEMUR joins', () => {
		const rows = allRows(
			columnsOf([
				{ task: 'a', dataset: 'coco', trials: [[1, 0.1, MIN]] },
				{ task: 'b', dataset: 'coco', trials: [[1, 0.1, 3 * MIN]] },
			]),
		);
		expect(firstEpochBar.draw(rows, {}).data.map(({ name }) => name)).toEqual([
			'a, coco',
			'b, coco',
		]);
		const joined = firstEpochBar.draw(rows, { mode: 'lemur' });
		expect(numbersOf(joined, 'Median time')).toEqual([2 * MIN]);
		expect(joined.data.map(({ name }) => name)).toEqual(['coco']);
	});

	it('has nothing to draw without epoch 1', () => {
		const rows = allRows(columnsOf([{ trials: [[2, 0.1, MIN]] }]));
		expect(firstEpochBar.draw(rows, {}).empty).toContain('epoch 1');
	});

	it('has the medians of release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		const figure = firstEpochBar.draw(rows, { mode: 'lemur' });
		const medians = numbersOf(figure, 'Median time');
		const { spot, ...whole } = facts.median_first_epoch_duration;
		expect(medians).toHaveLength(whole.rows);
		expect(medians.reduce((a, b) => a + b)).toBeCloseTo(whole.sum, -4);
		for (const { row, nn, dataset, median_duration, n } of spot) {
			expect([textsOf(figure, 'Net')[row], textsOf(figure, 'Dataset')[row]]).toEqual([nn, dataset]);
			expect([medians[row], numbersOf(figure, 'Records')[row]]).toEqual([median_duration, n]);
		}
	});
});

itSurvives(firstEpochBar);
