import { beforeAll, describe, expect, test } from 'vitest';
import { backward } from '../autograd';
import { useCpu } from '../cpu';
import { inStep } from '../scope';
import { intTensor, Parameter, tensor } from '../tensor';
import { manualSeed } from '../random';
import { dropout, dropout2d, stochasticDepth } from './dropout';
import { crossEntropy } from './loss';

beforeAll(useCpu);

const logits = tensor([2, 1, 0, 0, 3, 0], [2, 3]);
const nats = (values: readonly number[], label: number) =>
	Math.log(values.reduce((sum, z) => sum + Math.exp(z), 0)) - values[label]!;
const [first, second] = [
	[2, 1, 0],
	[0, 3, 0],
];

describe('crossEntropy', () => {
	test('is the mean over the labels that count', async () => {
		const loss = async (labels: number[], options = {}) =>
			crossEntropy(logits, intTensor(labels, [2]), options).item();
		expect(await loss([0, 1])).toBeCloseTo((nats(first!, 0) + nats(second!, 1)) / 2, 6);
		expect(await loss([0, -1], { ignoreIndex: -1 })).toBeCloseTo(nats(first!, 0), 6);
		expect(await loss([-100, 1])).toBeCloseTo(nats(second!, 1), 6);
		const smooth = await loss([0, 0], { labelSmoothing: 0.3 });
		const even = (values: readonly number[]) =>
			[0, 1, 2].reduce((s, c) => s + nats(values, c), 0) / 3;
		const expected = [first!, second!].map((z) => 0.7 * nats(z, 0) + 0.3 * even(z));
		expect(smooth).toBeCloseTo((expected[0]! + expected[1]!) / 2, 6);
	});

	test('is NaN without a label that counts, and for a label that is no class', async () => {
		const loss = (labels: number[]) => crossEntropy(logits, intTensor(labels, [2]));
		expect(await loss([-100, -100]).item()).toBeNaN();
		expect(await loss([0, 3]).item()).toBeNaN();
		expect(await loss([0, -1]).item()).toBeNaN();
	});

	test('sends no gradient to places without a label', async () => {
		const leaf = new Parameter(() => Float32Array.of(2, 1, 0, 0, 3, 0), [2, 3]);
		await inStep(() => backward(crossEntropy(leaf, intTensor([-100, 1], [2]))));
		expect([...(await leaf.grad!.data())].slice(0, 3)).toEqual([0, 0, 0]);
		leaf.dispose();
	});

	test('names both shapes when they do not fit', () => {
		expect(() => crossEntropy(logits, intTensor([1], [1]))).toThrow(
			'cross_entropy: logits (2, 3) need one label for each of 2 places, not (1)',
		);
	});
});

describe('dropout', () => {
	const x = tensor(new Float32Array(4_000).fill(1), [10, 20, 20]);
	const list = async (y: { data(): Promise<ArrayLike<number>> }) => Array.from(await y.data());

	test('drops a share p and makes the others larger, the same after the same seed', async () => {
		const drop = () => {
			manualSeed(5);
			return list(dropout(x, 0.25));
		};
		const values = await drop();
		expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
		expect(values.filter((value) => value === 0).length / 4_000).toBeCloseTo(0.25, 1);
		expect(await drop()).toEqual(values);
		expect(await list(dropout(x, 0.25))).not.toEqual(values);
		expect(new Set(await list(dropout(x, 1)))).toEqual(new Set([0]));
	});

	test('is nothing in evaluation and for p = 0', () => {
		expect(dropout(x, 0.5, { training: false })).toBe(x);
		expect(dropout(x, 0)).toBe(x);
	});

	test('drops whole channels, whole samples, the whole batch', async () => {
		const parts = async (y: { data(): Promise<ArrayLike<number>> }, size: number) => {
			const values = await list(y);
			return Array.from(
				{ length: values.length / size },
				(_, i) => new Set(values.slice(i * size, (i + 1) * size)).size,
			);
		};
		const image = tensor(new Float32Array(2 * 8 * 4).fill(1), [2, 8, 2, 2]);
		expect(new Set(await parts(dropout2d(image, 0.5), 4))).toEqual(new Set([1]));
		expect(new Set(await parts(stochasticDepth(x, 0.5, 'row'), 400))).toEqual(new Set([1]));
		expect(await parts(stochasticDepth(x, 0.5, 'batch'), 4_000)).toEqual([1]);
	});
});
