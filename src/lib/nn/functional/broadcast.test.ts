import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from '../cpu';
import { Parameter, ShapeError, tensor } from '../tensor';
import { broadcast, unbroadcast } from './broadcast';

beforeAll(useCpu);

const counting = (shape: readonly number[], layout: 'plain' | 'channels_last' = 'plain') => {
	const size = shape.reduce((a, b) => a * b, 1);
	return new Parameter(() => Float32Array.from({ length: size }, (_, i) => i), shape, layout);
};

describe('broadcast', () => {
	test('shapes follow PyTorch, activations stay channels last', () => {
		const image = counting([2, 3, 4, 4], 'channels_last');
		expect(broadcast('add', image, counting([3, 1, 1]))).toMatchObject({
			shape: [2, 3, 4, 4],
			layout: 'channels_last',
		});
		expect(broadcast('add', counting([4]), image.detach()).layout).toBe('channels_last');
		expect(broadcast('add', counting([2, 1]), counting([3])).shape).toEqual([2, 3]);
		expect(broadcast('add', counting([]), counting([2, 2])).shape).toEqual([2, 2]);
	});

	test('shapes that do not fit name the operation, both shapes and the axis', () => {
		const pair = () => broadcast('mul', counting([2, 3]), counting([2, 4]));
		expect(pair).toThrow(ShapeError);
		expect(pair).toThrow('mul: shapes (2, 3) and (2, 4) do not fit together: axis -1 has 3 and 4.');
	});

	test('a gradient is summed over the axes along which its operand was repeated', async () => {
		const gradient = tensor([1, 2, 3, 4, 5, 6], [2, 3]);
		const summed = async (shape: number[]) => [
			...(await unbroadcast(gradient, counting(shape)).data()),
		];
		expect(await summed([3])).toEqual([5, 7, 9]);
		expect(await summed([2, 1])).toEqual([6, 15]);
		expect(await summed([])).toEqual([21]);
		expect(unbroadcast(gradient, counting([2, 3]))).toBe(gradient);
	});
});
