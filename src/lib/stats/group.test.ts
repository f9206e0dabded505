import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyOf } from './family';
import { GROUP_FIELDS, groupTrials, type GroupField } from './group';
import { arbitraryColumns, columnsOf, plainTrial } from './testing';

const columns = columnsOf([
	{
		nn: 'b',
		trials: [
			[10, 0.1],
			[9, 0.2],
		],
	},
	{ nn: 'A', trials: [[10, 0.3]] },
]);
const ALL = Uint32Array.of(0, 1, 2);

describe('groupTrials(columns, ids, fields)', () => {
	it('orders text by code point and epochs by number', () => {
		expect(groupTrials(columns, ALL, ['nn']).keys).toEqual([['A', 'b']]);
		const { count, order, start, keys } = groupTrials(columns, ALL, ['epoch', 'nn']);
		expect(count).toBe(3);
		expect(keys).toEqual([
			['9', '10', '10'],
			['b', 'A', 'b'],
		]);
		expect([...order]).toEqual([1, 0, 2]);
		expect([...start]).toEqual([0, 1, 2, 3]);
	});

	it('is one group without fields, and none without trials', () => {
		expect(groupTrials(columns, ALL, []).count).toBe(1);
		const none = groupTrials(columns, new Uint32Array(0), ['nn']);
		expect([none.count, [...none.start], none.keys]).toEqual([0, [0], [[]]]);
	});

	it('puts each trial in the group of its own values, ascending inside', () => {
		const fields = fc.subarray<GroupField>([...GROUP_FIELDS]);
		fc.assert(
			fc.property(arbitraryColumns, fields, (columns, by) => {
				const ids = Uint32Array.from({ length: columns.count }, (_, t) => t);
				const { count, order, start, keys } = groupTrials(columns, ids, by);
				expect([...order].sort((a, b) => a - b)).toEqual([...ids]);
				const seen = new Set<string>();
				for (let g = 0; g < count; g++) {
					const trials = [...order.subarray(start[g], start[g + 1])];
					const own = keys.map((names) => names[g]);
					expect(trials).toEqual(trials.toSorted((a, b) => a - b));
					for (const t of trials) {
						const row = { ...plainTrial(columns, t), nnFamily: '' };
						row.nnFamily = familyOf(row.nn);
						expect(by.map((field) => String(row[field]))).toEqual(own);
					}
					expect(trials.length).toBeGreaterThan(0);
					seen.add(JSON.stringify(own));
				}
				expect(seen.size).toBe(count);
			}),
		);
	});
});
