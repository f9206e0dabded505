import { describe, expect, it } from 'vitest';
import { FilterError, readFilter } from './filter';

describe('readFilter(input)', () => {
	it('spells lists and ranges out', () => {
		expect(
			readFilter({ nn: 'AlexNet', epoch: 5, accuracy: [0.5, null], prm: { lr: 0.1 } }),
		).toEqual({
			nn: ['AlexNet'],
			epoch: { min: 5, max: 5 },
			accuracy: { min: 0.5 },
			prm: { lr: { min: 0.1, max: 0.1 } },
		});
	});

	it.each(['epoch', 'accuracy', 'duration'])('refuses an empty list as %s', (key) => {
		expect(() => readFilter({ [key]: [] })).toThrow(FilterError);
		expect(() => readFilter({ [key]: [] })).toThrow(`${key}: `);
		expect(() => readFilter({ not: [{ [key]: [] }] })).toThrow(FilterError);
		expect(readFilter({ [key]: {} })).toEqual({ [key]: {} });
	});

	it('refuses a list where conditions are expected', () => {
		for (const input of [[], { prm: [] }, { any: [[]] }, { not: [[]] }])
			expect(() => readFilter(input)).toThrow(FilterError);
	});

	it('keeps an empty list of names, which matches nothing', () => {
		expect(readFilter({ nn: [], prm: { mode: [] }, any: [] })).toEqual({
			nn: [],
			prm: { mode: [] },
			any: [],
		});
	});

	it.each([
		[{ nets: ['A'] }, 'nets'],
		[{ epoch: { from: 1 } }, 'epoch'],
		[{ accuracy: { min: Number.NaN } }, 'accuracy'],
		[{ best: 'dataset' }, 'best'],
		[{ nnRegex: '(' }, 'nnRegex'],
	])('names the key that is wrong in %j', (input, key) => {
		expect(() => readFilter(input)).toThrow(key);
	});
});
