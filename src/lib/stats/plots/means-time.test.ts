import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf } from './figure-reading';
import { meansTime } from './means-time';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

const HOUR = 3_600e9;
const ROWS = allRows(
	columnsOf([
		{
			nn: 'A',
			trials: [
				[1, 0.25, HOUR],
				[2, 0.5, 4 * HOUR],
			],
		},
		{
			nn: 'A',
			trials: [
				[1, 0.75, 3 * HOUR],
				[2, 0.5, null],
			],
		},
		{ nn: 'A', dataset: 'mnist', trials: [[1, 0.875, HOUR]] },
		{ nn: 'N', dataset: 'mnist', trials: [[1, 0.875, null]] },
		{
			nn: 'U',
			task: 'img-segmentation',
			dataset: 'coco',
			metric: 'iou',
			trials: [[1, 0.125, HOUR]],
		},
		{ nn: 'S', task: 'obj-detection', dataset: 'coco', metric: 'map', trials: [[1, 0.0625, HOUR]] },
	]),
);

describe('means-time', () => {
	it('draws the mean of each net and epoch at its mean recorded time, by dataset', () => {
		const figure = meansTime.draw(ROWS, {});
		expect(figure.data.map(({ name }) => name)).toEqual(['cifar-10', 'mnist']);
		expect(textsOf(figure, 'Dataset')).toEqual(['cifar-10', 'cifar-10', 'mnist']);
		expect(numbersOf(figure, 'Mean Accuracy')).toEqual([0.5, 0.5, 0.875]);
		expect(numbersOf(figure, 'Mean time so far')).toEqual([2 * HOUR, 4 * HOUR, HOUR]);
		expect(numbersOf(figure, 'Records')).toEqual([2, 2, 1]);
		expect(figure.layout.xaxis?.title?.text).toBe('Mean time since the start of the run (hours)');
		expect(figure.notes).toEqual(['1 mean without a recorded time cannot be placed here.']);
		expect(figure.summary).toBe(
			'3 means of a net at an epoch, after 1 h to 4 h: the highest Accuracy is 0.8750, of A on mnist at epoch 1 after 1 h.',
		);
	});

	it('colours by task as LEMUR does, and has accuracy and IoU only', () => {
		const lemur = meansTime.draw(ROWS, { mode: 'lemur' });
		expect(lemur.data.map(({ name }) => name)).toEqual(['img-classification']);
		const iou = meansTime.draw(ROWS, { mode: 'lemur', metric: 'iou' });
		expect(numbersOf(iou, 'Mean IoU (mean)')).toEqual([0.125]);
		expect(meansTime.draw(ROWS, { mode: 'lemur', metric: 'map' }).empty).toContain('only');
		expect(numbersOf(meansTime.draw(ROWS, { metric: 'map' }), 'Records')).toEqual([1]);
	});

	it('draws what lies in the zoomed part', () => {
		const window = { xMin: 1.5, xMax: 4.5, yMin: 0, yMax: 0.6 };
		const figure = meansTime.draw(ROWS, { window });
		expect(numbersOf(figure, 'Epoch')).toEqual([1, 2]);
		expect(figure.notes[0]).toBe('2 of 3 means lie in this part; all of them are drawn.');
		expect(figure.layout.xaxis?.range).toEqual([1.5, 4.5]);
	});

	it('draws 5,000 of more means and says so; its sentence is of all', () => {
		const figure = meansTime.draw(manyNets(30_000), {});
		const drawn = numbersOf(figure, 'Records').length;
		expect(drawn).toBeLessThanOrEqual(5_000);
		expect(figure.notes[0]).toContain('of 30,000 means drawn');
		expect(figure.summary).toContain('30,000 means');
		const file = meansTime.draw(manyNets(30_000), { whole: true });
		expect(numbersOf(file, 'Records')).toHaveLength(30_000);
		expect(file.data).toEqual(figure.data);
	});

	it('has the means of release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		const figure = meansTime.draw(rows, { mode: 'lemur', metric: 'acc', whole: true });
		const means = numbersOf(figure, 'Mean Accuracy');
		expect(means).toHaveLength(8_419);
		expect(means.reduce((a, b) => a + b)).toBeCloseTo(
			Number(facts.process['sum_accuracy_mean']),
			8,
		);
	});
});

itSurvives(meansTime);
