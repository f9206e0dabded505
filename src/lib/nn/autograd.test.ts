import { describe, expect, it } from 'vitest';
import { backward, withLossHook } from './autograd';
import { useCpu } from './cpu';
import { mul, mean } from './functional';
import { inStep } from './scope';
import { Parameter } from './tensor';

describe('withLossHook(listener, work)', () => {
	it('tells each loss that backward starts at, and nothing before or after', async () => {
		await useCpu();
		const weight = new Parameter(() => Float32Array.of(1, 2), [2]);
		const told: Promise<number>[] = [];
		const step = () =>
			inStep(async () => {
				backward(mean(mul(weight, 3)));
				await Promise.all(told);
			});
		await step();
		await withLossHook(
			(loss) => told.push(loss.item()),
			async () => {
				await step();
				await step();
			},
		);
		await step();
		expect(await Promise.all(told)).toEqual([4.5, 4.5]);
	});

	it('stops listening when the work fails', async () => {
		let told = 0;
		const failing = withLossHook(
			() => told++,
			() => Promise.reject(new Error('mine')),
		);
		await expect(failing).rejects.toThrow('mine');
		await useCpu();
		await inStep(() => backward(mean(new Parameter(() => Float32Array.of(1), [1]))));
		expect(told).toBe(0);
	});
});
