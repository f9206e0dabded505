import { expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { netEpochs } from './net-epochs';

const { columns, ids } = allRows(
	columnsOf([
		{
			nn: 'A',
			trials: [
				[2, 0.2],
				[10, 0.3],
			],
		},
		{ nn: 'A', dataset: 'mnist', trials: [[2, 0.4]] },
		{ nn: 'B', trials: [[1, 0.5]] },
	]),
);
const shown = (names: readonly string[]) =>
	netEpochs(columns, ids, names).map(({ name, epochs }) => [
		name,
		epochs.map(({ epoch, trials }) => [epoch, Array.from(trials, (t) => columns.accuracy[t])]),
	]);

it('groups the rows of the nets asked for by epoch, in number order', () => {
	expect(shown(['A'])).toEqual([
		[
			'A',
			[
				[2, [0.2, 0.4]],
				[10, [0.3]],
			],
		],
	]);
});

it('keeps the order of the names, and a net without rows', () => {
	expect(shown(['B', 'none', 'A']).map(([name]) => name)).toEqual(['B', 'none', 'A']);
	expect(shown(['none'])).toEqual([['none', []]]);
	expect(shown([])).toEqual([]);
});
