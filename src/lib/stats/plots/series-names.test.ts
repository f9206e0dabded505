import { expect, it } from 'vitest';
import { seriesNames } from './series-names';

const board = (task: string, dataset: string, metric: string) => ({ task, dataset, metric });
const TASKS = [
	board('img-classification', 'cifar-10', 'acc'),
	board('img-classification', 'mnist', 'acc'),
	board('txt-generation', 'wikitext', 'acc'),
	board('img-segmentation', 'coco', 'iou'),
];

it('names datasets with their task where a metric has several tasks, alone where it has one', () => {
	expect(seriesNames(TASKS, 'dataset', 'acc').names).toEqual([
		...['img-classification, cifar-10', 'img-classification, mnist', 'txt-generation, wikitext'],
	]);
	expect(seriesNames(TASKS, 'dataset', 'iou').names).toEqual(['coco']);
});

it('has a place for each leaderboard of the metric, whatever the filter leaves', () => {
	const { names, of } = seriesNames(TASKS, 'task');
	expect(names).toEqual(['img-classification', 'txt-generation', 'img-segmentation']);
	expect(TASKS.map(of)).toEqual([0, 0, 1, 2]);
	expect(TASKS.map(seriesNames(TASKS, 'dataset', 'iou').of)).toEqual([-1, -1, -1, 0]);
});
