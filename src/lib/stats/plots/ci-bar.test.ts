import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { ciBar } from './ci-bar';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';

const runs = (nn: string, accuracies: number[]): TestRun[] =>
	accuracies.map((accuracy, i) => ({ nn, prm: { lr: i + 1 }, trials: [[1, accuracy, 1e9]] }));
/** One has 4 runs and the highest mean; the others 5 and 6. */
const rows = allRows(
	columnsOf([
		...runs('few', [0.9, 0.9, 0.9, 0.9]),
		...runs('good', [0.5, 0.6, 0.7, 0.8, 0.9]),
		...runs('poor', [0.1, 0.1, 0.1, 0.3, 0.3, 0.3]),
	]),
);

describe('ci-bar', () => {
	it('gives the Student-t interval of the best values per run', () => {
		const figure = ciBar.draw(rows, {});
		expect(textsOf(figure, 'Net')).toEqual(['good', 'poor']);
		expect(numbersOf(figure, 'Runs')).toEqual([5, 6]);
		// Mean 0.7, standard deviation √0.025, t of 4 degrees of freedom 2.7764451051978.
		const half = 2.7764451051977934 * Math.sqrt(0.025 / 5);
		expect(numbersOf(figure, 'Mean best per run')[0]).toBeCloseTo(0.7, 12);
		expect(numbersOf(figure, '95 % from')[0]).toBeCloseTo(0.7 - half, 9);
		expect(numbersOf(figure, '95 % to')[0]).toBeCloseTo(0.7 + half, 9);
		const [bars] = tracesOf(figure, 'bar');
		expect(Number(bars?.error_x?.array[0])).toBeCloseTo(half, 9);
		expect(Number(bars?.error_x?.arrayminus[0])).toBeCloseTo(half, 9);
		expect(bars?.hovertext?.[0]).toBe(
			'good<br>Mean best per run 0.7000 (95 % interval 0.5037 to 0.8963)<br>5 runs',
		);
	});

	it('counts the nets that it passes over', () => {
		expect(ciBar.draw(rows, { top: 2 }).notes).toEqual([
			'1 net with a higher mean has fewer than 5 runs and is left out.',
		]);
		expect(ciBar.draw(rows, {}).notes).toEqual([
			'1 net of these records has fewer than 5 runs and is left out.',
		]);
	});

	it('leaves nets of few runs out after it took the best, as nn-stat does', () => {
		const figure = ciBar.draw(rows, { mode: 'lemur', top: 2 });
		expect(textsOf(figure, 'Net')).toEqual(['good']);
		expect(figure.notes).toContain('1 net of the 2 best has fewer than 5 runs and is left out.');
		expect(ciBar.draw(rows, { mode: 'lemur', top: 1 }).empty).toContain('5 runs');
	});
});

itSurvives(ciBar);
