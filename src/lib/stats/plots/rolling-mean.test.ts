import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { oracleOf } from './oracle';
import { rollingMean } from './rolling-mean';
import { itSurvives } from './survives';

const ROWS = allRows(
	columnsOf([
		{
			nn: 'A',
			trials: [
				[1, 0.125],
				[2, 0.25],
				[3, 0.375],
				[4, 0.5],
				[5, 0.625],
				[9, 0.75],
			],
		},
		{
			nn: 'B',
			trials: [
				[1, 0.875],
				[2, 1],
			],
		},
	]),
);
const ROLLED = 'Rolling mean Accuracy';

describe('rolling-mean', () => {
	it('averages the last five epochs present of each net alone', () => {
		const figure = rollingMean.draw(ROWS, {});
		expect(textsOf(figure, 'Net')).toEqual(['B', 'B', ...Array<string>(6).fill('A')]);
		expect(numbersOf(figure, ROLLED)).toEqual([
			0.875, 0.9375, 0.125, 0.1875, 0.25, 0.3125, 0.375, 0.5,
		]);
		expect(figure.notes).toEqual([]);
		expect(figure.summary).toBe(
			'2 nets: the highest rolling mean of Accuracy is 0.9375, of B at epoch 2.',
		);
	});

	it('runs on over the border of nets in the order of names, as LEMUR does', () => {
		const figure = rollingMean.draw(ROWS, { mode: 'lemur' });
		expect(textsOf(figure, 'Net').slice(-2)).toEqual(['B', 'B']);
		// B at epoch 1: 0.375, 0.5, 0.625, 0.75 of A and 0.875.
		expect(numbersOf(figure, ROLLED).slice(-2)).toEqual([0.625, 0.75]);
		expect(figure.notes.join()).toContain('the net before it');
	});

	it('shows and hides a mean with its dotted rolling mean', () => {
		const [mean, rolled] = tracesOf(rollingMean.draw(ROWS, {}), 'scatter');
		expect(mean).toMatchObject({ name: 'B', legendgroup: '0' });
		expect(rolled).toMatchObject({ legendgroup: '0', showlegend: false, line: { dash: 'dot' } });
	});

	it('draws the first ten nets as LEMUR does, or the ten of the highest mean', () => {
		const first = rollingMean.draw(manyNets(30), { mode: 'lemur' });
		expect([...new Set(textsOf(first, 'Net'))]).toEqual(
			Array.from({ length: 10 }, (_, i) => `net-0000${i}`),
		);
		const best = rollingMean.draw(manyNets(30), {});
		const values = numbersOf(best, 'Mean Accuracy');
		expect(values).toEqual([...values].sort((a, b) => b - a));
		expect(best.notes).toEqual(['Drawn: 10 nets of 30, those of the highest mean at an epoch.']);
	});

	it('draws the curves of nn-stat on release 1.2.2, and regrouped ones in the corrected figure', async () => {
		const { rows, drawn } = await oracleOf('1.2.2');
		expect(drawn.rolling.length).toBeGreaterThan(1);
		for (const { task, dataset, metric, models } of drawn.rolling) {
			const board = { task, dataset, metric };
			const lemur = rollingMean.draw(rows, { board, mode: 'lemur' });
			expectCurves(
				numbersOf(lemur, ROLLED_OF(metric)),
				models.flatMap((one) => one.as_drawn),
			);
			expect([...new Set(textsOf(lemur, 'Net'))]).toEqual(models.map(({ nn }) => nn));
			const corrected = rollingMean.draw(rows, { board, top: 100_000 });
			const nets = textsOf(corrected, 'Net');
			const values = numbersOf(corrected, ROLLED_OF(metric));
			for (const { nn, regrouped } of models)
				expectCurves(
					values.filter((_, i) => nets[i] === nn),
					regrouped,
				);
		}
	});
});

const ROLLED_OF = (metric: string) => (metric === 'acc' ? ROLLED : 'Rolling mean IoU (mean)');

function expectCurves(actual: readonly number[], expected: readonly number[]): void {
	expect(actual).toHaveLength(expected.length);
	for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 12);
}

itSurvives(rollingMean);
