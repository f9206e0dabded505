import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { boxEpoch } from './box-epoch';
import { numbersOf, tracesOf } from './figure-reading';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

/** Nets with one record at epoch 2 each, and the first of them a second one. */
const net = (nn: string, accuracy: number): TestRun => ({ nn, trials: [[2, accuracy]] });
const ROWS = allRows(
	columnsOf([
		net('A', 0.125),
		net('A', 0.375),
		net('B', 0.25),
		net('C', 0.3),
		net('D', 0.35),
		net('E', 0.9),
		{ nn: 'F', trials: [[5, 0.5]] },
	]),
);

describe('box-epoch', () => {
	it('boxes the means of the nets, not their records', () => {
		const figure = boxEpoch.draw(ROWS, {});
		// At epoch 2 the means are .25 .25 .3 .35 .9: the record .125 is in none of them alone.
		expect(numbersOf(figure, 'Epoch')).toEqual([2, 5]);
		expect(numbersOf(figure, 'Nets')).toEqual([5, 1]);
		expect(numbersOf(figure, 'Lower quartile')).toEqual([0.25, 0.5]);
		expect(numbersOf(figure, 'Median')).toEqual([0.3, 0.5]);
		expect(numbersOf(figure, 'Upper quartile')).toEqual([0.35, 0.5]);
		expect(numbersOf(figure, 'Upper whisker')).toEqual([0.35, 0.5]);
		expect(numbersOf(figure, 'Outside')).toEqual([1, 0]);
		expect(figure.used).toBe(7);
		expect(figure.summary).toBe(
			'Means of 6 nets at epochs 2 to 5: the median Accuracy is 0.3000 at first and highest, 0.5000, at epoch 5 (1 net).',
		);
	});

	it('puts each box at its epoch, with the means outside by name', () => {
		const figure = boxEpoch.draw(ROWS, {});
		const [box] = tracesOf(figure, 'box');
		expect([...(box?.x ?? [])]).toEqual([2, 5]);
		expect(figure.layout.xaxis?.tickvals).toBeUndefined();
		const outside = tracesOf(figure, 'scatter').find(({ name }) => name === 'Outside');
		expect(outside).toMatchObject({ text: ['E<br>Epoch 2: 0.9000, n = 1'] });
		expect([[...(outside?.x ?? [])], [...(outside?.y ?? [])]]).toEqual([[2], [0.9]]);
	});

	it('labels the (k + 1)th box k as LEMUR does', () => {
		const epochs = Array.from({ length: 25 }, (_, i) => [i + 1, 0.5] as const);
		const figure = boxEpoch.draw(allRows(columnsOf([{ trials: epochs }])), { mode: 'lemur' });
		expect(figure.layout.xaxis).toMatchObject({
			tickvals: [0, 10, 20],
			ticktext: ['0', '10', '20'],
		});
		const [box] = tracesOf(figure, 'box');
		// The label 10 stands under epoch 11.
		expect(numbersOf(figure, 'Epoch')[[...(box?.x ?? [])].indexOf(10)]).toBe(11);
		expect(figure.brush?.x).toBeUndefined();
		expect(figure.notes.join()).toContain('(k + 1)th');
	});

	it('has the boxes of nn-stat on release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		expect(facts.box_per_epoch.length).toBeGreaterThan(1);
		for (const { task, dataset, metric, epochs } of facts.box_per_epoch) {
			const figure = boxEpoch.draw(rows, { board: { task, dataset, metric } });
			expect(numbersOf(figure, 'Epoch')).toEqual(epochs.map(({ epoch }) => epoch));
			for (const [i, fact] of epochs.entries()) {
				const { n, mean, q1, median, q3, whisker_low, whisker_high, fliers_n } = fact;
				const wanted = [n, mean, whisker_low, q1, median, q3, whisker_high, fliers_n].map(Number);
				const actual = figure.table.slice(1).map(({ values }) => Number(values[i]));
				for (const [j, value] of wanted.entries()) expect(actual[j]).toBeCloseTo(value, 13);
			}
		}
	});
});

itSurvives(boxEpoch);
