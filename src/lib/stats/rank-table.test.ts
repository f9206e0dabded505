import { describe, expect, it } from 'vitest';
import { matchTrials } from './match';
import { rankTable } from './rank-table';
import { columnsOf } from './testing';

const columns = columnsOf([
	{ nn: 'Wide', dataset: 'a', trials: [[1, 0.5]] },
	{ nn: 'Wide', dataset: 'b', trials: [[1, 0.1]] },
	{ nn: 'Even', dataset: 'a', trials: [[1, 0.5]] },
	{ nn: 'Even', dataset: 'b', trials: [[1, 0.4]] },
	{ nn: 'Last', dataset: 'a', trials: [[1, 0.2]] },
	{ nn: 'Best', dataset: 'a', trials: [[1, 0.99]] },
]);
const { ids } = matchTrials(columns, {});

describe('rankTable(columns, ids, top)', () => {
	it('picks nets by datasets covered, then by mean over datasets', () => {
		const names = (top: number) => rankTable(columns, ids, top).nets.map(({ nn }) => nn);
		expect(names(4)).toEqual(['Even', 'Wide', 'Best', 'Last']);
		expect(names(2)).toEqual(['Even', 'Wide']);
	});

	it('ranks within a dataset among the nets picked; equal ones share the lower rank', () => {
		const ranks = (top: number) =>
			rankTable(columns, ids, top).cells.map(({ dataset, nn, rank }) => `${dataset} ${nn} ${rank}`);
		expect(ranks(2)).toEqual(['a Even 1', 'a Wide 1', 'b Even 1', 'b Wide 2']);
		expect(ranks(4).slice(0, 4)).toEqual(['a Best 1', 'a Even 2', 'a Last 4', 'a Wide 2']);
	});

	it('has the datasets of the nets picked only', () => {
		expect(rankTable(columns, ids).datasets).toEqual(['a', 'b']);
		expect(rankTable(columns, new Uint32Array(0))).toEqual({ nets: [], datasets: [], cells: [] });
	});
});
