import { describe, expect, test } from 'vitest';
import { readPython } from '../../stats/print/python';
import type { RunDetail } from '../../stats/run-detail';
import { filterOfRun, runPython, runSql } from './code';
import { ordinal } from './words';

const none = new Float64Array(0);
const detail: RunDetail = {
	trial: 0,
	task: 'img-classification',
	dataset: 'cifar-10',
	metric: 'acc',
	nn: "O'Net",
	transform: 'norm_256',
	uid: 'abc',
	repeat: 0,
	source: 'lemur',
	epoch: 5,
	accuracy: 0.9,
	duration: 1e9,
	prm: [
		{ name: 'batch', value: 64, text: '64' },
		{ name: 'epoch', value: 50, text: '50' },
		{ name: 'mode', value: 'fast', text: 'fast' },
		{ name: 'transform', value: 'norm_256', text: 'norm_256' },
	],
	file: '',
	json: '{}',
	epochs: Uint16Array.of(5),
	accuracies: Float64Array.of(0.9),
	durations: Float64Array.of(1e9),
	trials: Uint32Array.of(0),
	band: {
		name: "O'Net",
		task: 'img-classification',
		dataset: 'cifar-10',
		metric: 'acc',
		runs: 1,
		best: 0.9,
		epoch: new Uint16Array(0),
		n: new Uint32Array(0),
		mean: none,
		std: none,
		min: none,
		p5: none,
		q1: none,
		median: none,
		q3: none,
		p95: none,
		max: none,
	},
	percentile: 0.5,
	rank: 3,
	rankOf: 10,
};

describe('a run as code', () => {
	test('Python reads back to a filter of all its names and hyperparameters', () => {
		expect(readPython(runPython(detail))).toEqual(filterOfRun(detail));
		expect(filterOfRun(detail).prm).toEqual({ batch: { min: 64, max: 64 }, mode: ['fast'] });
	});

	test('SQL names the uid beside the configuration, quoted', () => {
		const sql = runSql({ ...detail, uid: "a'b" });
		expect(sql).toContain("s.nn IN ('O''Net')");
		expect(sql.endsWith("AND s.prm = 'a''b';")).toBe(true);
		expect(sql.split(';')).toHaveLength(2);
	});
});

test('ordinal numbers', () => {
	const words = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 1_022].map(ordinal);
	expect(words.join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 1,022nd');
});
