import { describe, expect, it } from 'vitest';
import { allRows } from '../plots/bad-input';
import { columnsOf, type TestRun } from '../testing';
import { makeWorkbook, valueAt } from './testing';
import { planReport } from './write';

const six: TestRun = {
	nn: 'B',
	trials: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((accuracy, i) => [i + 1, accuracy, 10 * i]),
};
const after: TestRun = { nn: 'C', trials: [[1, 1, null]] };
const iou: TestRun = {
	task: 'img-segmentation',
	dataset: 'coco',
	metric: 'iou',
	nn: 'U',
	trials: [
		[1, 0.5],
		[2, 0.7],
	],
};
const map: TestRun = {
	task: 'obj-detection',
	dataset: 'coco',
	metric: 'map',
	nn: 'S',
	trials: [[1, 0.5]],
};
const rowsOf = (...runs: TestRun[]) => allRows(columnsOf(runs));

async function columnOf(column: number, ...runs: TestRun[]) {
	const { book, plan } = await makeWorkbook(rowsOf(...runs), 'lemur-statistics');
	const rows = plan.sheets[0]?.rows ?? 0;
	return Array.from({ length: rows }, (_, row) => valueAt(book, 'Statistics', row + 1, column));
}

describe('lemur-statistics', () => {
	it('takes a mean over up to five rows of one net', async () => {
		const rolling = await columnOf(10, six, after);
		const expected = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 1];
		expect(rolling).toHaveLength(expected.length);
		rolling.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
	});

	it('keeps means of accuracy and of iou in columns of their own', async () => {
		expect(await columnOf(4, six, iou)).toStrictEqual([
			0.1,
			0.2,
			0.3,
			0.4,
			0.5,
			0.6,
			undefined,
			undefined,
		]);
		expect((await columnOf(8, six, iou)).slice(6)).toStrictEqual([0.5, 0.7]);
		expect((await columnOf(10, six, iou)).slice(6)).toStrictEqual([undefined, undefined]);
		expect((await columnOf(7, six, iou)).slice(5)).toStrictEqual(['accuracy', 'iou', 'iou']);
	});

	it('has a deviation only from two rows on, by n − 1', async () => {
		const twice = [six, { nn: 'B', trials: [[1, 0.3, 4]] }] satisfies TestRun[];
		const [first, second] = await columnOf(5, ...twice);
		expect(first).toBeCloseTo(Math.SQRT1_2 * 0.2, 12);
		expect(second).toBeUndefined();
		expect((await columnOf(6, ...twice))[0]).toBe(2);
	});

	it('leaves other metrics out and says so; without any of its own it says why it is empty', () => {
		const plan = planReport(rowsOf(six, map), 'lemur-statistics');
		expect(plan.sheets[0]?.rows).toBe(6);
		expect(plan.notes).toContain(
			'1 record of other metrics (map) left out: the original takes acc and iou only.',
		);
		expect(plan.notes.join()).toContain('There are no rows of the metric iou: the original stops');
		expect(planReport(rowsOf(map), 'lemur-statistics').empty).toContain('metric acc or iou');
	});
});
