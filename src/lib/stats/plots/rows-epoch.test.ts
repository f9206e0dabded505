import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf } from './figure-reading';
import { rowsEpoch } from './rows-epoch';
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
		{ nn: 'U', task: 'img-segmentation', dataset: 'coco', metric: 'iou', trials: [[4, 0.125]] },
	]),
);

describe('rows-epoch', () => {
	it('draws one metric, a series a dataset, and the exact rows in its table', () => {
		const { data, table, used, brush, within, notes } = rowsEpoch.draw(ROWS, {});
		expect(data.map(({ name }) => name)).toEqual(['cifar-10', 'mnist']);
		expect(data.map((trace) => 'x' in trace && [...trace.x])).toEqual([[1, 3], [2]]);
		expect(table.map(({ title, values }) => [title, [...values]])).toEqual([
			['Task', Array(3).fill('img-classification')],
			['Dataset', ['cifar-10', 'cifar-10', 'mnist']],
			['Metric', ['acc', 'acc', 'acc']],
			['Net', ['A', 'A', 'B']],
			['Epoch', [1, 3, 2]],
			['Accuracy', [0.25, 0.5, 0.75]],
			['Time so far', [HOUR, 3 * HOUR, NaN]],
		]);
		expect(used).toBe(3);
		expect(brush).toEqual({
			x: { field: 'epoch', scale: 1 },
			y: { field: 'accuracy', scale: 1 },
		});
		expect(within).toEqual({ metric: ['acc'] });
		expect(notes).toEqual([]);
	});

	it('draws the chosen metric', () => {
		const { table, summary } = rowsEpoch.draw(ROWS, { metric: 'iou' });
		expect(table.find(({ title }) => title === 'IoU (mean)')?.values).toEqual(
			Float64Array.of(0.125),
		);
		expect(summary).toBe('1 record at epoch 4: IoU (mean) from 0.1250 to 0.1250.');
	});

	it('mixes the metrics on one axis and colours by task, as LEMUR does', () => {
		const { data, used, within, notes } = rowsEpoch.draw(ROWS, { mode: 'lemur' });
		expect(data.map(({ name }) => name)).toEqual(['img-classification', 'img-segmentation']);
		expect(used).toBe(4);
		expect(within).toBeUndefined();
		expect(notes.join()).toContain('every metric shares one axis');
	});

	it('draws a density above 20,000 records, whose counts add up to all of them', () => {
		const rows = manyNets(20_001);
		const figure = rowsEpoch.draw(rows, {});
		const { data, notes, used } = figure;
		expect(data.map(({ type }) => type)).toEqual(['heatmap']);
		expect(notes).toEqual(['Density of all 20,001 records; zoom in for points.']);
		expect(numbersOf(figure, 'Records').reduce((a, b) => a + b)).toBe(20_001);
		expect(new Set(numbersOf(figure, 'Epoch'))).toEqual(new Set([1]));
		expect(used).toBe(20_001);
	});

	it('draws points where the zoomed part has few enough, at any place of the window', () => {
		const window = { xMin: 0.5, xMax: 1.5, yMin: 0.5, yMax: 0.6 };
		const { data, notes, layout, table } = rowsEpoch.draw(manyNets(20_001), { window });
		expect(data.map(({ type }) => type)).toEqual(['scatter']);
		const drawn = table.find(({ title }) => title === 'Accuracy')?.values ?? [];
		// 10,000 accuracies i / 10,000 two times and once more 0: those from 0.5 to 0.6, both ends in.
		expect(drawn).toHaveLength(2_002);
		expect(notes).toEqual(['2,002 of 20,001 records lie in this part; all of them are drawn.']);
		expect(layout.xaxis?.range).toEqual([0.5, 1.5]);
		expect(layout.yaxis?.range).toEqual([0.5, 0.6]);
	});

	it('gives each epoch a column of its own', () => {
		const few = manyNets(30_000);
		const epoch = Uint16Array.from(few.ids, (i) => (i % 7) + 1);
		const { data } = rowsEpoch.draw({ ...few, columns: { ...few.columns, epoch } }, {});
		expect(data[0] && 'x' in data[0] && [...data[0].x]).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});
});

itSurvives(rowsEpoch);
