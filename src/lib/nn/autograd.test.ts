import { beforeAll, describe, expect, it } from 'vitest';
import { backward, isGradEnabled, noGrad, record, withLossHook } from './autograd';
import { useCpu } from './cpu';
import { add, cat, mul, mean, narrow, sum, view } from './functional';
import { inStep } from './scope';
import { Parameter, ShapeError, tensor } from './tensor';

beforeAll(useCpu);

const leaf = (...values: number[]) =>
	new Parameter(() => Float32Array.from(values), [values.length]);
const gradOf = async (one: Parameter) => [...(await one.grad!.data())];

describe('backward(loss)', () => {
	it('adds up what comes by several ways, in whatever order they were made', async () => {
		const x = leaf(2, 3);
		await inStep(() => {
			const square = mul(x, x);
			const both = add(mul(square, x), square); // x³ + x²
			backward(sum(cat([both, mul(x, 5)])));
		});
		expect(await gradOf(x)).toEqual([3 * 4 + 4 + 5, 3 * 9 + 6 + 5]);
		x.dispose();
	});

	it('adds to what is there until it is zeroed', async () => {
		const x = leaf(1);
		const step = () => inStep(() => backward(sum(mul(x, 3))));
		await step();
		await step();
		expect(await gradOf(x)).toEqual([6]);
		x.zeroGrad();
		expect(x.grad).toBeNull();
		await step();
		expect(await gradOf(x)).toEqual([3]);
		x.dispose();
	});

	it('reaches only what requires a gradient, and nothing behind detach() and noGrad()', async () => {
		const [x, y] = [leaf(2), leaf(3)];
		const still = new Parameter(() => Float32Array.of(4), [1], 'plain', false);
		await inStep(() => {
			const outside = noGrad(() => mul(y, y));
			expect(isGradEnabled()).toBe(true);
			backward(sum(mul(mul(x, still), add(outside, y.detach()))));
		});
		expect(await gradOf(x)).toEqual([4 * 12]);
		expect(y.grad).toBeNull();
		expect(still.grad).toBeNull();
		for (const one of [x, y, still]) one.dispose();
	});

	it('sends each part of a long chain its own share', async () => {
		const x = leaf(...Array.from({ length: 40 }, (_, i) => i));
		await inStep(() => {
			const parts = Array.from({ length: 40 }, (_, i) => mul(narrow(x, 0, i, 1), i));
			backward(sum(cat(parts.toReversed())));
		});
		expect(await gradOf(x)).toEqual(Array.from({ length: 40 }, (_, i) => i));
		x.dispose();
	});

	it('starts at one element, from something that requires a gradient, or with a gradient', async () => {
		const x = leaf(1, 2);
		await inStep(() => {
			expect(() => backward(mul(x, 2))).toThrow('not at shape (2)');
			expect(() => backward(tensor([1], [1]))).toThrow('nothing here requires a gradient');
			backward(mul(x, 2), tensor([1, 10], [2]));
		});
		expect(await gradOf(x)).toEqual([2, 20]);
		x.dispose();
	});

	it('refuses a gradient of another shape than its input, by the operation’s name', async () => {
		const x = leaf(1, 2);
		const wrong = () =>
			inStep(() => {
				const { memory, shape } = mul(x, 1);
				const made = record({
					name: 'mine',
					inputs: [x],
					memory,
					shape,
					backward: (gradient) => [view(gradient, [1, 2])],
				});
				backward(sum(made));
			});
		await expect(wrong()).rejects.toThrow(ShapeError);
		await expect(wrong()).rejects.toThrow('mine: gradient of (1, 2) for an input of (2).');
		x.dispose();
	});
});

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
