import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { numbersOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';
import { topTime } from './top-time';

const MINUTE = 60e9;
const rows = allRows(
	columnsOf([
		{
			nn: 'A',
			prm: { lr: 1 },
			trials: [
				[1, 0.2, 9 * MINUTE],
				[2, 0.4, 10 * MINUTE],
				[3, 0.6, null],
			],
		},
		// Another machine: its second epoch is over before the other's first.
		{
			nn: 'A',
			prm: { lr: 2 },
			trials: [
				[1, 0.4, 5 * MINUTE],
				[2, 0.6, 2 * MINUTE],
			],
		},
		{ nn: 'B', dataset: 'mnist', trials: [[1, 0.9, null]] },
	]),
);

describe('top-time', () => {
	it('joins the means of epochs in order of their mean time', () => {
		const figure = topTime.draw(rows, {});
		expect(numbersOf(figure, 'Epoch')).toEqual([2, 1]);
		expect(numbersOf(figure, 'Mean time so far')).toEqual([6 * MINUTE, 7 * MINUTE]);
		expect(tracesOf(figure, 'scatter')[0]?.x).toEqual(Float64Array.of(6, 7));
		expect(figure.layout.xaxis?.title?.text).toBe('Mean time since the start of the run (minutes)');
		expect(figure.brush?.x).toEqual({ field: 'duration', scale: MINUTE });
		expect(tracesOf(figure, 'scatter')[0]?.text?.[0]).toBe(
			'A on cifar-10<br>Epoch 2<br>Mean 0.5000 of 2 records<br>Mean 6 min (360,000,000,000 ns) so far',
		);
	});

	it('says which datasets and epochs have no time', () => {
		const { notes, layout } = topTime.draw(rows, {});
		expect(layout.annotations?.map(({ text }) => text)).toEqual(['cifar-10']);
		expect(notes).toContain('No time is recorded for the best nets of mnist.');
		expect(notes).toContain('1 epoch of a net without a recorded time cannot be placed.');
	});
});

itSurvives(topTime);
