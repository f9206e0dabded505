import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryColumns, columnsOf, plainTrial } from '../testing';
import { allRows } from './bad-input';
import { boardRows, boardsOf, metricRows, rowsOfTasks } from './boards';

const ROWS = allRows(
	columnsOf([
		{ trials: [[1, 0.1]] },
		{ dataset: 'mnist', trials: [[1, 0.2]] },
		{
			task: 'img-segmentation',
			dataset: 'coco',
			metric: 'iou',
			trials: [
				[1, 0.3],
				[2, 0.4],
			],
		},
	]),
);

describe('boardsOf(rows)', () => {
	it('splits the rows by leaderboard, each row once', () => {
		fc.assert(
			fc.property(arbitraryColumns, (columns) => {
				const rows = allRows(columns);
				const boards = boardsOf(rows);
				expect(boards.flatMap(({ ids }) => [...ids]).sort((a, b) => a - b)).toEqual([...rows.ids]);
				for (const { task, dataset, metric, ids } of boards)
					for (const trial of ids)
						expect(plainTrial(columns, trial)).toMatchObject({ task, dataset, metric });
			}),
		);
	});
});

describe('boardRows(rows, options)', () => {
	it('is the largest without a choice, or with a choice that has no rows', () => {
		expect(boardRows(ROWS, {})?.dataset).toBe('coco');
		const board = { task: 'none', dataset: 'none', metric: 'acc' };
		expect(boardRows(ROWS, { board })?.dataset).toBe('coco');
	});

	it('is the choice', () => {
		const board = { task: 'img-classification', dataset: 'mnist', metric: 'acc' };
		expect(boardRows(ROWS, { board })).toEqual({ ...board, ids: Uint32Array.of(1) });
	});
});

describe('metricRows(rows, options)', () => {
	it('is the first of the metrics with most rows, or the choice', () => {
		expect(metricRows(ROWS, {})).toEqual({ metric: 'acc', ids: Uint32Array.of(0, 1) });
		expect(metricRows(ROWS, { metric: 'iou' })?.ids).toEqual(Uint32Array.of(2, 3));
		expect(metricRows({ ...ROWS, ids: new Uint32Array(0) }, {})).toBeUndefined();
	});
});

describe('rowsOfTasks(rows, wanted)', () => {
	it('is the same array where every row is wanted', () => {
		expect(rowsOfTasks(ROWS, [true, true, true])).toBe(ROWS.ids);
		expect(rowsOfTasks(ROWS, [false, true, false])).toEqual(Uint32Array.of(1));
	});
});
