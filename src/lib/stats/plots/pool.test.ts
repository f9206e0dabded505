import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { mixtureNotes, poolAxis, poolOf } from './pool';

const trials = [
	[1, 0.5, 1e9],
	[2, 0.6, 2e9],
] as const;
const run = (task: string, dataset: string, metric: string): TestRun => ({
	task,
	dataset,
	metric,
	trials,
});
const rows = allRows(
	columnsOf([
		run('img-classification', 'cifar-10', 'acc'),
		run('img-classification', 'cifar-10', 'acc'),
		run('img-classification', 'mnist', 'acc'),
		run('img-segmentation', 'coco', 'iou'),
		run('img-segmentation', 'voc', 'iou'),
		run('img-segmentation', 'voc', 'acc'),
		run('txt-generation', 'wikitext', 'acc'),
		run('txt-generation', 'wikitext', 'ppl'),
	]),
);
const segmentation = { task: 'img-segmentation', dataset: 'voc', metric: 'iou' };
const text = { task: 'txt-generation', dataset: 'wikitext', metric: 'ppl' };

describe('poolOf', () => {
	it('is the leaderboard with most rows where none is chosen', () => {
		const pool = poolOf(rows, {}, 'board');
		expect(pool).toMatchObject({
			task: 'img-classification',
			datasets: ['cifar-10'],
			metrics: ['acc'],
			name: 'img-classification, cifar-10, Accuracy',
			within: { task: ['img-classification'], dataset: ['cifar-10'], metric: ['acc'] },
		});
		expect([...(pool?.ids ?? [])]).toEqual([0, 1, 2, 3]);
	});

	it('keeps to the metric over the datasets of a task', () => {
		const pool = poolOf(rows, { board: segmentation }, 'task');
		expect(pool).toMatchObject({ datasets: ['coco', 'voc'], metrics: ['iou'] });
		expect(pool?.name).toBe('img-segmentation, IoU (mean)');
		expect(pool?.ids.length).toBe(4);
		expect(poolOf(rows, { board: segmentation }, 'board')?.ids.length).toBe(2);
	});

	it('takes a whole task as nn-stat does, and says so', () => {
		const options = { board: { ...segmentation }, mode: 'lemur' } as const;
		const pool = poolOf(rows, options, 'board')!;
		expect(pool).toMatchObject({ datasets: ['coco', 'voc'], metrics: ['iou'] });
		expect(mixtureNotes(pool, options)).toEqual([
			'As in nn-stat, 2 datasets are averaged together.',
		]);
		expect(mixtureNotes(pool, {})).toEqual([]);
	});

	it('mixes the metrics of text generation as nn-stat does, and only then', () => {
		const options = { board: text, mode: 'lemur' } as const;
		const pool = poolOf(rows, options, 'board')!;
		expect(pool.metrics).toEqual(['acc', 'ppl']);
		expect(pool.ids.length).toBe(4);
		expect(mixtureNotes(pool, options)).toEqual([
			'As in nn-stat, Accuracy and perplexity score are averaged together.',
		]);
		expect(poolAxis(pool, 'Mean').title?.text).toBe(
			'Mean Accuracy and perplexity score (fraction)',
		);
		expect(poolOf(rows, { board: text }, 'board')?.metrics).toEqual(['ppl']);
	});

	it('is nothing without rows', () => {
		expect(poolOf({ ...rows, ids: new Uint32Array(0) }, {}, 'task')).toBeUndefined();
	});
});
