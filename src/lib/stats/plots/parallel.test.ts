import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { parallel } from './parallel';
import { itSurvives } from './survives';

const run = (nn: string, lr: number, batch: number, accuracy: number): TestRun => ({
	nn,
	prm: { lr, batch },
	transform: batch > 16 ? 'norm_32' : 'echo_64',
	trials: [
		[1, accuracy, 1e9],
		[2, accuracy / 2, 2e9],
	],
});
const rows = allRows(
	columnsOf([
		run('A', 0.001, 8, 0.1),
		run('B', 0.1, 8, 0.2),
		run('C', 0.01, 32, 0.3),
		run('D', 1, 64, 0.5),
	]),
);

describe('parallel', () => {
	it('has a line a run, from axis to axis to what it reached', () => {
		const figure = parallel.draw(rows, { prm: ['lr', 'batch'] });
		const traces = tracesOf(figure, 'scatter');
		expect(traces.map(({ name }) => name)).toEqual([
			'Lowest: 0.1000',
			'0.2000',
			'0.3000',
			'Best: 0.5000',
		]);
		expect(traces[0]?.x).toEqual([0, 1, 2, NaN]);
		const places = traces.map(({ y }) => Array.from(y, Number).slice(0, 3));
		const third = Math.log(4) / Math.log(8);
		const expected = [
			[0, 0, 0],
			[2 / 3, 0, 0.25],
			[1 / 3, third, 0.5],
			[1, 1, 1],
		];
		for (const [i, line] of places.entries())
			for (const [axis, place] of line.entries())
				if (axis !== 1) expect(place).toBeCloseTo(expected[i]![axis]!, 9);
		expect(traces[2]?.text?.[0]).toBe('C<br>lr 0.01<br>batch 32<br>Accuracy 0.3');
		expect(figure.layout.xaxis?.ticktext).toEqual(['lr', 'batch', 'Accuracy']);
		expect(figure.layout.shapes).toHaveLength(3);
	});

	it('labels every axis in its own units', () => {
		const figure = parallel.draw(rows, { prm: ['lr', 'transform'] });
		const at = (axis: number) =>
			(figure.layout.annotations ?? [])
				.filter(({ x }) => Math.round(Number(x)) === axis)
				.map(({ text, y }) => [text, Number(Number(y).toFixed(3))]);
		expect(at(0)).toEqual([
			['0.001', 0],
			['0.01', 0.333],
			['0.1', 0.667],
			['1', 1],
		]);
		expect(at(1)).toEqual([
			['echo_64', 0],
			['norm_32', 1],
		]);
		expect(at(2).map(([text]) => text)).toContain('0.3');
	});

	it('has every run in its table, the best first', () => {
		const figure = parallel.draw(rows, {});
		expect(textsOf(figure, 'Net')).toEqual(['D', 'C', 'B', 'A']);
		expect(numbersOf(figure, 'lr')).toEqual([1, 0.01, 0.1, 0.001]);
		expect(textsOf(figure, 'transform')).toEqual(['norm_32', 'norm_32', 'echo_64', 'echo_64']);
		expect(numbersOf(figure, 'Best Accuracy')).toEqual([0.5, 0.3, 0.2, 0.1]);
		expect(numbersOf(figure, 'At epoch')).toEqual([1, 1, 1, 1]);
		expect(figure.summary).toBe(
			'4 runs of img-classification, cifar-10, Accuracy over lr, batch, transform: the best 1 run reach 0.5000 to 0.5000, with medians of lr 1 (0.055 in all), batch 64 (20 in all).',
		);
	});

	it('draws some lines of very many runs and says so; groups and table are of all', () => {
		const figure = parallel.draw(manyNets(5_000), {});
		const lines = tracesOf(figure, 'scatter').map(
			({ x }) => Array.from(x, Number).filter(Number.isNaN).length,
		);
		expect(lines).toHaveLength(5);
		const drawn = lines.reduce((sum, n) => sum + n, 0);
		expect(drawn).toBeLessThanOrEqual(400);
		expect(figure.notes[0]).toBe(
			`${drawn} of 5,000 runs drawn, about as many of each colour; the groups are of all runs.`,
		);
		expect(numbersOf(figure, 'lr')).toHaveLength(5_000);
		expect(figure.summary).toContain('the best 1,000 runs reach');
	});

	it('says what is missing, and how many hyperparameters there are', () => {
		const apart = allRows(
			columnsOf([
				{ prm: { lr: 1 }, trials: [[1, 0.5]] },
				{ prm: { gamma: 1 }, trials: [[1, 0.5]] },
			]),
		);
		expect(parallel.draw(apart, { prm: ['lr', 'gamma'] }).empty).toContain('all of lr, gamma');
		const many = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`p${i}`, i]));
		const wide = allRows(columnsOf([{ prm: many, trials: [[1, 0.5]] }]));
		expect(parallel.draw(wide, {}).notes).toEqual([
			'5 of 15 hyperparameters drawn; which ones can be chosen.',
		]);
		expect(parallel.draw(wide, { prm: Object.keys(many) }).notes).toEqual([
			'12 of 14 hyperparameters drawn; which ones can be chosen.',
		]);
	});
});

itSurvives(parallel);
