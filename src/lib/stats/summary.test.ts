import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_FIELDS, summarise, type SummaryTable } from './summary';
import { readerOf } from './reader';
import { familyOf } from './family';
import { arbitraryColumns, columnsOf } from './testing';
import type { TrialColumns } from './columns';
import type { GroupField } from './group';

const all = (columns: TrialColumns) => Uint32Array.from({ length: columns.count }, (_, i) => i);
const textOf = (columns: TrialColumns, field: GroupField) => {
	if (field === 'nnFamily') {
		const nn = readerOf(columns, 'nn');
		return (t: number) => familyOf(String(nn.at(t)));
	}
	const reader = readerOf(columns, field);
	return (t: number) => String(reader.at(t));
};
const arbitraryBy = fc.shuffledSubarray([...GROUP_FIELDS]);

/** Numbers of the group with these keys, without its trial indices. */
function numbers(table: SummaryTable, keys: readonly string[]) {
	const g = Array.from({ length: table.groups }, (_, i) => i).find((i) =>
		table.keys.every((list, f) => list[i] === keys[f]),
	);
	return g === undefined
		? undefined
		: [
				table.trials,
				table.runs,
				table.nets,
				table.mean,
				table.std,
				table.min,
				table.q1,
				table.median,
			]
				.concat([table.q3, table.max, table.ties, table.meanDuration])
				.map((column) => column[g]);
}

describe('summarise(columns, ids, by)', () => {
	const columns = columnsOf([
		{
			nn: 'B',
			trials: [
				[1, 0.5, 10],
				[2, 0.9, 20],
			],
		},
		{
			nn: 'A',
			trials: [
				[2, 0.9, null],
				[3, 0.9, 60],
			],
		},
		{ nn: 'A', metric: 'iou', trials: [[1, 0.2, null]] },
	]);

	it('counts, and finds the best by accuracy, then epoch, then net', () => {
		const table = summarise(columns, all(columns), []);
		expect(table.by).toEqual(['metric', 'task']);
		expect(table.keys[0]).toEqual(['acc', 'iou']);
		expect([...table.trials]).toEqual([4, 1]);
		expect([...table.runs]).toEqual([2, 1]);
		expect([...table.nets]).toEqual([2, 1]);
		expect([...table.ties]).toEqual([3, 1]);
		// A and B both reach 0.9 at epoch 2: A comes first.
		expect(table.best[0]).toBe(0);
		expect(table.mean[0]).toBeCloseTo(0.8, 15);
		expect(table.std[0]).toBeCloseTo(0.2, 15);
		expect(table.std[1]).toBeNaN();
		expect([...table.meanDuration]).toEqual([30, NaN]);
	});

	it('equals a plain grouping of rows, in any order of fields', () => {
		fc.assert(
			fc.property(arbitraryColumns, arbitraryBy, (snapshot, by) => {
				const table = summarise(snapshot, all(snapshot), by);
				const texts = table.by.map((field) => textOf(snapshot, field));
				const groups = new Map<string, number[]>();
				for (const t of all(snapshot)) {
					const key = JSON.stringify(texts.map((of) => of(t)));
					groups.set(key, [...(groups.get(key) ?? []), t]);
				}
				expect(table.groups).toBe(groups.size);
				for (let g = 0; g < table.groups; g++) {
					const key = JSON.stringify(table.keys.map((list) => list[g]));
					const trials = groups.get(key) ?? [];
					const values = trials.map((t) => snapshot.accuracy[t] ?? NaN).sort((a, b) => a - b);
					expect(table.trials[g]).toBe(trials.length);
					expect(table.runs[g]).toBe(new Set(trials.map((t) => snapshot.run[t])).size);
					expect(table.nets[g]).toBe(new Set(trials.map(textOf(snapshot, 'nn'))).size);
					expect(table.max[g]).toBe(values.at(-1));
					expect(table.min[g]).toBe(values[0]);
					expect(table.ties[g]).toBe(values.filter((x) => x === values.at(-1)).length);
					expect(table.mean[g]).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 12);
				}
			}),
		);
	});

	it('never mixes metrics or tasks', () => {
		fc.assert(
			fc.property(arbitraryColumns, arbitraryBy, (snapshot, by) => {
				const { by: fields } = summarise(snapshot, all(snapshot), by);
				expect(fields.slice(0, by.length)).toEqual(by);
				expect(fields).toContain('metric');
				expect(fields).toContain('task');
			}),
		);
	});

	it('gives a group the same numbers, bit for bit, whatever other groups are shown', () => {
		fc.assert(
			fc.property(
				arbitraryColumns.filter(({ count }) => count > 0),
				fc.nat(),
				(snapshot, pick) => {
					const whole = summarise(snapshot, all(snapshot), ['nn', 'dataset']);
					const g = pick % whole.groups;
					const keys = whole.keys.map((list) => list[g] ?? '');
					const texts = whole.by.map((field) => textOf(snapshot, field));
					const only = all(snapshot).filter((t) => texts.every((of, f) => of(t) === keys[f]));
					const alone = summarise(snapshot, only, ['nn', 'dataset']);
					expect(numbers(alone, keys)).toEqual(numbers(whole, keys));
					// Control: without its last trial the group does differ.
					const fewer = summarise(snapshot, only.subarray(1), ['nn', 'dataset']);
					expect(numbers(fewer, keys)).not.toEqual(numbers(whole, keys));
				},
			),
		);
	});
});
