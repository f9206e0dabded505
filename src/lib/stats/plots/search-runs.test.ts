import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import {
	chosenNames,
	lacksParameter,
	parameterNames,
	searchRuns,
	usualFirst,
	varies,
	type SearchRuns,
} from './search-runs';

const run = (prm: NonNullable<TestRun['prm']>, rest: Partial<TestRun> = {}): TestRun => ({
	prm,
	trials: [
		[1, 0.2],
		[2, 0.6],
		[3, 0.4],
	],
	...rest,
});
const rows = allRows(
	columnsOf([
		run({ lr: 0.1, optimizer: 'SGD' }),
		run({ lr: 0.2, optimizer: 'Adam' }, { transform: 'echo' }),
		run({ lr: 0.3, optimizer: 'Adam', rare: 1 }),
		run({ lr: 0.4 }),
		run({ lr: 9 }, { dataset: 'mnist' }),
	]),
);
const search = (wanted?: Parameters<typeof searchRuns>[2]) => {
	const found = searchRuns(rows, {}, wanted);
	if (!found) throw new Error('There are rows.');
	return found;
};
const named = ({ parameters }: SearchRuns) => parameters.map(({ name }) => name);

describe('searchRuns(rows, options, wanted)', () => {
	it('has each run of one leaderboard at its best epoch, and parameters that most have', () => {
		const found = search();
		expect(Array.from(found.best, (trial) => rows.columns.epoch[trial])).toEqual([2, 2, 2]);
		expect([...found.accuracy]).toEqual([0.6, 0.6, 0.6]);
		expect(named(found)).toEqual(['lr', 'optimizer', 'transform']);
		expect([...found.parameters[0]!.values]).toEqual([0.1, 0.2, 0.3]);
		expect(found.notes).toEqual([
			'Left out, because more than a quarter of the 4 runs lack it: rare (1 have it).',
			'1 of 4 runs lack a value and are left out: optimizer (1).',
		]);
	});

	it('numbers choices by code point, and only those that are there', () => {
		const [, optimizer] = search().parameters;
		expect(optimizer).toMatchObject({ choices: ['Adam', 'SGD'], low: 0, high: 1, distinct: 2 });
		expect([...optimizer!.values]).toEqual([1, 0, 0]);
	});

	it('takes the parameters asked for, in their order, whoever has them', () => {
		expect(named(search(['transform', 'lr']))).toEqual(['transform', 'lr']);
		expect(search(['transform', 'lr']).best).toHaveLength(4);
		expect(search(['rare']).best).toHaveLength(1);
		expect(named(search(['none']))).toEqual([]);
	});

	it('lets a function choose among the common ones, or others', () => {
		let offered: readonly string[] = [];
		const found = search((common) => {
			offered = common;
			return ['rare', 'lr', 'lr', 'none'];
		});
		expect(offered).toEqual(['lr', 'optimizer', 'transform']);
		expect(named(found)).toEqual(['rare', 'lr']);
		expect(found.notes).toEqual(['3 of 4 runs lack a value and are left out: rare (3).']);
	});

	it('has nothing of no rows', () => {
		expect(searchRuns({ ...rows, ids: new Uint32Array(0) }, {})).toBe(undefined);
	});
});

describe('whether a scale is logarithmic', () => {
	const isLog = (values: readonly number[]) => {
		const runs = values.map((lr) => run({ lr }));
		return searchRuns(allRows(columnsOf(runs)), {}, ['lr'])?.parameters[0]?.log;
	};

	it('is where values lie in decades, and not where a few are tiny', () => {
		expect(isLog([1e-5, 1e-4, 1e-3, 1e-2, 1e-1])).toBe(true);
		expect(isLog([1e-4, 0.2, 0.4, 0.6, 0.8])).toBe(false);
		expect(isLog([0.01, 0.1, 0.5])).toBe(false);
		expect(isLog([0, 1e-5, 1])).toBe(false);
		expect(isLog([-1, 1e-5, 1])).toBe(false);
	});
});

it('knows the names, the usual ones first, and what was chosen', () => {
	expect(parameterNames(rows.columns)).toEqual(['lr', 'optimizer', 'rare', 'transform']);
	expect(usualFirst(['a', 'batch', 'lr', 'z'])).toEqual(['lr', 'batch', 'a', 'z']);
	expect(chosenNames(rows.columns, { prm: ['none', 'rare', 'rare'] })).toEqual(['rare']);
	expect(chosenNames(rows.columns, { prm: ['none'] })).toBe(undefined);
	expect(chosenNames(rows.columns, {})).toBe(undefined);
	expect(lacksParameter({ name: 'X' }, 'lr')).toContain('has the hyperparameter lr.');
	expect(lacksParameter({ name: 'X' })).toContain('has a hyperparameter.');
	expect(search(['lr']).parameters.map(varies)).toEqual([true]);
});
