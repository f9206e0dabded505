import { describe, expect, it } from 'vitest';
import type { NetBest } from '../best-per-run';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { leadersOf, limitNotes, pickLeaders, topOf } from './leaders';

const net = (name: string, runs: number, mean: number): NetBest => ({
	name,
	best: new Uint32Array(runs),
	values: new Float64Array(runs).fill(mean),
	mean,
});
/** Best first. */
const ALL = [net('a', 1, 0.9), net('b', 5, 0.8), net('c', 2, 0.7), net('d', 6, 0.6)];
const names = (nets: readonly NetBest[]) => nets.map(({ name }) => name);

describe('leadersOf', () => {
	it('orders the nets by the mean over runs of the best value of a run', () => {
		const run = (nn: string, lr: number, ...accuracies: number[]): TestRun => ({
			nn,
			prm: { lr },
			trials: accuracies.map((accuracy, i) => [i + 1, accuracy, 1e9] as const),
		});
		const { columns, ids } = allRows(
			columnsOf([run('A', 1, 0.1, 0.5), run('A', 2, 0.3, 0.2), run('B', 1, 0.6, 0)]),
		);
		const leaders = leadersOf(columns, { ids });
		expect(leaders.map(({ name, mean, best }) => [name, mean, best.length])).toEqual([
			['B', 0.6, 1],
			['A', 0.4, 2],
		]);
	});
});

describe('topOf', () => {
	it('is a whole number from 1 to 50', () => {
		const asked = [undefined, 3.7, 0, -1, 1000, NaN, Infinity];
		expect(asked.map((top) => topOf({ top: 5 }, top === undefined ? {} : { top }))).toEqual([
			5, 3, 1, 1, 50, 5, 50,
		]);
		expect(topOf({}, {})).toBe(10);
		expect(limitNotes({ top: 51 })).toHaveLength(1);
		expect(limitNotes({ top: 50 })).toEqual([]);
	});
});

describe('pickLeaders', () => {
	it('takes the best nets of those that have enough runs', () => {
		const { drawn, notes } = pickLeaders(ALL, 2, 5, {});
		expect(names(drawn)).toEqual(['b', 'd']);
		expect(notes).toEqual(['2 nets with a higher mean have fewer than 5 runs and are left out.']);
		// One is passed over before the first, none after the last.
		expect(pickLeaders(ALL, 1, 5, {}).notes).toEqual([
			'1 net with a higher mean has fewer than 5 runs and is left out.',
		]);
	});

	it('leaves them out after taking the best, as nn-stat does', () => {
		const { drawn, notes } = pickLeaders(ALL, 3, 5, { mode: 'lemur' });
		expect(names(drawn)).toEqual(['b']);
		expect(notes).toEqual(['2 nets of the 3 best have fewer than 5 runs and are left out.']);
	});

	it('has nothing to say where every net has enough', () => {
		expect(pickLeaders(ALL, 9, 1, {})).toEqual({ drawn: ALL, notes: [] });
		expect(pickLeaders([], 9, 1, {})).toEqual({ drawn: [], notes: [] });
	});
});
