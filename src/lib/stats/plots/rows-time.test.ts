import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf } from './figure-reading';
import { rowsTime } from './rows-time';
import { itSurvives } from './survives';

const HOUR = 3_600e9;
const ROWS = allRows(
	columnsOf([
		{
			nn: 'A',
			trials: [
				[1, 0.25, HOUR],
				[3, 0.5, 3 * HOUR],
			],
		},
		{ nn: 'B', dataset: 'mnist', trials: [[2, 0.75, null]] },
	]),
);

describe('rows-time', () => {
	it('draws cumulative time in one unit, and counts what has none', () => {
		const { data, layout, notes, used, brush, summary } = rowsTime.draw(ROWS, {});
		expect(layout.xaxis?.title?.text).toBe('Time since the start of the run (hours)');
		expect(data.map((trace) => 'x' in trace && [...trace.x])).toEqual([[1, 3]]);
		expect(data[0]?.text?.[0]).toBe('A<br>Epoch 1<br>1 h (3,600,000,000,000 ns) so far');
		expect(notes).toEqual(['1 record without a recorded time cannot be placed here.']);
		expect(used).toBe(2);
		expect(brush?.x).toEqual({ field: 'duration', scale: HOUR });
		expect(summary).toBe(
			'2 records over 1 h to 3 h since the start of the run: Accuracy from 0.2500 to 0.5000.',
		);
	});

	it('keeps every value inside its default range', () => {
		const { layout } = rowsTime.draw(ROWS, {});
		const [from = NaN, to = NaN] = layout.xaxis?.range ?? [];
		expect(from).toBeLessThan(1);
		expect(to).toBeGreaterThan(3);
		expect(layout.yaxis?.range?.[0]).toBeLessThan(0.25);
		expect(layout.yaxis?.range?.[1]).toBeGreaterThan(0.5);
	});

	it('zooms in the unit of the whole, not of the part', () => {
		const window = { xMin: 0.5, xMax: 1.5, yMin: 0, yMax: 1 };
		const { layout, table, brush } = rowsTime.draw(ROWS, { window });
		expect(layout.xaxis?.title?.text).toContain('hours');
		expect(brush?.x?.scale).toBe(HOUR);
		expect(table.find(({ title }) => title === 'Net')?.values).toEqual(['A']);
	});

	it('counts every record of a density once', () => {
		const figure = rowsTime.draw(manyNets(25_000), {});
		expect(numbersOf(figure, 'Records').reduce((a, b) => a + b)).toBe(25_000);
		expect(figure.table.map(({ title }) => title).slice(0, 2)).toEqual([
			'Time so far from',
			'Time so far to',
		]);
	});

	it('says so where no record has a time', () => {
		const rows = allRows(columnsOf([{ trials: [[1, 0.5, null]] }]));
		expect(rowsTime.draw(rows, {}).empty).toContain('recorded time');
	});
});

itSurvives(rowsTime);
