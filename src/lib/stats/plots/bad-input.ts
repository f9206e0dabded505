/**
 * Rows that every plot must survive: none, few, without durations, one epoch, all nets, odd names.
 * Test support only; nothing that ships imports it. What a figure must be: `figure-problems.ts`.
 */
import type { TrialColumns } from '../columns';
import { columnsOf, type TestRun } from '../testing';
import type { PlotRows } from './plot';

export interface BadInput {
	/** what is odd about the rows; the name of the test case */
	readonly name: string;
	readonly rows: PlotRows;
}

const HOUR = 3_600e9;
const MARKUP = ['<b>bold</b>', '<a href="https://example.org">link</a>', '=cmd|1', 'a&b<br>c'];

/** @returns all rows of a snapshot */
export function allRows(columns: TrialColumns): PlotRows {
	return { columns, ids: Uint32Array.from({ length: columns.count }, (_, trial) => trial) };
}

/** Accuracy grows with the epoch, an hour each. */
function run(nn: string, epochs: number, rest: Partial<TestRun> = {}): TestRun {
	const trials = Array.from(
		{ length: epochs },
		(_, i) => [i + 1, (i + 1) / (epochs + 1 + nn.length), (i + 1) * HOUR] as const,
	);
	return { nn, trials, ...rest };
}

const rowsOf = (...runs: TestRun[]) => allRows(columnsOf(runs));

function withoutDurations(runs: readonly TestRun[]): TestRun[] {
	return runs.map((one) => ({
		...one,
		trials: one.trials.map(([epoch, accuracy]) => [epoch, accuracy, null] as const),
	}));
}

const PLAIN = [
	run('AlexNet', 6, { prm: { lr: 0.01, batch: 8, momentum: 0.9 } }),
	run('AlexNet', 4, { prm: { lr: 0.1, batch: 16, momentum: 0.5 } }),
	run('ResNet', 5, { prm: { lr: 0.02, batch: 32, momentum: 0.1 } }),
	run('UNet', 3, { task: 'img-segmentation', dataset: 'coco', metric: 'iou', prm: { lr: 0.3 } }),
];
const EQUAL: TestRun[] = ['A', 'B', 'C'].map((nn) => ({
	nn,
	prm: { lr: 0.1 },
	trials: [
		[1, 0.5, HOUR],
		[2, 0.5, HOUR],
	],
}));
const LONG = 'long-name-'.repeat(20);

/**
 * Nets `net-0` … with one trial each under one leaderboard: as many as a filter may leave.
 * Built directly, because the builder for small snapshots is quadratic.
 */
export function manyNets(count: number): PlotRows {
	const each = Uint32Array.from({ length: count }, (_, i) => i);
	return allRows({
		version: 'test',
		count,
		tasks: [{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc' }],
		nns: Array.from(each, (i) => `net-${String(i).padStart(5, '0')}`),
		transforms: ['norm_32'],
		configs: { count, task: new Uint16Array(count), nn: Uint16Array.from(each) },
		runs: {
			count,
			config: each,
			transform: new Uint16Array(count),
			source: new Uint8Array(count),
			start: Uint32Array.from({ length: count + 1 }, (_, i) => i),
			repeat: new Uint16Array(count),
			uid: each,
			prm: new Map([
				['lr', { kind: 'number', values: Float64Array.from(each, (i) => (i % 97) / 97) }],
			]),
		},
		run: each,
		epoch: new Uint16Array(count).fill(1),
		accuracy: Float64Array.from(each, (i) => ((i * 7919) % 10_000) / 10_000),
		duration: Float64Array.from(each, (i) => 1e9 + ((i * 104_729) % 100_000) * 1e7),
	});
}

/** Every plot's test draws each of these in every mode and theme. */
export const BAD_INPUTS: readonly BadInput[] = [
	{ name: 'no row', rows: { ...rowsOf(...PLAIN), ids: new Uint32Array(0) } },
	{ name: 'one row', rows: rowsOf(run('AlexNet', 1)) },
	{ name: 'two rows of one net', rows: rowsOf(run('AlexNet', 2)) },
	{ name: 'two rows of two nets', rows: rowsOf(run('AlexNet', 1), run('ResNet', 1)) },
	{ name: 'one net', rows: rowsOf(...PLAIN.slice(0, 2)) },
	{ name: 'one epoch', rows: rowsOf(run('A', 1), run('B', 1), run('C', 1), run('C', 1)) },
	{ name: 'epoch 0 alone', rows: rowsOf({ nn: 'ga-1', trials: [[0, 0.1, HOUR]] }) },
	{ name: 'no duration', rows: rowsOf(...withoutDurations(PLAIN)) },
	{ name: 'equal values', rows: rowsOf(...EQUAL) },
	{ name: 'several metrics', rows: rowsOf(...PLAIN) },
	{
		name: 'accuracies of 0 and 1, durations of 0',
		rows: rowsOf({
			nn: 'Z',
			trials: [
				[1, 0, 0],
				[2, 1, 0],
			],
		}),
	},
	{
		name: 'names with markup',
		rows: rowsOf(
			...MARKUP.map((name) =>
				run(name, 3, { task: name, dataset: name, prm: { [name]: name, lr: 0.1 } }),
			),
		),
	},
	{
		name: 'names of 200 characters',
		rows: rowsOf(
			run(`${LONG.slice(0, -1)}a`, 3, { dataset: LONG, prm: { [LONG]: 0.5 } }),
			run(`${LONG.slice(0, -1)}b`, 3, { dataset: LONG, prm: { [LONG]: 0.25 } }),
		),
	},
	{ name: 'all nets', rows: manyNets(7_811) },
];
