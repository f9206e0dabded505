import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { contour } from './contour';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';

const run = (
	prm: NonNullable<TestRun['prm']>,
	accuracy: number,
	transform = 'norm_32',
): TestRun => ({
	prm,
	transform,
	trials: [
		[1, accuracy / 2, 1e9],
		[2, accuracy, 2e9],
	],
});
/** Accuracy rises with lr and not with momentum; both are spread evenly, no value twice. */
const slope = allRows(
	columnsOf(
		Array.from({ length: 900 }, (_, i) => {
			const lr = (0.5 + i * 0.7548776662) % 1;
			return run({ lr, momentum: (0.5 + i * 0.569840291) % 1 }, 0.1 + 0.8 * lr, `t${i}`);
		}),
	),
);

describe('contour', () => {
	it('has a cell for each pair of values that runs share', () => {
		const rows = allRows(
			columnsOf(
				[8, 8, 16, 16].flatMap((batch, i) => [
					run({ batch, momentum: 0.9 }, 0.2 + i / 10, `t${i}`),
					run({ batch, momentum: 0.5 }, 0.1, `t${i}`),
				]),
			),
		);
		const figure = contour.draw(rows, { prm: ['batch', 'momentum'] });
		expect(numbersOf(figure, 'batch from')).toEqual([8, 16, 8, 16]);
		expect(numbersOf(figure, 'momentum from')).toEqual([0.5, 0.5, 0.9, 0.9]);
		expect(numbersOf(figure, 'Runs')).toEqual([2, 2, 2, 2]);
		for (const [i, mean] of [0.1, 0.1, 0.25, 0.45].entries())
			expect(numbersOf(figure, 'Local mean of Accuracy')[i]).toBeCloseTo(mean, 12);
		expect(numbersOf(figure, 'Highest Accuracy')).toEqual([0.1, 0.1, 0.30000000000000004, 0.5]);
		expect(figure.summary).toContain('8 runs of img-classification, cifar-10, Accuracy over batch');
		expect(figure.summary).toContain('highest, 0.4500, at batch 16 and momentum 0.9');
		expect(figure.summary).toContain('the best run reaches 0.5000 at batch 16 and momentum 0.9.');
	});

	it('draws level lines where both axes are scales, across the slope', () => {
		const [lines] = tracesOf(contour.draw(slope, {}), 'scatter');
		expect(lines?.name).toMatch(/^Levels 0\.\d to 0\.\d$/);
		const xs = Array.from(lines?.x ?? [], Number).filter((x) => !Number.isNaN(x));
		const levels = new Set(xs.map((x) => x.toFixed(1)));
		expect(levels.size).toBeGreaterThan(3);
		expect(levels.size).toBeLessThan(14);
	});

	it('colours by what is near: it rises along lr and hardly changes along momentum', () => {
		const figure = contour.draw(slope, {});
		const lr = numbersOf(figure, 'lr from');
		const means = numbersOf(figure, 'Local mean of Accuracy');
		const column = means.filter((_, i) => lr[i] === lr[10]);
		expect(column.length).toBeGreaterThan(20);
		expect(Math.max(...column) - Math.min(...column)).toBeLessThan(0.05);
		const row = means.slice(0, 48);
		for (const at of [0, 12, 24, 36]) expect(row[at + 11]! - row[at]!).toBeGreaterThan(0.1);
	});

	it('marks the best runs, and says that others are not drawn', () => {
		const figure = contour.draw(slope, {});
		const points = tracesOf(figure, 'scatter').filter(({ mode }) => mode === 'markers');
		expect(points.map(({ name, x }) => [name, x.length])).toEqual([
			['Best 100 runs', 99],
			['Best run', 1],
		]);
		expect(points[1]?.x[0]).toBeGreaterThan(0.998);
		expect(points[1]?.text?.[0]).toMatch(/Best at epoch 2: 0\.89\d\d$/);
		expect(figure.notes).toEqual([
			'Colours are of all 900 runs; the best 100 are drawn as points.',
		]);
	});

	it('brushes both hyperparameters, but no choices', () => {
		expect(contour.draw(slope, {}).brush).toEqual({
			x: { field: 'prm.lr', scale: 1 },
			y: { field: 'prm.momentum', scale: 1 },
		});
		const figure = contour.draw(slope, { prm: ['transform', 'lr', 'momentum'] });
		expect(figure.brush).toEqual({ y: { field: 'prm.lr', scale: 1 } });
		expect(textsOf(figure, 'transform')[0]).toMatch(/^t\d+$/);
		expect(figure.notes.at(-1)).toBe(
			'Two hyperparameters are drawn at a time: the first of 3 chosen.',
		);
	});

	it('says what is missing', () => {
		const one = allRows(columnsOf([{ prm: { lr: 1 }, trials: [[1, 0.5]] }]));
		expect(contour.draw(one, { prm: ['lr'] }).empty).toBe(undefined);
		const apart = allRows(columnsOf([run({ lr: 1 }, 0.5), run({ gamma: 1 }, 0.5)]));
		expect(contour.draw(apart, { prm: ['lr', 'gamma'] }).empty).toContain('has both lr and gamma');
	});
});

itSurvives(contour);
