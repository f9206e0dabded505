import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { correlation } from './correlation';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { oracleOf } from './oracle';
import type { Figure } from './plot';
import { itSurvives } from './survives';

const HOUR = 3_600e9;
const ROWS = allRows(
	columnsOf([
		{
			prm: { lr: 1, batch: 4 },
			trials: [
				[1, 0.25, HOUR],
				[2, 0.5, 2 * HOUR],
			],
		},
		{
			prm: { lr: 2, batch: 4 },
			trials: [
				[1, 0.5, null],
				[2, 0.25, 4 * HOUR],
			],
		},
		{ prm: { lr: 4, dropout: 0.5 }, trials: [[1, 0.75, 8 * HOUR]] },
	]),
);

/** r and n of a pair, in whichever order it stands. */
function pair(figure: Figure, a: string, b: string): { r: number; n: number } {
	const [first, second] = [textsOf(figure, 'First'), textsOf(figure, 'Second')];
	const at = first.findIndex(
		(name, i) => (name === a && second[i] === b) || (name === b && second[i] === a),
	);
	return {
		r: numbersOf(figure, 'Pearson’s r')[at] ?? NaN,
		n: numbersOf(figure, 'Pairs')[at] ?? NaN,
	};
}

describe('correlation', () => {
	it('has r of every pair over the rows that have both, by hand', () => {
		const figure = correlation.draw(ROWS, {});
		// Accuracies .25 .5 .5 .25 .75 against lr 1 1 2 2 4: 0.75 / √(0.175 × 6).
		const { r, n } = pair(figure, 'Accuracy', 'lr');
		expect(r).toBeCloseTo(0.75 / Math.sqrt(0.175 * 6), 14);
		expect(n).toBe(5);
		// Without the row that has no time: .25 .5 .25 .75 against 1 2 4 8 hours.
		const timed = pair(figure, 'Accuracy', 'Time so far');
		expect(timed.n).toBe(4);
		expect(timed.r).toBeCloseTo(1.6875 / Math.sqrt(0.171875 * 28.75), 14);
		expect(figure.used).toBe(5);
	});

	it('leaves out what does not differ, and prints two decimals in the cells', () => {
		const figure = correlation.draw(ROWS, {});
		const [heat] = tracesOf(figure, 'heatmap');
		expect(heat?.x).toEqual(['Accuracy', 'Epoch', 'Time so far', 'lr']);
		expect(heat?.y).toEqual(['lr', 'Time so far', 'Epoch', 'Accuracy']);
		expect(heat?.customdata?.[0]?.[3]).toBe('1.00');
		expect(heat?.customdata?.[0]?.[0]).toBe('0.73');
	});

	it('shows the hyperparameters chosen', () => {
		const rows = allRows(
			columnsOf([
				{ prm: { lr: 1, momentum: 0.5 }, trials: [[1, 0.25]] },
				{ prm: { lr: 2, momentum: 0.25 }, trials: [[1, 0.5]] },
			]),
		);
		const [heat] = tracesOf(correlation.draw(rows, { prm: ['momentum'] }), 'heatmap');
		expect(heat?.x).toEqual(['Accuracy', 'Epoch', 'Time so far', 'momentum']);
	});

	it('leaves cells empty where r is undefined', () => {
		const rows = allRows(columnsOf([{ trials: [[1, 0.25]] }, { trials: [[1, 0.5]] }]));
		const figure = correlation.draw(rows, {});
		expect(pair(figure, 'Accuracy', 'Epoch').r).toBeNaN();
		expect(tracesOf(figure, 'heatmap')[0]?.customdata?.[0]?.[2]).toBe('');
		expect(figure.summary).toContain('no pair has one');
	});

	it('is nn-stat’s matrix on release 1.2.2, with 8 of 16 cells empty', async () => {
		const { rows, drawn } = await oracleOf('1.2.2');
		const [heat] = tracesOf(correlation.draw(rows, { mode: 'lemur' }), 'heatmap');
		const { columns, matrix } = drawn.pearson;
		expect(heat?.x).toEqual(columns);
		const upsideDown = [...(heat?.z ?? [])].reverse();
		for (const [i, row] of matrix.entries())
			for (const [j, r] of row.entries())
				if (Number.isNaN(r)) expect(upsideDown[i]?.[j]).toBeNaN();
				else expect(upsideDown[i]?.[j]).toBeCloseTo(r, 11);
		const texts = heat?.customdata?.flat() ?? [];
		expect(texts.filter((text) => text === '')).toHaveLength(8);
	});

	it('has scipy’s r of accuracy against hyperparameters on release 1.2.2', async () => {
		const { rows, drawn } = await oracleOf('1.2.2');
		const whole = drawn.correlation.filter(({ nn, epoch }) => nn === null && epoch === null);
		expect(whole.length).toBeGreaterThan(0);
		for (const { task, dataset, metric, ...facts } of whole) {
			const board = { task, dataset, metric };
			const figure = correlation.draw(rows, { board, prm: ['lr', 'momentum', 'dropout', 'batch'] });
			const score = String(tracesOf(figure, 'heatmap')[0]?.x[0]);
			for (const name of ['lr', 'momentum', 'dropout', 'batch'] as const) {
				const fact = facts[name];
				// A hyperparameter that no record has is no variable.
				if (!fact || fact.n === 0) continue;
				const { r, n } = pair(figure, score, name);
				expect(n).toBe(fact.n);
				expect(r).toBeCloseTo(fact.pearson, 11);
			}
		}
	});
});

itSurvives(correlation);
