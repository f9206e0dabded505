import { describe, expect, it } from 'vitest';
import { prefixSearch } from '../filter/search';
import { netSearch, netsOfSummary, rankOn, resultOn, sortNets } from './net-list';

const list = netsOfSummary({
	version: '1',
	counts: { trials: 9, runs: 5, configurations: 4, nets: 3, deviceRuns: 0 },
	boards: [],
	families: [],
	nets: [
		{ name: 'ResNet-2', boards: [[0, 0.9, 1, 4]] },
		{
			name: 'AlexNet',
			boards: [
				[0, 0.9, 2, 3],
				[1, 0.95, 1, 1],
			],
		},
		{ name: 'VGG', boards: [[0, 0.5, 1, 1]] },
	],
});
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

describe('netsOfSummary(summary)', () => {
	it('adds up runs and trials, and puts the best result first', () => {
		const [alex] = list.nets;
		expect(names(list.nets)).toEqual(['AlexNet', 'ResNet-2', 'VGG']);
		expect(alex).toMatchObject({ family: 'AlexNet', runs: 3, trials: 4 });
		expect(alex?.results.map(({ board }) => board)).toEqual([1, 0]);
		expect(list.nets[1]?.family).toBe('ResNet');
	});
});

describe('rankOn(list, board, best)', () => {
	it('lets equal results share a rank and counts the nets of the leaderboard', () => {
		expect(rankOn(list, 0, 0.9)).toEqual({ rank: 1, of: 3 });
		expect(rankOn(list, 0, 0.5)).toEqual({ rank: 3, of: 3 });
		expect(rankOn(list, 1, 0.95)).toEqual({ rank: 1, of: 1 });
	});
});

describe('sortNets(nets, order, descending, board)', () => {
	it('sorts by a leaderboard, nets without a result there last, equal ones by name', () => {
		expect(names(sortNets(list.nets, 'best', true, 0))).toEqual(['AlexNet', 'ResNet-2', 'VGG']);
		expect(names(sortNets(list.nets, 'best', true, 1))).toEqual(['AlexNet', 'ResNet-2', 'VGG']);
		expect(names(sortNets(list.nets, 'trials', true, undefined))).toEqual([
			'AlexNet',
			'ResNet-2',
			'VGG',
		]);
		expect(names(sortNets(list.nets, 'name', true, undefined))).toEqual([
			'VGG',
			'ResNet-2',
			'AlexNet',
		]);
		expect(resultOn(list.nets[2]!, 1)).toBeUndefined();
	});
});

describe('netSearch(query, prefixSearch)', () => {
	const found = (query: string) =>
		names(list.nets.filter((net) => netSearch(query, prefixSearch)(net.name)));

	it('takes words as starts in any case and quotes exactly', () => {
		expect(found('')).toHaveLength(3);
		expect(found('net')).toEqual(['AlexNet', 'ResNet-2']);
		expect(found('res 2')).toEqual(['ResNet-2']);
		expect(found('"Net"')).toEqual(['AlexNet', 'ResNet-2']);
		expect(found('"net"')).toEqual([]);
		expect(found('alex "Net"')).toEqual(['AlexNet']);
	});
});
