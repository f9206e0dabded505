import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import { HALF, halfAt, violinsOf } from './violins';

const net = (nn: string, dataset: string, duration: number | null, metric = 'acc') => ({
	nn,
	dataset,
	metric,
	trials: [[1, 0.5, duration]] as const,
});
const { columns, ids } = allRows(
	columnsOf([
		net('A', 'cifar-10', 10),
		net('A', 'cifar-10', 1000),
		net('B', 'cifar-10', 100),
		net('C', 'cifar-10', 10_000),
		net('C', 'cifar-10', 1e6, 'iou'),
		net('D', 'cifar-10', null),
		net('E', 'cifar-10', 0),
		net('A', 'mnist', 7),
	]),
);

describe('violinsOf(columns, ids, apart)', () => {
	it('has the mean time of each net on each dataset, and counts those without one', () => {
		const [cifar, mnist] = violinsOf(columns, ids, false);
		expect(cifar?.nets).toEqual(['B', 'A', 'C']);
		expect([...(cifar?.times ?? [])]).toEqual([100, 505, 505_000]);
		expect(cifar?.missing).toBe(2);
		expect([mnist?.dataset, mnist?.heights.length]).toEqual(['mnist', 0]);
	});

	it('takes records of different metrics as different nets, as LEMUR does', () => {
		const [cifar] = violinsOf(columns, ids, true);
		expect(cifar?.nets).toEqual(['B', 'A', 'C', 'C']);
	});

	it('is as wide as its density, which reaches beyond the data and is widest once', () => {
		const [violin] = violinsOf(columns, ids, false);
		if (!violin) throw new Error('No violin.');
		const { heights, shares } = violin;
		expect(heights[0]).toBeLessThan(2);
		expect(heights.at(-1)).toBeGreaterThan(Math.log10(505_000));
		expect(Math.max(...shares)).toBe(1);
		const peak = heights[shares.indexOf(1)] ?? 0;
		expect(halfAt(violin, peak)).toBeCloseTo(HALF, 9);
		expect(halfAt(violin, heights[0]! - 5)).toBeCloseTo(HALF * shares[0]!, 9);
		expect(halfAt({ ...violin, heights: new Float64Array(0) }, 3)).toBe(HALF / 2);
	});
});
