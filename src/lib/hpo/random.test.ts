import { describe, expect, it } from 'vitest';
import { seededRandom, streamOf } from './random';

const first = (random: () => number) => Array.from({ length: 4 }, random);

describe('streamOf', () => {
	it('gives the same stream for the same path and others for all others', () => {
		const paths: (readonly (number | string)[])[] = [
			[],
			[0],
			[1],
			['1'],
			[1, 2],
			[2, 1],
			[12],
			['a', 'b'],
			['ab'],
			['ab', ''],
			['b', 'a'],
		];
		const seen = new Set<string>();
		for (const seed of [0, 1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1])
			for (const path of paths) {
				expect(first(streamOf(seed, ...path))).toEqual(first(streamOf(seed, ...path)));
				seen.add(first(streamOf(seed, ...path)).join());
			}
		expect(seen.size).toBe(5 * paths.length);
	});

	it('is uniform from one stream to the next', () => {
		const bins = new Array<number>(16).fill(0);
		for (let trial = 0; trial < 16_000; trial++)
			bins[Math.floor(streamOf(7, trial, 'lr')() * 16)]!++;
		// Chi-square with 15 degrees of freedom exceeds 50 once in 100,000.
		const statistic = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
		expect(statistic).toBeLessThan(50);
		expect(first(seededRandom(7))).toEqual(first(seededRandom(7)));
	});
});
