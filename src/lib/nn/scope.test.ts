import { beforeAll, describe, expect, test } from 'vitest';
import { batches } from './batches';
import { constant, forget, keptConstants, ones, scalar, tensorCount, zeros } from './constants';
import { useCpu } from './cpu';
import { mul, neg } from './functional';
import { inStep, keep, onStepEnd } from './scope';
import { tensor, type Tensor } from './tensor';

beforeAll(useCpu);

describe('a step', () => {
	test('frees what it made but what was kept, also when it throws', async () => {
		const before = tensorCount();
		const kept = await inStep(() => {
			const x = tensor([1, 2], [2]);
			return keep(mul(x, x));
		});
		expect(tensorCount()).toBe(before + 1);
		expect([...(await kept.data())]).toEqual([1, 4]);
		kept.dispose();
		const failing = inStep(() => {
			tensor([1], [1]);
			throw new Error('given up');
		});
		await expect(failing).rejects.toThrow('given up');
		expect(tensorCount()).toBe(before);
	});

	test('tells its end', async () => {
		let ends = 0;
		onStepEnd(() => ends++);
		await inStep(() => undefined);
		onStepEnd(() => undefined);
		expect(ends).toBe(1);
	});
});

describe('batches', () => {
	test('free each step when the next one is asked for, and the last one at the end', async () => {
		const before = tensorCount();
		const seen: Tensor[] = [];
		const made = (i: number) => [tensor([i], [1]), tensor([i], [1])] as const;
		for await (const [x] of batches((i) => (i < 3 ? made(i) : undefined))) {
			neg(x);
			seen.push(x);
			expect(tensorCount()).toBe(before + 3);
		}
		expect(seen).toHaveLength(3);
		expect(tensorCount()).toBe(before);
	});
});

describe('constants', () => {
	test('are made once and not counted as tensors', () => {
		forget();
		const before = tensorCount();
		expect(scalar(2.5)).toBe(scalar(2.5));
		expect(scalar(0)).not.toBe(scalar(-0));
		const table = () => constant('a', [2], () => Float32Array.of(1, 2));
		expect(table()).toBe(table());
		expect(tensorCount()).toBe(before);
		expect(keptConstants()).toBe(4);
		forget();
		expect(keptConstants()).toBe(0);
		expect(scalar(2.5).isDisposed).toBe(false);
	});

	test('ones and zeros have their shape', async () => {
		expect([...(await ones([2, 2]).data())]).toEqual([1, 1, 1, 1]);
		expect([...(await zeros([1, 1]).data())]).toEqual([0]);
		expect(ones([1, 1]).shape).toEqual([1, 1]);
	});
});
