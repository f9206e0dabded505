import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { numbersOf, tracesOf } from './figure-reading';
import { histogram } from './histogram';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

const of = (accuracies: readonly number[], rest: object = {}) =>
	accuracies.map((value) => ({ ...rest, trials: [[1, value] as const] }));
const ROWS = allRows(
	columnsOf([
		...of([0, 0.25, 0.5, 0.5, 0.75, 1]),
		...of([0.125], { task: 'img-segmentation', dataset: 'coco', metric: 'iou' }),
	]),
);

describe('histogram', () => {
	it('counts one metric in 30 equal bins, the last one closed', () => {
		const figure = histogram.draw(ROWS, {});
		const counts = numbersOf(figure, 'Records');
		expect(counts).toHaveLength(30);
		expect(counts.flatMap((n, bin) => (n > 0 ? [[bin, n]] : []))).toEqual([
			[0, 1],
			[7, 1],
			[15, 2],
			[22, 1],
			[29, 1],
		]);
		expect(numbersOf(figure, 'From')[15]).toBe(0.5);
		expect(figure.used).toBe(6);
		expect(figure.within).toEqual({ metric: ['acc'] });
		expect(figure.summary).toContain('median 0.5000');
	});

	it('counts every metric together as LEMUR does, and says so', () => {
		const figure = histogram.draw(ROWS, { mode: 'lemur' });
		expect(figure.used).toBe(7);
		expect(figure.notes.join()).toContain('counted together');
		expect(figure.within).toBeUndefined();
	});

	it('has bars that touch', () => {
		const [bars] = tracesOf(histogram.draw(ROWS, {}), 'bar');
		const [first = NaN, second = NaN] = Array.from(bars?.x ?? [], Number);
		expect(second - first).toBeCloseTo(Number(bars?.width), 15);
	});

	it('scales the density to the area of the bars: n × width × the kernels within', () => {
		const [curve] = tracesOf(histogram.draw(ROWS, {}), 'scatter');
		const [x, y] = [Array.from(curve?.x ?? [], Number), Array.from(curve?.y ?? [], Number)];
		expect([x.length, x[0], x.at(-1)]).toEqual([200, 0, 1]);
		// By hand at 0.5: Scott's bandwidth of the six values, each kernel at its distance.
		const values = [0, 0.25, 0.5, 0.5, 0.75, 1];
		const std = Math.sqrt(values.reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / 5);
		const width = std * 6 ** -0.2;
		const at = (place: number) =>
			values.reduce((sum, v) => sum + Math.exp(-0.5 * ((place - v) / width) ** 2), 0) /
			(width * Math.sqrt(2 * Math.PI));
		for (const i of [0, 77, 199]) expect(y[i]).toBeCloseTo(at(x[i] ?? NaN) / 30, 12);
	});

	it('has the edges and counts of nn-stat on release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		const whole = facts.histograms.find(({ of }) => of.startsWith('accuracy of every row'));
		const figure = histogram.draw(rows, { mode: 'lemur' });
		expect(figure.used).toBe(whole?.n);
		expect(numbersOf(figure, 'Records')).toEqual(whole?.counts);
		for (const [i, edge] of numbersOf(figure, 'To').entries())
			expect(edge).toBeCloseTo(whole?.edges[i + 1] ?? NaN, 12);
	});
});

itSurvives(histogram);
