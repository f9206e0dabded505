import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialColumns } from './columns';
import { familyOf } from './family';
import type { Conditions, Filter, PrmCondition, Range } from './filter';
import { FilterError } from './filter';
import { Matcher, matchTrials } from './match';
import { arbitraryColumns, arbitraryFilter, columnsOf, plainTrial } from './testing';

type Plain = ReturnType<typeof plainTrial>;

const within = (value: number, { min, max }: Range) =>
	(min === undefined || value >= min) &&
	(max === undefined || value <= max) &&
	!Number.isNaN(value);

function meetsPrm(value: number | string | undefined, condition: PrmCondition): boolean {
	if (value === undefined) return false;
	if (Array.isArray(condition)) return condition.includes(String(value));
	return within(Number(value), condition as Range);
}

/** The filter as its documentation says it, row by row. */
function meets(row: Plain, c: Conditions): boolean {
	const names = ['task', 'dataset', 'metric', 'nn', 'transform', 'source'] as const;
	return (
		names.every((key) => !c[key] || (c[key] as readonly string[]).includes(row[key])) &&
		(!c.nnPrefix || c.nnPrefix.some((prefix) => row.nn.startsWith(prefix))) &&
		(!c.nnFamily || c.nnFamily.includes(familyOf(row.nn))) &&
		(c.nnRegex === undefined || new RegExp(c.nnRegex, 'u').test(row.nn)) &&
		(['epoch', 'accuracy', 'duration'] as const).every((k) => !c[k] || within(row[k], c[k])) &&
		Object.entries(c.prm ?? {}).every(([name, p]) => meetsPrm(row.prm.get(name), p)) &&
		(!c.any || c.any.some((option) => meets(row, option))) &&
		!(c.not ?? []).some((option) => meets(row, option))
	);
}

function group(row: Plain, best: NonNullable<Filter['best']>): string {
	const { task, dataset, metric, nn, epoch, run } = row;
	if (best === 'run') return String(run);
	if (best === 'net') return JSON.stringify([metric, nn]);
	return JSON.stringify([task, dataset, metric, nn, ...(best === 'epoch' ? [epoch] : [])]);
}

function naive(columns: TrialColumns, filter: Filter): number[] {
	const rows = Array.from({ length: columns.count }, (_, t) => plainTrial(columns, t));
	const passing = rows.map((row, t) => ({ row, t })).filter(({ row }) => meets(row, filter));
	const { best } = filter;
	if (!best) return passing.map(({ t }) => t);
	return passing
		.filter(({ row }) =>
			passing.every(
				(other) =>
					group(other.row, best) !== group(row, best) || other.row.accuracy <= row.accuracy,
			),
		)
		.map(({ t }) => t);
}

const SAMPLE = columnsOf([
	{
		nn: 'AlexNet',
		prm: { lr: 0.1 },
		trials: [
			[1, 0.5, 10],
			[2, 0.7, null],
		],
	},
	{ nn: 'ga-1', prm: { lr: 0.2, mode: 'a' }, trials: [[1, 0.7, 30]] },
	{ nn: 'ga-2', transform: 'echo', source: 'mine', trials: [[0, 0.7, 40]] },
]);
const ids = (filter: Filter) => [...matchTrials(SAMPLE, filter).ids];

describe('matchTrials(columns, filter)', () => {
	it('equals a test of every row, best rows included', () => {
		fc.assert(
			fc.property(arbitraryColumns, arbitraryFilter, (columns, filter) => {
				const { ids, mask, count } = matchTrials(columns, filter);
				const wanted = naive(columns, filter);
				expect([...ids]).toEqual(wanted);
				expect(count).toBe(wanted.length);
				expect([...mask.keys()].filter((t) => mask[t])).toEqual(wanted);
			}),
			{ numRuns: 400 },
		);
	});

	it('matches everything for the empty filter and nothing for an empty list', () => {
		expect(ids({})).toEqual([0, 1, 2, 3]);
		expect(ids({ nn: [] })).toEqual([]);
		expect(ids({ any: [] })).toEqual([]);
		expect(ids({ not: [] })).toEqual([0, 1, 2, 3]);
	});

	it('fails a trial without duration in any range, even an open one', () => {
		expect(ids({ duration: {} })).toEqual([0, 2, 3]);
		expect(ids({ not: [{ duration: { min: 20 } }] })).toEqual([0, 1]);
	});

	it('compares names exactly and keeps ties for the best', () => {
		expect(ids({ nn: ['alexnet'] })).toEqual([]);
		expect(ids({ nnPrefix: ['ga'] })).toEqual([2, 3]);
		expect(ids({ best: 'epoch', metric: ['acc'] })).toEqual([0, 1, 2, 3]);
		expect(ids({ best: 'configuration' })).toEqual([1, 2, 3]);
	});

	it('finds no hyperparameter that no run has', () => {
		expect(ids({ prm: { depth: {} } })).toEqual([]);
		expect(ids({ prm: { lr: ['0.1'] } })).toEqual([0, 1]);
	});
});

describe('regular expressions', () => {
	it('stop at the time budget and say what to do', () => {
		let time = 0;
		const matcher = new Matcher(SAMPLE, { now: () => (time += 300) });
		expect(() => matcher.match({ nnRegex: 'ga' })).toThrow(FilterError);
		expect(() => matcher.match({ nnRegex: 'ga' })).toThrow(/nnPrefix/);
	});

	it('must be valid and short', () => {
		expect(() => ids({ nnRegex: '(' })).toThrow(FilterError);
		expect(() => ids({ nnRegex: 'a'.repeat(201) })).toThrow(/at most 200/);
	});
});

describe('Matcher', () => {
	it('leaves one condition out', () => {
		const matcher = new Matcher(SAMPLE);
		const filter: Filter = {
			nn: ['AlexNet'],
			epoch: { min: 1, max: 1 },
			prm: { lr: { max: 0.1 } },
		};
		expect([...matcher.match(filter).ids]).toEqual([0]);
		expect([...matcher.match(filter, 'epoch').ids]).toEqual([0, 1]);
		expect([...matcher.weights(filter, 'epoch')]).toEqual([2, 0, 0]);
		expect([...matcher.match({ prm: { lr: { max: 0.1 } } }, 'prm.lr').ids]).toEqual([0, 1, 2, 3]);
	});

	it('answers the same from its cache after other filters', () => {
		fc.assert(
			fc.property(
				arbitraryColumns,
				fc.array(arbitraryFilter, { maxLength: 8 }),
				(columns, filters) => {
					const matcher = new Matcher(columns);
					for (const filter of [...filters, ...filters])
						expect([...matcher.match(filter).ids]).toEqual([...matchTrials(columns, filter).ids]);
				},
			),
		);
	});
});
