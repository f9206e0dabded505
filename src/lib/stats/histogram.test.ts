import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binned, histogramOf } from './histogram';
import { Matcher } from './match';
import { arbitraryColumns, arbitraryFilter, columnsOf } from './testing';

const of = (accuracies: number[]) =>
	new Matcher(columnsOf(accuracies.map((value) => ({ trials: [[1, value]] }))));

describe('histogramOf(matcher, filter, column, bins)', () => {
	it('closes the last bin only', () => {
		const { edges, counts } = histogramOf(of([0, 0.25, 0.5, 0.75, 1]), {}, 'accuracy', 4);
		expect([...edges]).toEqual([0, 0.25, 0.5, 0.75, 1]);
		expect([...counts]).toEqual([1, 1, 1, 2]);
	});

	it('lets the edges decide where the division rounds to the wrong bin, as numpy does', () => {
		// linspace gives 0.30000000000000004, 0.6000000000000001 and 0.7000000000000001 as edges.
		const { counts } = histogramOf(of([0, 0.1, 0.2, 0.3, 0.6, 0.7, 1]), {}, 'accuracy', 10);
		expect([...counts]).toEqual([1, 1, 2, 0, 0, 1, 1, 0, 0, 1]);
	});

	it('ignores its own range, keeps every other condition, and draws all rows behind', () => {
		const matcher = new Matcher(
			columnsOf([
				{
					nn: 'A',
					trials: [
						[1, 0, 10],
						[2, 0.5, null],
					],
				},
				{
					nn: 'B',
					trials: [
						[1, 1, 20],
						[2, 0.5, 30],
					],
				},
			]),
		);
		const filter = { nn: ['A'], accuracy: { min: 0.4 } };
		const own = histogramOf(matcher, filter, 'accuracy', 2);
		expect([...own.edges]).toEqual([0, 0.25, 0.5]);
		expect([...own.counts]).toEqual([1, 1]);
		expect([...own.background]).toEqual([1, 2]);
		const other = histogramOf(matcher, { nn: ['A'] }, 'duration', 2);
		expect(other.missing).toBe(1);
		expect([...other.edges]).toEqual([9.5, 10, 10.5]);
		expect([...other.counts]).toEqual([0, 1]);
	});

	it('has no edges where no row has a value, and refuses no bins', () => {
		const empty = histogramOf(of([0.5]), {}, 'prm.lr', 3);
		expect([...empty.edges]).toEqual([]);
		expect(empty.missing).toBe(1);
		expect(histogramOf(of([0.5]), {}, 'nn', 3).missing).toBe(1);
		expect(() => histogramOf(of([0.5]), {}, 'accuracy', 0)).toThrow(RangeError);
	});

	it('counts every row with a value once', () => {
		fc.assert(
			fc.property(
				arbitraryColumns,
				arbitraryFilter,
				fc.constantFrom(
					'epoch' as const,
					'accuracy' as const,
					'epochDuration' as const,
					'prm.lr' as const,
				),
				fc.integer({ min: 1, max: 12 }),
				(columns, filter, column, bins) => {
					const matcher = new Matcher(columns);
					const { counts, missing, background } = histogramOf(matcher, filter, column, bins);
					const own = column === 'epochDuration' ? undefined : column;
					const all = histogramOf(matcher, {}, column, bins);
					expect(all.background).toEqual(all.counts);
					const total = matcher.match(filter, own).count;
					expect(counts.reduce((a, b) => a + b, 0) + missing).toBe(total);
					if (!filter.best) expect(counts.every((n, i) => n <= background[i]!)).toBe(true);
				},
			),
		);
	});
});

describe('binned(ascending, bins)', () => {
	it('has the edges and counts of histogramOf, and all values in one middle where they are equal', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
				fc.integer({ min: 1, max: 12 }),
				(values, bins) => {
					const whole = histogramOf(of(values), {}, 'accuracy', bins);
					const { edges, counts } = binned(Float64Array.from(values).sort(), bins);
					expect([edges, counts]).toEqual([whole.edges, whole.counts]);
				},
			),
		);
		expect([...binned(Float64Array.of(0.5, 0.5), 2).edges]).toEqual([0, 0.5, 1]);
	});
});
