import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialColumns } from './columns';
import { bandOf, curves, type Curve, type CurveBy } from './curves';
import { readerOf } from './reader';
import { arbitraryColumns, columnsOf } from './testing';

const all = (columns: TrialColumns) => Uint32Array.from({ length: columns.count }, (_, i) => i);
const BY: CurveBy[] = ['nn', 'nnFamily', 'dataset', 'transform', 'all'];
const same = (a: Curve) => (b: Curve) =>
	(['name', 'task', 'dataset', 'metric'] as const).every((key) => a[key] === b[key]);

describe('curves(columns, ids, options)', () => {
	it('gives each epoch the statistics of its trials', () => {
		const columns = columnsOf([
			{
				trials: [
					[1, 0.1],
					[2, 0.4],
					[5, 0.7],
				],
			},
			{
				trials: [
					[1, 0.3],
					[2, 0.4],
				],
			},
		]);
		const { curves: list, series } = curves(columns, all(columns), { by: 'nn', top: 9 });
		expect(series).toBe(1);
		const [curve] = list;
		expect(curve).toMatchObject({ name: 'AlexNet', metric: 'acc', runs: 2, best: 0.7 });
		expect([...curve!.epoch]).toEqual([1, 2, 5]);
		expect([...curve!.n]).toEqual([2, 2, 1]);
		expect([...curve!.median]).toEqual([0.2, 0.4, 0.7]);
		expect(curve!.std[0]).toBeCloseTo(Math.SQRT2 / 10, 15);
		expect(curve!.std[1]).toBe(0);
		expect(curve!.std[2]).toBeNaN();
		expect([...curve!.p5]).toEqual([expect.closeTo(0.11, 15), 0.4, 0.7]);
	});

	it('keeps the best series, ties by name, and counts all', () => {
		const columns = columnsOf([
			{ nn: 'b', trials: [[1, 0.5]] },
			{ nn: 'a', trials: [[1, 0.5]] },
			{ nn: 'c', trials: [[1, 0.6]] },
			{ nn: 'c', metric: 'iou', trials: [[1, 0.4]] },
		]);
		const set = curves(columns, all(columns), { by: 'nn', top: 3 });
		expect(set.curves.map(({ name, metric }) => `${name} ${metric}`)).toEqual([
			'c acc',
			'a acc',
			'b acc',
		]);
		expect(set.series).toBe(4);
	});

	it('covers every trial once, and never mixes task, dataset or metric', () => {
		fc.assert(
			fc.property(arbitraryColumns, fc.constantFrom(...BY), (columns, by) => {
				const set = curves(columns, all(columns), { by, top: Infinity });
				const n = set.curves.flatMap((curve) => [...curve.n]).reduce((a, b) => a + b, 0);
				expect(n).toBe(columns.count);
				const names = set.curves.map(({ name, task, dataset, metric }) =>
					JSON.stringify([name, task, dataset, metric]),
				);
				expect(new Set(names).size).toBe(set.series);
			}),
		);
	});

	it('gives a series the same numbers, bit for bit, whether or not others are present', () => {
		fc.assert(
			fc.property(
				arbitraryColumns.filter(({ count }) => count > 0),
				fc.nat(),
				(columns, pick) => {
					const set = curves(columns, all(columns), { by: 'nn', top: Infinity });
					const one = set.curves[pick % set.series]!;
					const only = all(columns).filter(
						(t) =>
							readerOf(columns, 'nn').at(t) === one.name &&
							(['task', 'dataset', 'metric'] as const).every(
								(key) => readerOf(columns, key).at(t) === one[key],
							),
					);
					const alone = curves(columns, only, { by: 'nn', top: 1 });
					expect(alone.curves).toEqual([one]);
					expect(bandOf(columns, only, one.name)).toEqual(one);
					// Controls: the same series is found beside others; without one trial it differs.
					expect(set.curves.filter(same(one))).toHaveLength(1);
					const fewer = curves(columns, only.subarray(1), { by: 'nn', top: 1 });
					expect(fewer.curves).not.toEqual([one]);
				},
			),
		);
	});
});
