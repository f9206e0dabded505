import { describe, expect, it } from 'vitest';
import { categorical, float, int } from '../distributions';
import { spaceOf } from '../space';
import { historyOf, samplerContract } from './contract';
import { gridSampler } from './grid';
import { qmcSampler } from './qmc';
import { randomSampler } from './random';
import { makeSampler, type SamplerChoice } from './registry';

const CHOICES: Record<string, SamplerChoice> = {
	'TPE v4': { id: 'tpe', preset: 'v4', startupTrials: 10, candidates: 24 },
	'TPE v4-multivariate': {
		id: 'tpe',
		preset: 'v4-multivariate',
		startupTrials: 10,
		candidates: 24,
	},
	'TPE v5': { id: 'tpe', preset: 'v5', startupTrials: 10, candidates: 24 },
	random: { id: 'random' },
	grid: { id: 'grid', points: 5 },
	'quasi-random': { id: 'qmc' },
};
for (const [name, choice] of Object.entries(CHOICES)) samplerContract(name, makeSampler(choice));

const none = { directions: ['minimize' as const], trials: [] };
const counts = (inputs: readonly number[]) => {
	const counted = new Map<number, number>();
	for (const input of inputs) counted.set(input, (counted.get(input) ?? 0) + 1);
	return counted;
};

describe('random search', () => {
	it('gives the ends of an int as often as the numbers between, log-uniform where asked', () => {
		const space = spaceOf({ n: int(1, 4), x: float(1e-4, 1, { log: true }) });
		const rows = Array.from({ length: 4_000 }, (_, trial) =>
			randomSampler.suggest({ history: none, space, trial, seed: 1 }),
		);
		for (const count of counts(rows.map(([n]) => n!)).values())
			expect(Math.abs(count - 1_000)).toBeLessThan(140); // 5 standard errors
		const low = rows.filter(([, x]) => x! < 1e-2).length;
		expect(Math.abs(low - 2_000)).toBeLessThan(160);
	});
});

describe('grid search', () => {
	const space = spaceOf({
		b: categorical([1, 2, 4]),
		x: float(0, 1),
		lr: float(1e-4, 1, { log: true }),
	});

	it('tries every point once, in another order for another seed', () => {
		const grid = gridSampler({ points: 5 });
		expect(grid.capacity!(space)).toBe(75);
		const order = (seed: number) =>
			Array.from({ length: 75 }, (_, trial) =>
				grid.suggest({ history: none, space, trial, seed }).join(),
			);
		expect(new Set(order(1)).size).toBe(75);
		expect(order(1)).not.toEqual(order(2));
		const ends = order(1).filter((row) => row.endsWith(',1') || row.endsWith(',0.0001'));
		expect(ends).toHaveLength(30);
	});

	it('has few points where there are few values', () => {
		const small = spaceOf({ n: int(0, 2), one: float(3, 3) });
		expect(gridSampler({ points: 5 }).capacity!(small)).toBe(3);
		expect(gridSampler({ points: 1 }).capacity!(space)).toBe(3);
	});
});

describe('quasi-random search', () => {
	it('covers two dimensions with 64 points, one in each of 8 × 8 cells; random search does not', () => {
		const space = spaceOf({ x: float(0, 1), y: float(0, 1) });
		const cells = (sampler: typeof qmcSampler) =>
			new Set(
				Array.from({ length: 64 }, (_, trial) =>
					sampler
						.suggest({ history: none, space, trial, seed: 11 })
						.map((x) => Math.floor(x * 8))
						.join(),
				),
			).size;
		expect(cells(qmcSampler)).toBe(64);
		expect(cells(randomSampler)).toBeLessThan(55);
	});

	it('goes beyond 32 parameters', () => {
		const wide = spaceOf(Array.from({ length: 40 }, (_, i) => [`p${i}`, float(0, 1)] as const));
		expect(historyOf(qmcSampler, wide, [1, 2]).trials[1]!.inputs).toHaveLength(40);
	});
});
