import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from '../cpu';
import { intTensor, ShapeError, tensor, type Tensor } from '../tensor';
import { embedding } from './embedding';
import { linear, matmul } from './linear';
import { cat, chunk, narrow, pad, roll, split, stack, transpose, view } from './shape';

beforeAll(useCpu);

const counting = (...shape: number[]) =>
	tensor(
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
		shape,
	);
const list = async (x: Tensor) => [...(await x.data())];

describe('views and joins', () => {
	test('view infers one size', () => {
		expect(view(counting(2, 6), [3, -1]).shape).toEqual([3, 4]);
		expect(() => view(counting(2, 6), [5, -1])).toThrow(
			'view: 12 elements of shape (2, 6) do not fit (5, -1)',
		);
	});

	test('chunks are as large as PyTorch’s: the last may be smaller', () => {
		expect(chunk(counting(7, 1), 3).map(({ shape }) => shape[0])).toEqual([3, 3, 1]);
		expect(split(counting(5), [2, 3]).map(({ shape }) => shape[0])).toEqual([2, 3]);
		expect(() => narrow(counting(3), 0, 2, 2)).toThrow('[2, 4) of axis 0 with 3');
	});

	test('cat, stack, roll, pad, transpose', async () => {
		const [a, b] = [counting(2, 2), counting(2, 2)];
		expect(await list(cat([a, b], -1))).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
		expect(stack([a, b], -1).shape).toEqual([2, 2, 2]);
		expect(await list(roll(counting(4), [1], [0]))).toEqual([3, 0, 1, 2]);
		expect(await list(pad(counting(2), [1, 2], 9))).toEqual([9, 0, 1, 9, 9]);
		expect(await list(transpose(counting(2, 2), 0, -1))).toEqual([0, 2, 1, 3]);
		expect(() => cat([counting(2, 2), counting(2, 3)])).toThrow('(2, 2) and (2, 3)');
		expect(() => cat([])).toThrow('there is nothing to join');
	});
});

describe('products and tables', () => {
	test('linear acts on the last axis, whatever comes before', async () => {
		const weight = tensor([1, 2, 3, 4], [2, 2]);
		const out = linear(counting(2, 1, 2), weight, tensor([10, 20], [2]));
		expect(out.shape).toEqual([2, 1, 2]);
		expect(await list(out)).toEqual([12, 24, 18, 38]);
		expect(() => linear(counting(2, 3), weight)).toThrow('the last axis of (2, 3) must be 2');
		expect(() => matmul(counting(2, 3), counting(2, 3))).toThrow(ShapeError);
	});

	test('embedding looks rows up', async () => {
		const table = counting(4, 2);
		const out = embedding(intTensor([3, 0, 3], [3]), table);
		expect(out.shape).toEqual([3, 2]);
		expect(await list(out)).toEqual([6, 7, 0, 1, 6, 7]);
		expect(() => embedding(intTensor([0], [1]), counting(4))).toThrow('the table needs two axes');
	});
});
