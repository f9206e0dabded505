import { describe, expect, it } from 'vitest';
import type { ColumnId } from './fields';
import { epochDurations, readerOf } from './reader';
import { columnsOf } from './testing';

const columns = columnsOf([
	{
		nn: 'AlexNet',
		prm: { lr: 0.1, mode: 'a' },
		trials: [
			[1, 0.5, 10],
			[2, 0.7, 25],
			[3, 0.8, null],
			[4, 0.9, 60],
		],
	},
	{ nn: 'ResNet', transform: 'echo', source: 'mine', prm: { lr: 0.2 }, trials: [[7, 0.9, 30]] },
]);
const values = (id: ColumnId, uidText?: (run: number) => string) => {
	const { kind, at } = readerOf(columns, id, uidText);
	return [kind, at(0), at(4)];
};

describe('readerOf(columns, id, uidText)', () => {
	it.each<[ColumnId, string, unknown, unknown]>([
		['task', 'text', 'img-classification', 'img-classification'],
		['nn', 'text', 'AlexNet', 'ResNet'],
		['transform', 'text', 'norm_32', 'echo'],
		['source', 'text', 'lemur', 'mine'],
		['repeat', 'number', 0, 0],
		['epoch', 'number', 1, 7],
		['accuracy', 'number', 0.5, 0.9],
		['duration', 'number', 10, 30],
		['prm.lr', 'number', 0.1, 0.2],
	])('reads %s by trial', (id, kind, first, last) => {
		expect(values(id)).toEqual([kind, first, last]);
	});

	it('is blank where there is no value', () => {
		expect(values('prm.mode')).toEqual(['text', 'a', '']);
		expect(values('prm.depth')).toEqual(['number', NaN, NaN]);
		expect(values('uid')).toEqual(['text', '', '']);
		expect(values('uid', (run) => `uid of ${run}`)).toEqual(['text', 'uid of 0', 'uid of 1']);
		expect(readerOf(columns, 'duration').at(2)).toBeNaN();
	});
});

describe('epochDurations(columns)', () => {
	it('is the time since the epoch before, within one run', () => {
		expect([...epochDurations(columns)]).toEqual([10, 15, NaN, NaN, 30]);
	});
});
