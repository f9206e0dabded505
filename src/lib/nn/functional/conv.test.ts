import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from '../cpu';
import { ShapeError, tensor, type Tensor } from '../tensor';
import { conv2d, convTranspose2d, size } from './conv';

beforeAll(useCpu);

const ones = (...shape: number[]): Tensor =>
	tensor(new Float32Array(shape.reduce((a, b) => a * b)).fill(1), shape);

describe('conv2d', () => {
	test('has PyTorch’s sizes', () => {
		const out = (x: Tensor, w: Tensor, options = {}) => conv2d(x, w, null, options).shape;
		expect(out(ones(1, 2, 7, 8), ones(3, 2, 3, 3))).toEqual([1, 3, 5, 6]);
		expect(out(ones(1, 2, 7, 8), ones(3, 2, 3, 3), { stride: 2, padding: 1 })).toEqual([
			1, 3, 4, 4,
		]);
		expect(out(ones(1, 2, 7, 8), ones(3, 2, 3, 3), { dilation: 2 })).toEqual([1, 3, 3, 4]);
		expect(out(ones(1, 2, 7, 8), ones(4, 1, 2, 2), { groups: 2, padding: 'same' })).toEqual([
			...[1, 4, 7, 8],
		]);
	});

	test('"same" puts the odd row at the end', async () => {
		const x = tensor([1, 2, 3], [1, 1, 1, 3]);
		const out = await conv2d(x, tensor([1, 1], [1, 1, 1, 2]), null, { padding: 'same' }).data();
		expect([...out]).toEqual([3, 5, 3]);
	});

	test.each([
		[
			'channels',
			ones(1, 3, 4, 4),
			ones(2, 2, 3, 3),
			{},
			'the input has 3 channels, the weight expects 2',
		],
		['axes', ones(3, 4), ones(2, 2, 3, 3), {}, 'both need four axes'],
		['groups', ones(1, 4, 4, 4), ones(3, 2, 1, 1), { groups: 2 }, 'do not divide into the groups'],
		[
			'size',
			ones(1, 1, 4, 4),
			ones(1, 1, 3, 3),
			{ dilation: 2 },
			'reaches over 5 pixels, the padded input has 4',
		],
	])('refuses wrong %s with all shapes', (_, x, w, options, message) => {
		expect(() => conv2d(x, w, null, options)).toThrow(ShapeError);
		expect(() => conv2d(x, w, null, options)).toThrow(message);
		expect(() => conv2d(x, w, null, options)).toThrow(`input (${x.shape.join(', ')})`);
	});

	test('a pair of equal sizes is written as one number', () => {
		expect([size([2, 2]), size([2, 3]), size(4)]).toEqual([2, [2, 3], 4]);
	});
});

test('convTranspose2d has PyTorch’s sizes and refuses wrong channels', () => {
	const options = { stride: 2, padding: 1, outputPadding: 1 };
	expect(convTranspose2d(ones(1, 3, 4, 5), ones(3, 2, 3, 3), null, options).shape).toEqual([
		...[1, 2, 8, 10],
	]);
	expect(() => convTranspose2d(ones(1, 2, 4, 4), ones(3, 2, 3, 3))).toThrow(
		'axis 1 of the input must be axis 0 of the weight',
	);
});
