import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { ciLine } from './ci-line';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';

/** Epochs 1, 2, … of runs, one list a run. */
const runs = (nn: string, accuracies: number[][]): TestRun[] =>
	accuracies.map((values, i) => ({
		nn,
		prm: { lr: i + 1 },
		trials: values.map((accuracy, e) => [e + 1, accuracy, (e + 1) * 1e9] as const),
	}));
const FIVE = [0.5, 0.6, 0.7, 0.8, 0.9];
const rows = allRows(
	columnsOf([
		...runs(
			'A',
			FIVE.map((value, i) => (i === 0 ? [value] : [value, value / 2])),
		),
		...runs('best', [[0.99, 0.99]]),
		...runs(
			'B',
			FIVE.map(() => [0.3, 0.2]),
		),
	]),
);

describe('ci-line', () => {
	it('is the mean of all records at an epoch with its Student-t interval', () => {
		const figure = ciLine.draw(rows, {});
		// A has 4 records at epoch 2.
		expect(textsOf(figure, 'Net')).toEqual(['A', 'B', 'B']);
		expect(numbersOf(figure, 'Epoch')).toEqual([1, 1, 2]);
		expect(numbersOf(figure, 'Records')).toEqual([5, 5, 5]);
		const half = 2.7764451051977934 * Math.sqrt(0.025 / 5);
		expect(numbersOf(figure, 'Mean')[0]).toBeCloseTo(0.7, 12);
		expect(numbersOf(figure, '95 % from')[0]).toBeCloseTo(0.7 - half, 9);
		expect(numbersOf(figure, '95 % to')[0]).toBeCloseTo(0.7 + half, 9);
		// Five equal values: nothing is unsure.
		expect(numbersOf(figure, '95 % from').slice(1)).toEqual([0.3, 0.2]);
		expect(figure.notes).toEqual([
			'1 net of these records has fewer than 5 runs and is left out.',
			'1 epoch with fewer than 5 records of a net is left out.',
		]);
	});

	it('shows and hides a band with its line', () => {
		const [band, line] = tracesOf(ciLine.draw(rows, {}), 'scatter');
		expect(line).toMatchObject({ name: 'A', legendgroup: '0' });
		expect(band).toMatchObject({ legendgroup: '0', showlegend: false, fill: 'toself' });
		expect(line?.text?.[0]).toBe(
			'A<br>Epoch 1<br>Mean 0.7000 (95 % interval 0.5037 to 0.8963)<br>5 records',
		);
	});

	it('takes the best nets however few their runs, as nn-stat does', () => {
		const figure = ciLine.draw(rows, { mode: 'lemur', top: 2 });
		expect(new Set(textsOf(figure, 'Net'))).toEqual(new Set(['A']));
		expect(figure.notes).toContain('Nothing is left to draw of 1 net.');
		expect(ciLine.draw(rows, { mode: 'lemur', top: 1 }).empty).toContain('5 records');
	});
});

itSurvives(ciLine);
