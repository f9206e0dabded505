import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { density } from './density';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';

const runs = (nn: string, accuracies: number[]): TestRun[] =>
	accuracies.map((accuracy, i) => ({
		nn,
		prm: { lr: i + 1 },
		trials: [
			[1, accuracy, 1e9],
			[2, accuracy / 2, 2e9],
		],
	}));
const rows = allRows(
	columnsOf([
		...runs('two', [0.9, 0.8]),
		...runs('three', [0.2, 0.4, 0.6]),
		...runs('equal', [0.5, 0.5, 0.5]),
	]),
);

/** The density of 0.2, 0.4, 0.6 by its definition: the bandwidth is their standard deviation, 0.2. */
function expected(x: number): number {
	const kernel = (value: number) => Math.exp(-(((x - value) / 0.2) ** 2) / 2);
	return (kernel(0.2) + kernel(0.4) + kernel(0.6)) / (3 * 0.2 * Math.sqrt(2 * Math.PI));
}

describe('density', () => {
	it('is a Gaussian kernel density with the standard deviation as its bandwidth', () => {
		const figure = density.draw(rows, {});
		const own = textsOf(figure, 'Net').map((name) => name === 'three');
		const of = (title: string) => numbersOf(figure, title).filter((_, i) => own[i]);
		const x = of('Best of a run');
		const y = of('Density');
		expect(x).toHaveLength(300);
		expect([x[0], x[299]]).toEqual([0.2, 0.6]);
		for (const [i, at] of x.entries()) expect(y[i]).toBeCloseTo(expected(at), 9);
		expect(new Set(of('Median'))).toEqual(new Set([0.4]));
		expect(new Set(of('Runs'))).toEqual(new Set([3]));
	});

	it('draws a dashed median that its curve’s entry of the legend hides', () => {
		const traces = tracesOf(density.draw(rows, {}), 'scatter');
		const curve = traces.find(({ name }) => name === 'three');
		expect(curve).toMatchObject({ fill: 'tozeroy' });
		const median = traces.find((one) => one !== curve && one.legendgroup === curve?.legendgroup);
		expect(median).toMatchObject({ x: [0.4, 0.4], showlegend: false, line: { dash: 'dash' } });
	});

	it('draws only a line where all runs are equal, and says so', () => {
		const figure = density.draw(rows, {});
		const lines = tracesOf(figure, 'scatter').filter(({ name }) => name === 'equal');
		expect(lines.map(({ x }) => x)).toEqual([[0.5, 0.5]]);
		expect(figure.notes).toContain(
			'The runs of 1 net all have the same best value, so there is only a line there.',
		);
		expect(figure.notes[0]).toBe('1 net of these records has fewer than 3 runs and is left out.');
	});

	it('takes the best nets first as nn-stat does, so that none may be left', () => {
		const figure = density.draw(rows, { mode: 'lemur', top: 1 });
		expect(figure.empty).toContain('3 runs');
		expect(density.draw(rows, { top: 1 }).empty).toBe(undefined);
	});

	it('filters to what is drawn', () => {
		const { brush, within } = density.draw(rows, {});
		expect(brush).toEqual({ x: { field: 'accuracy', scale: 1 } });
		expect(within).toMatchObject({ dataset: ['cifar-10'], nn: ['equal', 'three'] });
	});
});

itSurvives(density);
