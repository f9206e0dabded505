import { describe, expect, it } from 'vitest';
import { boardsOf, measuresOf } from './boards';

const tasks = [
	{ task: 'img-classification', dataset: 'mnist', metric: 'acc' },
	{ task: 'img-classification', dataset: 'svhn', metric: 'acc' },
	{ task: 'txt-generation', dataset: 'wikitext', metric: 'acc' },
];

describe('boardsOf(filter, tasks)', () => {
	it('keeps what the lists of names leave', () => {
		expect(boardsOf({}, tasks)).toEqual(tasks);
		expect(boardsOf({ dataset: ['svhn'], metric: ['acc'] }, tasks)).toEqual([tasks[1]]);
		expect(boardsOf({ task: [] }, tasks)).toEqual([]);
	});
});

describe('measuresOf(boards)', () => {
	it('counts a task and metric once, and the same metric of two tasks twice', () => {
		expect(measuresOf(tasks)).toEqual([tasks[0], tasks[2]]);
	});
});
