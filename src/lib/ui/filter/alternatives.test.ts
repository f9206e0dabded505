import { describe, expect, it } from 'vitest';
import type { Filter } from '../../stats/filter';
import { alternativesOf, withAlternatives } from './alternatives';

describe('alternatives', () => {
	const plain: Filter = { dataset: ['mnist'], epoch: { max: 5 }, best: 'net' };
	const either: Filter = { task: ['t'], any: [{ nn: ['a'] }, { nn: ['b'] }] };

	it('starts from the conditions at hand', () => {
		expect(alternativesOf(plain)).toEqual([{ dataset: ['mnist'], epoch: { max: 5 } }, {}]);
		expect(alternativesOf(either)).toEqual(either.any);
	});

	it('changes nothing when nothing was changed', () => {
		expect(withAlternatives(plain, alternativesOf(plain))).toEqual(plain);
		expect(withAlternatives(either, alternativesOf(either))).toEqual(either);
	});

	it('moves the conditions into the first alternative, but never the choice of best rows', () => {
		const drafts = [...alternativesOf(plain).slice(0, 1), { nn: ['ResNet'] }];
		expect(withAlternatives(plain, drafts)).toEqual({
			any: [{ dataset: ['mnist'], epoch: { max: 5 } }, { nn: ['ResNet'] }],
			best: 'net',
		});
	});

	it('keeps what stands beside alternatives, and drops the empty ones', () => {
		expect(withAlternatives(either, [{}, { nn: ['c'] }])).toEqual({
			task: ['t'],
			any: [{ nn: ['c'] }],
		});
		expect(withAlternatives(either, [{}])).toEqual({ task: ['t'] });
	});
});
