import { describe, expect, test } from 'vitest';
import {
	manualSeed,
	nextStream,
	normalValues,
	randomState,
	restoreRandomState,
	uniformValues,
} from './random';

const mean = (values: Float32Array) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('the generator', () => {
	test('gives the same streams after the same seed, others after another', () => {
		const draw = (seed: number) => {
			manualSeed(seed);
			return [nextStream(), nextStream()].map((stream) => [...uniformValues(stream, 4, 0, 1)]);
		};
		expect(draw(1)).toEqual(draw(1));
		expect(draw(1)).not.toEqual(draw(2));
		const [first, second] = draw(1);
		expect(first).not.toEqual(second);
	});

	test('a value depends on its place, not on how many are drawn', () => {
		const stream = { seed: 3, stream: 5 };
		expect([...uniformValues(stream, 9, 0, 1)].slice(0, 4)).toEqual([
			...uniformValues(stream, 4, 0, 1),
		]);
		expect([...normalValues(stream, 8)].slice(0, 5)).toEqual([...normalValues(stream, 5)]);
	});

	test('values are even and normal', () => {
		const even = uniformValues({ seed: 0, stream: 1 }, 20_000, -2, 4);
		expect(mean(even)).toBeCloseTo(1, 1);
		expect(Math.min(...even)).toBeGreaterThanOrEqual(-2);
		expect(Math.max(...even)).toBeLessThan(4);
		const bell = normalValues({ seed: 0, stream: 2 }, 20_000, 3, 2);
		expect(mean(bell)).toBeCloseTo(3, 1);
		const deviation = Math.sqrt(mean(bell.map((x) => (x - 3) ** 2)));
		expect(deviation).toBeCloseTo(2, 1);
		const far = bell.filter((x) => Math.abs(x - 3) > 4).length / bell.length;
		expect(far).toBeCloseTo(0.0455, 2);
	});

	test('goes on from a saved state', () => {
		manualSeed(7);
		nextStream();
		const state = randomState();
		const next = nextStream();
		manualSeed(8);
		restoreRandomState(state);
		expect(nextStream()).toEqual(next);
	});
});
