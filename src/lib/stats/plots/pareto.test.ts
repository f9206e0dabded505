import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { pareto } from './pareto';
import type { Figure } from './plot';
import { itSurvives } from './survives';

const S = 1e9;
const run = (nn: string, trials: TestRun['trials'], lr = 0.1): TestRun => ({
	nn,
	prm: { lr },
	trials,
});
const rows = allRows(
	columnsOf([
		// Its best row is late, but an early one is on the frontier.
		run('slow', [
			[1, 0.5, 2 * S],
			[2, 0.9, 300 * S],
		]),
		run('slow', [[1, 0.6, 10 * S]], 0.2),
		// Slower than a better one.
		run('dominated', [[1, 0.4, 20 * S]]),
		run('fast', [[1, 0.1, 1 * S]]),
		run('untimed', [[1, 0.95, null]]),
		// As fast as another and better: only the better counts.
		run('twin', [[1, 0.55, 2 * S]]),
	]),
);
const frontierOf = (figure: Figure) => {
	const on = textsOf(figure, 'Shown as').map((what) => what === 'frontier');
	const of = (title: string) => numbersOf(figure, title).filter((_, i) => on[i]);
	return of('Time so far').map((time, i) => [time / S, of('Accuracy')[i]]);
};

describe('pareto', () => {
	it('draws the frontier over every record with a time', () => {
		const figure = pareto.draw(rows, { top: 2 });
		expect(frontierOf(figure)).toEqual([
			[1, 0.1],
			[2, 0.55],
			[10, 0.6],
			[300, 0.9],
		]);
		expect(figure.used).toBe(6);
		expect(figure.notes).toEqual([
			'1 record without a recorded time cannot be placed here, and no best net is chosen by it.',
		]);
		expect(figure.summary).toBe(
			'The frontier over 6 records of img-classification, cifar-10, Accuracy with a time has 4 points, from 0.1000 after 1 s (fast, epoch 1) to 0.9000 after 5 min (slow, epoch 2).',
		);
	});

	it('draws the best of each run: the best nets in colours, the others muted', () => {
		const traces = tracesOf(pareto.draw(rows, { top: 2 }), 'scatter');
		expect(traces.map(({ name, x }) => [name, x.length])).toEqual([
			['Other runs', 2],
			['slow', 2],
			['twin', 1],
			['Frontier', 4],
		]);
		expect(traces[1]?.text?.[1]).toBe('slow<br>Epoch 1: 0.6000<br>10 s (10,000,000,000 ns) so far');
	});

	it('looks only at the best of each run of the best nets, as nn-stat does', () => {
		const figure = pareto.draw(rows, { mode: 'lemur', top: 2 });
		expect(frontierOf(figure)).toEqual([
			[2, 0.55],
			[10, 0.6],
			[300, 0.9],
		]);
		expect(figure.used).toBe(3);
		expect(figure.within?.nn).toEqual(['slow', 'twin']);
	});

	it('says so where no record has a time', () => {
		const untimed = allRows(columnsOf([run('A', [[1, 0.5, null]])]));
		expect(pareto.draw(untimed, {}).empty).toContain('recorded time');
	});

	it('does not draw a frontier of one point, as nn-stat does not', () => {
		const single = allRows(columnsOf([run('A', [[1, 0.5, S]])]));
		const figure = pareto.draw(single, { mode: 'lemur' });
		expect(tracesOf(figure, 'scatter').map(({ name }) => name)).toEqual(['A']);
		expect(figure.notes).toEqual(['As in nn-stat, a frontier of a single point is not drawn.']);
	});

	it('has a logarithmic axis for a span of more than two decades', () => {
		expect(pareto.draw(rows, {}).layout.xaxis?.type).toBe('log');
		const narrow = { ...rows, ids: rows.ids.filter((t) => rows.columns.duration[t]! > 5 * S) };
		expect(pareto.draw(narrow, {}).layout.xaxis?.type).toBe('linear');
	});

	it('samples what it draws of very many runs, and says so', () => {
		const many = manyNets(30_000);
		const figure = pareto.draw(many, {});
		const drawn = tracesOf(figure, 'scatter')[0]?.x.length ?? 0;
		expect(drawn).toBeGreaterThan(4_900);
		expect(drawn).toBeLessThanOrEqual(5_000);
		expect(figure.notes).toEqual([
			`${drawn.toLocaleString('en-US')} of 29,988 other runs drawn and listed; the frontier is over all 30,000 records. A saved CSV or JSON has all.`,
		]);
		expect(figure.used).toBe(30_000);
	});

	it('lists every run in a file, and draws no more for it', () => {
		const many = manyNets(30_000);
		const figure = pareto.draw(many, { whole: true });
		expect(figure.data).toEqual(pareto.draw(many, {}).data);
		const shown = textsOf(figure, 'Shown as');
		expect(shown.filter((what) => what === 'other run')).toHaveLength(29_988);
	});
});

itSurvives(pareto);
