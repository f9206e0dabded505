import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoFrontier } from './pareto';

describe('paretoFrontier(duration, accuracy)', () => {
	it('takes what is strictly better than all that is cheaper', () => {
		expect([...paretoFrontier([3, 1, 2, 4], [0.9, 0.5, 0.5, 0.95])]).toEqual([1, 0, 3]);
	});

	it('takes the best, then the first, of equal durations', () => {
		expect([...paretoFrontier([1, 1, 1], [0.5, 0.7, 0.7])]).toEqual([1]);
	});

	it('leaves out what has no duration or no accuracy', () => {
		expect([...paretoFrontier([NaN, 2, 3], [0.99, 0.5, NaN])]).toEqual([1]);
		expect([...paretoFrontier([], [])]).toEqual([]);
	});

	it('has exactly one point for each level that no other point reaches sooner', () => {
		const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
		fc.assert(
			fc.property(fc.array(point), (points) => {
				const frontier = paretoFrontier(
					points.map(([x]) => x),
					points.map(([, y]) => y),
				);
				const free = points.filter(
					([x, y]) => !points.some(([a, b]) => (a <= x && b > y) || (a < x && b >= y)),
				);
				const texts = new Set(free.map(String));
				expect([...frontier].map((i) => String(points[i])).sort()).toEqual([...texts].sort());
			}),
		);
	});
});
