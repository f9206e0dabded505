import { describe, expect, it } from 'vitest';
import { filterOf, isFiltered, lookAfter } from './look';
import { ALL_TRIALS } from './worker/filter';

describe('the look of a study', () => {
	it('is all trials when nothing is chosen', () => {
		expect(filterOf({})).toEqual(ALL_TRIALS);
		expect(isFiltered({ plot: 'edf', page: 3 })).toBe(false);
	});

	it('is changed part by part, and is gone when everything was taken back', () => {
		const look = lookAfter({ plot: 'edf' }, { states: ['FAIL'], text: 'nan' });
		expect(look).toEqual({ plot: 'edf', states: ['FAIL'], text: 'nan' });
		expect(isFiltered(look ?? {})).toBe(true);
		expect(filterOf(look ?? {})).toMatchObject({ states: ['FAIL'], text: 'nan', tag: null });
		expect(
			lookAfter(look ?? {}, { plot: undefined, states: undefined, text: undefined }),
		).toBeUndefined();
	});

	it('refuses what a link could not hold', () => {
		expect(() => lookAfter({}, { states: [] })).toThrow();
		expect(() => lookAfter({}, { text: '' })).toThrow();
	});
});
