import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows } from './bad-input';
import { ecdf } from './ecdf';
import { numbersOf, textsOf, tracesOf } from './figure-reading';
import { itSurvives } from './survives';

const runs = (nn: string, accuracies: number[]): TestRun[] =>
	accuracies.map((accuracy, i) => ({
		nn,
		prm: { lr: i + 1 },
		trials: [
			[1, 0.1, 1e9],
			[2, accuracy, 2e9],
		],
	}));
const rows = allRows(columnsOf([...runs('A', [0.2, 0.4, 0.4, 0.8]), ...runs('B', [0.9])]));

describe('ecdf', () => {
	it('is the share of runs whose best value is at most x', () => {
		const figure = ecdf.draw(rows, {});
		const at = (name: string) =>
			textsOf(figure, 'Distribution').flatMap((one, i) =>
				one === name
					? [[numbersOf(figure, 'Value')[i], numbersOf(figure, 'Share up to it')[i]]]
					: [],
			);
		expect(at('A')).toEqual([
			[0.2, 0.25],
			[0.4, 0.75],
			[0.8, 1],
		]);
		expect(at('All runs')).toEqual([
			[0.2, 0.2],
			[0.4, 0.6],
			[0.8, 0.8],
			[0.9, 1],
		]);
		expect(at('All records')[0]).toEqual([0.1, 0.5]);
		expect(at('B')).toEqual([]);
		expect(figure.notes).toEqual(['1 net of these records has fewer than 3 runs and is left out.']);
		expect(figure.summary).toContain('half of the 5 runs reach 0.4000 or more at best');
	});

	it('rises in steps, never between two values', () => {
		const [, , net] = tracesOf(ecdf.draw(rows, {}), 'scatter');
		expect(net?.name).toBe('A');
		expect(net?.x).toEqual(Float64Array.of(0.2, 0.2, 0.4, 0.4, 0.8, 0.8));
		expect(net?.y).toEqual(Float64Array.of(0, 0.25, 0.25, 0.75, 0.75, 1));
	});

	it('has no mode of its own: nn-stat draws no such figure', () => {
		expect(ecdf.difference).toBe(undefined);
		expect(ecdf.draw(rows, { mode: 'lemur' })).toEqual(ecdf.draw(rows, {}));
	});
});

itSurvives(ecdf);
