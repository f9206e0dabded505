import { describe, expect, it } from 'vitest';
import type { Filter } from '../stats/filter';
import { FilterReader, MAX_DEPTH, printFilter } from './filter-keys';
import { escapeForUrl } from './text';

const printed = (filter: Filter) =>
	printFilter(filter).map(([key, print]) => `${key}=${print(escapeForUrl)}`);

function read(...pairs: [string, string][]) {
	const reader = new FilterReader();
	const taken = pairs.map(([key, value]) => reader.take(key, value));
	return { input: reader.input, taken };
}

describe('the keys of a filter', () => {
	it('spell nesting by dots and numbers', () => {
		const filter: Filter = {
			nn: ['a,b', ''],
			prm: { 'a.b': { min: 1 }, mode: ['5'] },
			any: [{ epoch: { min: 5, max: 5 } }, { not: [{ task: ['x'] }] }, {}],
			best: 'net',
		};
		const keys = printed(filter);
		expect(keys).toEqual([
			'nn=a%2Cb,~',
			'prm.a.b=1..',
			'prm.mode=~5',
			'any.0.epoch=5..5',
			'any.1.not.0.task=x',
			'any.2=',
			'best=net',
		]);
		const pairs = keys.map((key) => key.split(/=(.*)/s).slice(0, 2) as [string, string]);
		expect(read(...pairs)).toEqual({ input: filter, taken: keys.map(() => true) });
	});

	it('tell nothing from an empty condition', () => {
		expect(printed({})).toEqual([]);
		const empty: Filter = { nn: [], prm: {}, any: [], not: [] };
		expect(read(...printed(empty).map((key): [string, string] => [key.slice(0, -1), '']))).toEqual({
			input: empty,
			taken: [true, true, true, true],
		});
	});

	it('are not taken when they are none of a filter', () => {
		const { taken, input } = read(
			['nonsense', '1'],
			['any.0.nonsense', '1'],
			['any.0.best', 'net'],
			['any.100.nn', 'x'],
			['prm.', '1..2'],
		);
		expect([taken, input]).toEqual([Array(5).fill(false), {}]);
	});

	it('nest only so deep, and names of strangers stay names', () => {
		const deep = (depth: number) => `${'any.0.'.repeat(depth)}nn`;
		expect(read([deep(MAX_DEPTH), 'x']).taken).toEqual([true]);
		expect(() => read([deep(MAX_DEPTH + 1), 'x'])).toThrow('too deeply');
		const { input } = read(['prm.__proto__', '1..2']);
		expect(JSON.stringify(input)).toBe('{"prm":{"__proto__":{"min":1,"max":2}}}');
		expect(() => read(['epoch', 'five'])).toThrow('Expected a range');
	});
});
