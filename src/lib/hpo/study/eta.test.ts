import { describe, expect, it } from 'vitest';
import { etaMs } from './eta';

describe('etaMs', () => {
	it('is the pace so far, for what is left', () => {
		expect(etaMs({ at: 1_000, done: 1 }, { at: 11_000, done: 21 }, 100, 9e9)).toBe(79 * 500);
	});

	it('takes what a trial usually takes before a pace was seen, and knows nothing without', () => {
		expect(etaMs(undefined, { at: 5, done: 20 }, 50, 100)).toBe(3_000);
		expect(etaMs({ at: 5, done: 20 }, { at: 9, done: 20 }, 50, null)).toBeNull();
	});

	it('is 0 when nothing is left', () => {
		expect(etaMs(undefined, { at: 5, done: 60 }, 50, null)).toBe(0);
	});

	it('is within a quarter of the truth from a fifth on, for trials that take 1 s give or take half', () => {
		const ends: number[] = [];
		let clock = 3_000;
		for (let i = 0; i < 100; i++) ends.push((clock += 500 + ((i * 7_919) % 1_000)));
		const since = { at: ends[0]!, done: 1 };
		for (let i = 19; i < 99; i++) {
			const eta = etaMs(since, { at: ends[i]!, done: i + 1 }, 100, null)!;
			const truth = ends[99]! - ends[i]!;
			expect(Math.abs(eta - truth)).toBeLessThan(0.25 * truth + 1_000);
		}
	});
});
