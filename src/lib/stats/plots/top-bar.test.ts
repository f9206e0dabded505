import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';
import { topBar } from './top-bar';

const run = (nn: string, accuracies: number[], lr: number, dataset = 'cifar-10'): TestRun => ({
	nn,
	dataset,
	prm: { lr },
	trials: accuracies.map((accuracy, i) => [i + 1, accuracy, (i + 1) * 1e9] as const),
});
/** Best per run of A: 0.4 and 0.6; of B: 0.9; of C: 0.3 here, 1 on an easier dataset. */
const rows = allRows(
	columnsOf([
		run('A', [0.2, 0.4], 0.1),
		run('A', [0.6, 0.5], 0.2),
		run('B', [0.9], 0.1),
		run('C', [0.3, 0.1, 0.3], 0.1),
		run('C', [1], 0.1, 'mnist'),
	]),
);

describe('top-bar', () => {
	it('ranks the nets of a leaderboard by their mean best per run', () => {
		const figure = topBar.draw(rows, {});
		expect(textsOf(figure, 'Net')).toEqual(['B', 'A', 'C']);
		expect(numbersOf(figure, 'Mean best per run')).toEqual([0.9, 0.5, 0.3]);
		expect(numbersOf(figure, 'Runs')).toEqual([1, 2, 1]);
		expect(figure.used).toBe(8);
		expect(figure.notes).toEqual([]);
		expect(figure.summary).toBe(
			'Of 3 nets of img-classification, cifar-10, Accuracy, B has the highest mean best Accuracy per run, 0.9000, and C is number 3 with 0.3000.',
		);
	});

	it('puts the best on top, with four decimals at the end of its bar', () => {
		const figure = topBar.draw(rows, { top: 2 });
		const [bars] = tracesOf(figure, 'bar');
		expect(bars).toMatchObject({ orientation: 'h', text: ['0.9000', '0.5000'] });
		expect(bars?.hovertext).toEqual([
			'B<br>Mean best per run 0.9000<br>1 run',
			'A<br>Mean best per run 0.5000<br>2 runs',
		]);
		expect(figure.layout.yaxis).toMatchObject({ range: [1.5, -0.5], ticktext: ['B', 'A'] });
	});

	it('averages over the datasets of a task as nn-stat does', () => {
		const figure = topBar.draw(rows, { mode: 'lemur' });
		expect(textsOf(figure, 'Net')).toEqual(['B', 'C', 'A']);
		expect(numbersOf(figure, 'Mean best per run')).toEqual([0.9, 0.65, 0.5]);
		expect(figure.notes).toEqual(['As in nn-stat, 2 datasets are averaged together.']);
	});

	it('keeps apart nets whose shortened names are the same', () => {
		const long = (middle: string) => `${'a'.repeat(40)}${middle}${'b'.repeat(40)}`;
		const alike = allRows(columnsOf([run(long('1'), [0.5], 0.1), run(long('2'), [0.6], 0.1)]));
		const [bars] = tracesOf(topBar.draw(alike, {}), 'bar');
		expect(bars?.y).toEqual(Float64Array.of(0, 1));
	});

	it('says so when it draws fewer nets than were asked for', () => {
		expect(topBar.draw(rows, { top: 1000 }).notes).toEqual([
			'At most 50 nets are drawn in one figure.',
		]);
	});
});

itSurvives(topBar);
