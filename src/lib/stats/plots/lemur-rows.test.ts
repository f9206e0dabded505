import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { aggregatedRows, drawnBoard, scoreAxis } from './lemur-rows';

const board = (task: string, metric: string) => ({ task, dataset: 'coco', metric });
const rows = allRows(
	columnsOf([
		{
			...board('obj-detection', 'map'),
			trials: [
				[1, 0.1],
				[2, 0.2],
				[3, 0.3],
			],
		},
		{ ...board('img-segmentation', 'iou'), trials: [[1, 0.4]] },
	]),
);

it('drops all metrics but accuracy and IoU, as LEMUR’s process step does', () => {
	const { columns, ids } = aggregatedRows(rows);
	expect(Array.from(ids, (trial) => columns.accuracy[trial])).toEqual([0.4]);
});

describe('drawnBoard(rows, options)', () => {
	const metricOf = (found: ReturnType<typeof drawnBoard>) =>
		typeof found === 'string' ? found : found.metric;

	it('is the one with most rows; LEMUR’s is the largest that it aggregates', () => {
		expect(metricOf(drawnBoard(rows, {}))).toBe('map');
		expect(metricOf(drawnBoard(rows, { mode: 'lemur' }))).toBe('iou');
	});

	it('says why LEMUR draws none', () => {
		const chosen = { mode: 'lemur', board: board('obj-detection', 'map') } as const;
		expect(metricOf(drawnBoard(rows, chosen))).toContain('not for obj-detection, coco, mAP');
		const only = { ...rows, ids: rows.ids.filter((t) => rows.columns.accuracy[t]! < 0.35) };
		expect(metricOf(drawnBoard(only, { mode: 'lemur' }))).toContain('no record of either');
		expect(metricOf(drawnBoard({ ...rows, ids: new Uint32Array(0) }, {}))).toContain('No record');
	});
});

it('never calls a metric mere accuracy, unless all are mixed', () => {
	expect(scoreAxis('iou').title?.text).toBe('IoU (mean) (fraction)');
	expect(scoreAxis(undefined).title?.text).toBe('accuracy (every metric, fraction)');
});
