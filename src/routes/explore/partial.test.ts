import { describe, expect, it } from 'vitest';
import type { SummaryFile } from '$lib/db/manifest';
import { boardsOf } from './partial';

const row = (nn: string) => ({
	nn,
	accuracy: 0.9,
	ties: 1,
	epoch: 1,
	duration: null,
	transform: '',
	batch: null,
	lr: null,
	momentum: null,
	dropout: null,
	uid: nn,
	runs: 1,
	trials: 1,
});
const board = (dataset: string, nets: string[]) => ({
	task: 'img-classification',
	dataset,
	metric: 'acc',
	trials: 1,
	runs: 1,
	nets: nets.length,
	median: 0.5,
	top: nets.map(row),
});
const summary: SummaryFile = {
	version: '2.1.2',
	counts: { trials: 1, runs: 1, configurations: 1, nets: 1, deviceRuns: 0 },
	boards: [board('mnist', ['ResNet', 'VGG']), board('cifar-10', ['ResNet'])],
	nets: [],
	families: [],
};

describe('boardsOf', () => {
	const names = (filter: Parameters<typeof boardsOf>[1]) =>
		boardsOf(summary, filter).boards.map(({ dataset, top }) => [dataset, top.map(({ nn }) => nn)]);

	it('applies the names it can', () => {
		expect(names({ dataset: ['mnist'], nn: ['VGG'] })).toEqual([['mnist', ['VGG']]]);
		expect(names({ nnPrefix: ['VG'] })).toEqual([['mnist', ['VGG']]]);
		expect(names({ task: [] })).toEqual([]);
		expect(boardsOf(summary, {}).boards).toHaveLength(2);
	});

	it('says when the filter asks for more than it can answer', () => {
		expect(boardsOf(summary, { nn: ['VGG'] }).ignored).toBe(false);
		expect(boardsOf(summary, { epoch: { max: 1 } }).ignored).toBe(true);
	});
});
