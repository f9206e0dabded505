import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { bestNets, netMeans } from './net-means';

const { columns, ids } = allRows(
	columnsOf([
		{
			nn: 'A',
			trials: [
				[1, 0.25, 1e9],
				[2, 0.5, 2e9],
			],
		},
		{ nn: 'A', trials: [[1, 0.75, 3e9]] },
		{ nn: '<B>', trials: [[7, 0.9]] },
	]),
);
const nets = netMeans(columns, ids);

describe('netMeans and bestNets', () => {
	it('has a mean a net and epoch, deviations only of two records or more', () => {
		expect(nets.map(({ nn }) => nn)).toEqual(['<B>', 'A']);
		const [, a] = nets;
		expect([...(a?.epochs ?? [])]).toEqual([1, 2]);
		expect([...(a?.mean ?? [])]).toEqual([0.5, 0.5]);
		expect(a?.std[0]).toBeCloseTo(Math.SQRT2 / 4, 12);
		expect(a?.std[1]).toBe(NaN);
		expect([...(a?.time ?? [])]).toEqual([2e9, 2e9]);
		expect(nets[0]?.time[0]).toBe(NaN);
	});

	it('takes the nets of the highest mean first', () => {
		expect(bestNets(nets, 1).map(({ nn }) => nn)).toEqual(['<B>']);
		expect(bestNets([...nets].reverse(), 9).map(({ nn }) => nn)).toEqual(['<B>', 'A']);
	});
});
