import { describe, expect, it } from 'vitest';
import { escapeLatex, latexTable } from '../../stats/export/latex';
import { writeDelimited } from '../../stats/export/delimited';
import type { RunDetail } from '../../stats/run-detail';
import {
	asExport,
	asPaper,
	chartsOfRuns,
	compareFields,
	deltaTo,
	runNames,
	signed,
} from './comparison';

function run(change: Partial<RunDetail> = {}): RunDetail {
	const none = new Float64Array(0);
	const band = {
		name: 'Net',
		task: 't',
		dataset: 'd',
		metric: 'acc',
		runs: 2,
		best: 0.9,
		epoch: Uint16Array.of(1, 2),
		n: Uint32Array.of(2, 2),
		mean: none,
		std: Float64Array.of(0.1, 0.01),
		min: none,
		p5: none,
		q1: none,
		median: none,
		q3: none,
		p95: none,
		max: none,
	};
	return {
		trial: 0,
		task: 't',
		dataset: 'd',
		metric: 'acc',
		nn: 'Net',
		transform: 'norm_32',
		uid: 'u1',
		repeat: 0,
		source: 'lemur',
		epoch: 2,
		accuracy: 0.5,
		duration: 60e9,
		prm: [{ name: 'lr', value: 0.1, text: '0.1' }],
		file: '',
		json: '',
		epochs: Uint16Array.of(1, 2),
		accuracies: Float64Array.of(0.4, 0.5),
		durations: none,
		trials: new Uint32Array(0),
		band,
		percentile: 0.5,
		rank: 3,
		rankOf: 1000,
		...change,
	};
}

describe('compareFields(runs)', () => {
	const rows = compareFields([
		run(),
		run({ accuracy: 0.50001, duration: NaN, prm: [{ name: 'a_b', value: 1, text: '1' }] }),
	]);

	it('puts differing fields first and compares exact values', () => {
		const differing = rows.filter(({ differs }) => differs).map(({ id }) => id);
		expect(differing).toEqual(['accuracy', 'duration', 'prm.a_b', 'prm.lr']);
		expect(rows.slice(0, differing.length).map(({ id }) => id)).toEqual(differing);
		expect(rows[0]?.values).toEqual([
			{ text: '0.5000', exact: '0.5' },
			{ text: '0.5000', exact: '0.50001' },
		]);
	});

	it('leaves a missing value blank', () => {
		expect(rows.find(({ id }) => id === 'duration')?.values[1]).toEqual({ text: '', exact: '' });
		expect(rows.find(({ id }) => id === 'prm.lr')?.values[1]?.text).toBe('');
	});

	it('finds no difference between equal runs', () => {
		expect(compareFields([run(), run()]).some(({ differs }) => differs)).toBe(false);
	});
});

describe('deltaTo(baseline, run)', () => {
	it('subtracts results of one leaderboard only', () => {
		expect(deltaTo(run(), run({ accuracy: 0.75 }))).toEqual({ value: 0.25, within: false });
		expect(deltaTo(run(), run({ metric: 'iou' })).value).toBeUndefined();
		expect(deltaTo(run(), run({ dataset: 'other' })).value).toBeUndefined();
	});

	it('calls a difference within the spread of the baseline’s net neutral', () => {
		expect(deltaTo(run(), run({ accuracy: 0.505 })).within).toBe(true);
		expect(deltaTo(run({ epoch: 9 }), run()).within).toBe(false);
	});

	it('is printed with its sign', () => {
		expect([signed(0.25), signed(-0.00004), signed(0)]).toEqual(['+0.2500', '−0.0000', '+0.0000']);
	});
});

describe('charts and exports of a comparison', () => {
	const runs = [run(), run({ uid: 'u2', accuracy: 0.75 }), run({ nn: 'B_1', metric: 'iou' })];

	it('names repeated nets apart', () => {
		expect(runNames(runs)).toEqual(['Net @2 #1', 'Net @2 #2', 'B_1 @2']);
	});

	it('never draws two metrics on one axis; the baseline alone is dashed', () => {
		const charts = chartsOfRuns(runs);
		expect(charts.map(({ series }) => series.map(({ dashed }) => dashed))).toEqual([
			[true, false],
			[false],
		]);
	});

	it('writes exact values to CSV', () => {
		const table = asExport(compareFields(runs), runNames(runs), 'title', 'link');
		const text = new TextDecoder().decode(writeDelimited(table, {}, () => undefined));
		expect(text).toMatch(/^field,Net @2 #1,Net @2 #2,B_1 @2\r\n/);
		expect(text).toContain('accuracy,0.5,0.75,0.5\r\n');
	});

	it('marks the best only among comparable runs, and escapes', () => {
		const heading = { title: 'x', link: 'y', plainText: escapeLatex };
		expect(latexTable(asPaper(compareFields(runs), runs, heading))).not.toContain('textbf');
		const two = runs.slice(0, 2);
		const latex = latexTable(asPaper(compareFields(two), two, heading));
		expect(latex).toContain('0.5000 & \\textbf{0.7500}');
		expect(latex).toContain('norm\\_32');
	});
});
