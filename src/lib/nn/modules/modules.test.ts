import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from '../cpu';
import { inStep } from '../scope';
import { intTensor, tensor } from '../tensor';
import * as nn from './index';

beforeAll(useCpu);

describe('containers', () => {
	test('Sequential names its modules by place or by name, and finds them', () => {
		const [a, b] = [new nn.ReLU(), new nn.Linear(2, 3)];
		const plain = new nn.Sequential(a, b);
		expect([...plain.namedParameters()].map(([name]) => name)).toEqual(['1.weight', '1.bias']);
		expect(plain.at(-1)).toBe(b);
		expect(() => plain.at(2)).toThrow('There is no module 2 of 2');
		const named = new nn.Sequential({ first: b });
		expect([...named.namedParameters()].map(([name]) => name)[0]).toBe('first.weight');
	});

	test('ModuleList is run by its owner', () => {
		const list = new nn.ModuleList([new nn.ReLU()]);
		expect([...list.namedChildren()].map(([name]) => name)).toEqual(['0']);
		expect(() => list.forward(tensor([1], [1]))).toThrow('Run its items');
	});
});

describe('layers have PyTorch’s defaults', () => {
	test('probabilities are from 0 to 1', () => {
		for (const make of [nn.Dropout, nn.Dropout2d]) {
			expect(new make().p).toBe(0.5);
			expect(() => new make(1.1)).toThrow('p is a probability from 0 to 1, not 1.1');
		}
		expect(() => new nn.StochasticDepth(NaN, 'row')).toThrow('not NaN');
	});

	test('weights have PyTorch’s shapes', () => {
		expect(new nn.Conv2d(4, 6, [3, 1], { groups: 2 }).weight.shape).toEqual([6, 2, 3, 1]);
		expect(new nn.ConvTranspose2d(4, 6, 3, { groups: 2 }).weight.shape).toEqual([4, 3, 3, 3]);
		expect(new nn.Linear(4, 6, { bias: false }).bias).toBeNull();
		expect(new nn.BatchNorm2d(3, { affine: false, trackRunningStats: false }).parameters()).toEqual(
			[],
		);
		expect(new nn.InstanceNorm2d(3).weight).toBeNull();
		expect(new nn.LayerNorm([2, 3]).weight?.shape).toEqual([2, 3]);
	});

	test('BatchNorm counts its batches, takes (N, C) too, and rests in evaluation', async () => {
		const norm = new nn.BatchNorm1d(2);
		await inStep(() => void norm.train().call(tensor([1, 2, 3, 4], [2, 2])));
		expect(norm.numBatchesTracked?.count).toBe(1);
		const [mean, variance] = [await norm.runningMean!.data(), await norm.runningVar!.data()];
		expect(mean[0]).toBeCloseTo(0.2, 6);
		expect(variance[0]).toBeCloseTo(0.9 + 0.1 * 2, 6); // unbiased
		await inStep(() => void norm.eval().call(tensor([1, 2], [1, 2])));
		expect(norm.numBatchesTracked?.count).toBe(1);
		norm.dispose();
	});

	test('GroupNorm refuses channels that do not divide', async () => {
		const work = () => inStep(() => new nn.GroupNorm(2, 3).call(tensor([1, 2, 3], [1, 3, 1, 1])));
		await expect(work()).rejects.toThrow('3 channels do not divide into 2 groups');
	});

	test('Embedding looks words up', async () => {
		const table = new nn.Embedding(5, 3);
		const out = await inStep(() => table.call(intTensor([4, 0], [2])).shape);
		expect(out).toEqual([2, 3]);
		table.dispose();
	});
});
