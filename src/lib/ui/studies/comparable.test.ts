import { describe, expect, it } from 'vitest';
import { testDefinition } from '../../hpo/study/testing';
import { comparableWith, differenceNote } from './comparable';

const head = (changes: Parameters<typeof testDefinition>[0] = {}) => ({
	definition: testDefinition(changes),
});
const settings = { task: 't', dataset: 'd', metric: 'acc', nn: 'N', epochs: 2, mode: 'nearest' };

describe('comparison of studies', () => {
	it('leaves out those that look for the other end of the scale', () => {
		const [up, down] = [head(), head({ directions: ['minimize'] })];
		expect(comparableWith([up, down, up])).toEqual([up, up]);
		expect(comparableWith([down, up])).toEqual([down]);
		expect(comparableWith([])).toEqual([]);
	});

	it('says when values do not mean the same', () => {
		const replay = head({ objective: { id: 'replay', settings } });
		const other = head({ objective: { id: 'replay', settings: { ...settings, epochs: 3 } } });
		expect(differenceNote([replay, replay])).toBeUndefined();
		expect(differenceNote([replay, other])).toContain('do not search the same thing');
	});
});
