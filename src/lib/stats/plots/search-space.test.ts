import { expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { searchRuns } from './search-runs';
import { trialsOf } from './search-space';

it('takes batch as a choice among its sizes, numbers as ranges, names as choices', () => {
	const rows = allRows(
		columnsOf(
			[64, 4, 64, 16].map((batch, i) => ({
				nn: `n${i}`,
				prm: { batch, momentum: i / 4 },
				transform: i < 2 ? 'norm' : 'echo',
				trials: [[1, i / 10]] as const,
			})),
		),
	);
	const search = searchRuns(rows, {});
	if (!search) throw new Error('There are rows.');
	const { parameters, inputs, values } = trialsOf(search);
	expect(parameters).toEqual([
		{ name: 'batch', distribution: { type: 'categorical', choices: [4, 16, 64] } },
		{
			name: 'momentum',
			distribution: { type: 'float', low: 0, high: 0.75, step: null, log: false },
		},
		{ name: 'transform', distribution: { type: 'categorical', choices: ['echo', 'norm'] } },
	]);
	expect(inputs.map((input) => [...input])).toEqual([
		[2, 0, 2, 1],
		[0, 0.25, 0.5, 0.75],
		[1, 1, 0, 0],
	]);
	expect([...values]).toEqual([0, 0.1, 0.2, 0.3]);
});
