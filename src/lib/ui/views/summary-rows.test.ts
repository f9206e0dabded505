import { describe, expect, it } from 'vitest';
import { latexTable } from '../../stats/export/latex';
import type { GroupField, SummaryTable } from '../../stats/summary';
import { asPaper, groupText, mixesMetrics, orderOf } from './summary-rows';

function table(
	by: readonly GroupField[],
	keys: string[][],
	max: number[],
	std: number[],
): SummaryTable {
	const n = max.length;
	const floats = (values: readonly number[] = max) => Float64Array.from(values);
	const counts = () => Uint32Array.from({ length: n }, (_, g) => g + 1);
	return {
		by,
		groups: n,
		keys,
		trials: counts(),
		runs: counts(),
		nets: counts(),
		mean: floats(),
		std: floats(std),
		min: floats(),
		q1: floats(),
		median: floats(),
		q3: floats(),
		max: floats(),
		best: counts(),
		ties: counts(),
		meanDuration: floats(std),
	};
}

const nets = table(
	['nn', 'metric', 'task'],
	[
		['B', 'A', 'C', 'a_b'],
		['acc', 'acc', 'acc', 'acc'],
		['t', 't', 't', 't'],
	],
	[0.5, 0.9, 0.5, 0.1],
	[0.2, NaN, 0.1, NaN],
);

describe('orderOf(table, sort)', () => {
	it('keeps the order of the groups without a sort', () => {
		expect(orderOf(nets, undefined)).toEqual([0, 1, 2, 3]);
	});

	it('sorts numbers, equal ones in the order of the groups', () => {
		expect(orderOf(nets, { column: 'max', descending: true })).toEqual([1, 0, 2, 3]);
		expect(orderOf(nets, { column: 'max', descending: false })).toEqual([3, 0, 2, 1]);
	});

	it('puts undefined spreads last in both directions', () => {
		expect(orderOf(nets, { column: 'std', descending: true })).toEqual([0, 2, 1, 3]);
		expect(orderOf(nets, { column: 'std', descending: false })).toEqual([2, 0, 1, 3]);
	});

	it('sorts names by code point and epochs by number', () => {
		expect(orderOf(nets, { column: 'nn', descending: false })).toEqual([1, 0, 2, 3]);
		const epochs = table(['epoch', 'metric', 'task'], [['10', '9', '1']], [1, 1, 1], [1, 1, 1]);
		expect(orderOf(epochs, { column: 'epoch', descending: false })).toEqual([2, 1, 0]);
	});
});

describe('asPaper(table, order, heading)', () => {
	const heading = { title: 'All', link: 'https://example.org/' };

	it('marks the best of each column and escapes names', () => {
		const paper = asPaper(nets, [1, 3], heading);
		expect(paper.rows.map(({ cells }) => cells.map(({ best }) => best))).toEqual([
			[false, false, false, true, true, true],
			[false, false, false, false, false, false],
		]);
		expect(latexTable(paper)).toContain('a\\_b / Accuracy / t');
		expect(latexTable(paper)).toContain('\\textbf{0.9000}');
	});

	it('gives a spread only where it is defined', () => {
		const [first, second] = asPaper(nets, [0, 1], heading).rows;
		expect(first?.cells[4]?.spread).toBe('0.2000');
		expect(second?.cells[4]?.spread).toBeUndefined();
	});

	it('marks nothing where rows have different metrics', () => {
		const mixed = {
			...nets,
			keys: [nets.keys[0] ?? [], ['acc', 'iou', 'acc', 'acc'], nets.keys[2] ?? []],
		};
		expect(mixesMetrics(mixed)).toBe(true);
		expect(mixesMetrics(nets)).toBe(false);
		const cells = asPaper(mixed, [0, 1], heading).rows.flatMap((row) => row.cells);
		expect(cells.some(({ best }) => best)).toBe(false);
	});
});

describe('groupText(field, value)', () => {
	it('shows metrics by title and says where there is no value', () => {
		expect(groupText('metric', 'acc')).toBe('Accuracy');
		expect(groupText('transform', '')).toBe('none');
		expect(groupText('nn', 'acc')).toBe('acc');
	});
});
