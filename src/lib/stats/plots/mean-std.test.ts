import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { meanStd } from './mean-std';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

const HOUR = 3_600e9;
const RUNS: TestRun[] = [
	{
		nn: 'A',
		trials: [
			[1, 0.25, HOUR],
			[2, 0.5, 2 * HOUR],
			[5, 0.75, 5 * HOUR],
		],
	},
	{
		nn: 'A',
		trials: [
			[1, 0.75, 3 * HOUR],
			[5, 0.25, null],
		],
	},
	{ nn: 'B', trials: [[1, 0.875, HOUR]] },
	{ nn: 'U', task: 'img-segmentation', dataset: 'coco', metric: 'iou', trials: [[1, 0.125]] },
	{ nn: 'S', task: 'obj-detection', dataset: 'coco', metric: 'map', trials: [[1, 0.0625]] },
];
const ROWS = allRows(columnsOf(RUNS));

describe('mean-std', () => {
	it('has mean, ddof-1 deviation, n and mean time of each net and epoch, the best net first', () => {
		const figure = meanStd.draw(ROWS, {});
		expect(textsOf(figure, 'Net')).toEqual(['B', 'A', 'A', 'A']);
		expect(numbersOf(figure, 'Epoch')).toEqual([1, 1, 2, 5]);
		expect(numbersOf(figure, 'Mean Accuracy')).toEqual([0.875, 0.5, 0.5, 0.5]);
		const [, std, none, wide] = numbersOf(figure, 'Standard deviation');
		expect(std).toBeCloseTo(Math.SQRT1_2 / 2, 15);
		expect(none).toBeNaN();
		expect(wide).toBeCloseTo(Math.SQRT1_2 / 2, 15);
		expect(numbersOf(figure, 'Records')).toEqual([1, 2, 1, 2]);
		expect(numbersOf(figure, 'Mean time so far')).toEqual([HOUR, 2 * HOUR, 2 * HOUR, 5 * HOUR]);
		expect(figure.used).toBe(6);
		expect(figure.summary).toBe(
			'2 nets: the highest mean Accuracy is 0.8750, of B at epoch 1 (n = 1).',
		);
		expect(figure.notes).toEqual(['2 of 4 means drawn rest on one record and have no band.']);
	});

	it('breaks the band where one record has no deviation, and shows it with its line', () => {
		const [, , band, line] = tracesOf(meanStd.draw(ROWS, {}), 'scatter');
		// Epochs 1 and 5 forth and back; epoch 2 between them is a gap.
		expect([...(band?.x ?? [])]).toEqual([1, 1, NaN, 5, 5]);
		expect(band?.y[0]).toBeCloseTo(0.5 + Math.SQRT1_2 / 2, 15);
		expect(band?.y[1]).toBeCloseTo(0.5 - Math.SQRT1_2 / 2, 15);
		expect(band?.fill).toBe('toself');
		expect(band?.legendgroup).toBe(line?.legendgroup);
		expect(line).toMatchObject({ name: 'A', mode: 'lines+markers' });
		expect([...(line?.x ?? [])]).toEqual([1, 2, 5]);
	});

	it('draws the chosen leaderboard, also one that LEMUR drops', () => {
		const board = { task: 'obj-detection', dataset: 'coco', metric: 'map' };
		expect(numbersOf(meanStd.draw(ROWS, { board }), 'Mean mAP@0.5 (LEMUR)')).toEqual([0.0625]);
		const lemur = meanStd.draw(ROWS, { board, mode: 'lemur' });
		expect(lemur.empty).toContain('accuracy and IoU only');
	});

	it('draws 10 nets, or every one as LEMUR does, joined by colour', () => {
		const rows = manyNets(150);
		const ten = meanStd.draw(rows, {});
		expect(new Set(textsOf(ten, 'Net')).size).toBe(10);
		expect(ten.notes[0]).toBe('Drawn: 10 nets of 150, those of the highest mean at an epoch.');
		const best = numbersOf(ten, 'Mean Accuracy');
		expect(best).toEqual([...best].sort((a, b) => b - a));
		const every = meanStd.draw(rows, { mode: 'lemur' });
		expect(new Set(textsOf(every, 'Net')).size).toBe(150);
		expect(every.data).toHaveLength(16);
		const drawn = tracesOf(every, 'scatter').flatMap(({ name, y }) => (name ? [...y] : []));
		expect(drawn.filter((value) => !Number.isNaN(value))).toHaveLength(150);
	});

	it('has the means of release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		for (const spot of facts.spot_rows.slice(0, 40)) {
			const { task, dataset, metric, nn, epoch } = spot;
			const figure = meanStd.draw(rows, { board: { task, dataset, metric }, mode: 'lemur' });
			const nets = textsOf(figure, 'Net');
			const epochs = numbersOf(figure, 'Epoch');
			const at = nets.findIndex((name, i) => name === nn && epochs[i] === epoch);
			const [, , mean, std, n, time] = figure.table.map(({ values }) => Number(values[at]));
			expect(mean).toBeCloseTo(spot.mean, 13);
			if (Number.isNaN(spot.std_ddof1)) expect(std).toBeNaN();
			else expect(std).toBeCloseTo(spot.std_ddof1, 10);
			expect(n).toBe(spot.n);
			expect((time ?? NaN) / spot.duration_mean).toBeCloseTo(1, 12);
		}
	});
});

itSurvives(meanStd);
