import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { boxTask } from './box-task';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { oracleOf } from './oracle';
import { itSurvives } from './survives';

const row = (accuracy: number, rest: Partial<TestRun> = {}): TestRun => ({
	...rest,
	trials: [[1, accuracy]],
});
const ROWS = allRows(
	columnsOf([
		...[0.25, 0.25, 0.3, 0.35, 0.9].map((value) => row(value)),
		row(0.5, { task: 'txt-generation', dataset: 'wikitext', nn: 'LSTM' }),
		row(0.75, { task: 'txt-generation', dataset: 'wikitext', nn: 'LSTM', metric: 'ppl' }),
	]),
);

describe('box-task', () => {
	it('boxes every record of an epoch and task, one metric at a time', () => {
		const figure = boxTask.draw(ROWS, {});
		expect(textsOf(figure, 'Task')).toEqual(['img-classification', 'txt-generation']);
		expect(numbersOf(figure, 'Records')).toEqual([5, 1]);
		expect(numbersOf(figure, 'Median')).toEqual([0.3, 0.5]);
		expect(numbersOf(figure, 'Upper whisker')).toEqual([0.35, 0.5]);
		expect(numbersOf(figure, 'Outside')).toEqual([1, 0]);
		expect(figure.used).toBe(6);
		expect(figure.within).toEqual({ metric: ['acc'] });
	});

	it('mixes the metrics of a task as LEMUR does, and says so', () => {
		const figure = boxTask.draw(ROWS, { mode: 'lemur' });
		expect(numbersOf(figure, 'Records')).toEqual([5, 2]);
		expect(numbersOf(figure, 'Median')).toEqual([0.3, 0.625]);
		expect(figure.notes.join()).toContain('every metric');
	});

	it('sets the tasks of an epoch side by side within its room, outside points with their boxes', () => {
		const figure = boxTask.draw(ROWS, {});
		const [left, right] = tracesOf(figure, 'box');
		const [a, b] = [Number(left?.x[0]), Number(right?.x[0])];
		expect((a + b) / 2).toBe(1);
		expect(b - a).toBeGreaterThanOrEqual(Number(left?.width));
		expect(b + Number(right?.width) / 2).toBeLessThanOrEqual(1.5);
		const outside = tracesOf(figure, 'scatter').find(({ name }) => name?.includes('outside'));
		expect([[...(outside?.x ?? [])], [...(outside?.y ?? [])]]).toEqual([[a], [0.9]]);
	});

	it('draws some of very many points outside, and says so; counts are of all', () => {
		const many = Array.from({ length: 40_000 }, (_, i) => (i % 4 === 0 ? 1 - i / 1e6 : 0.001));
		const trials = manyTrials(many);
		const figure = boxTask.draw(trials, {});
		expect(numbersOf(figure, 'Outside')).toEqual([10_000]);
		const outside = tracesOf(figure, 'scatter').find(({ name }) => name?.includes('outside'));
		expect(outside?.x.length).toBeLessThanOrEqual(5_001);
		expect(Math.max(...Array.from(outside?.y ?? [], Number))).toBe(1);
		expect(figure.notes[0]).toMatch(/^5,00\d of 10,000 records outside the whiskers drawn\.$/);
	});

	it('has the boxes of nn-stat on release 1.2.2', async () => {
		const { rows, facts } = await oracleOf('1.2.2');
		expect(facts.box_raw.length).toBeGreaterThan(3);
		const figure = boxTask.draw(rows, { mode: 'lemur' });
		const [tasks, epochs] = [textsOf(figure, 'Task'), numbersOf(figure, 'Epoch')];
		for (const fact of facts.box_raw) {
			const at = tasks.findIndex((task, i) => task === fact.task && epochs[i] === fact.epoch);
			const { n, mean, q1, median, q3, whisker_low, whisker_high, fliers_n } = fact;
			const wanted = [n, mean, whisker_low, q1, median, q3, whisker_high, fliers_n].map(Number);
			const actual = figure.table.slice(2).map(({ values }) => Number(values[at]));
			for (const [j, value] of wanted.entries()) expect(actual[j]).toBeCloseTo(value, 12);
		}
	});
});

/** Records of one net at epoch 1, in as many runs. */
function manyTrials(accuracies: readonly number[]) {
	const { columns } = allRows(columnsOf([row(0.5)]));
	const count = accuracies.length;
	const each = Uint32Array.from({ length: count + 1 }, (_, i) => i);
	const zeros = { transform: new Uint16Array(count), source: new Uint8Array(count) };
	const runs = { ...columns.runs, ...zeros, count, config: new Uint32Array(count), start: each };
	const trials = {
		run: each.subarray(0, count),
		epoch: new Uint16Array(count).fill(1),
		accuracy: Float64Array.from(accuracies),
		duration: new Float64Array(count).fill(1e9),
	};
	return allRows({ ...columns, runs, count, ...trials });
}

itSurvives(boxTask);
