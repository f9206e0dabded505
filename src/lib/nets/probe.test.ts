import { beforeAll, describe, expect, test } from 'vitest';
import { tensorCount } from '../nn/constants';
import { useCpu } from '../nn/cpu';
import { log, mul } from '../nn/functional';
import { Module } from '../nn/module';
import * as nn from '../nn/modules';
import type { Tensor } from '../nn/tensor';
import { NetOutputError, probe } from './probe';
import { CLASSES, IN_SHAPE, SMALL, SmallNet } from './testing';

beforeAll(useCpu);

const probed = async (net: SmallNet) => {
	const before = tensorCount();
	try {
		await probe(net, SMALL, IN_SHAPE, [CLASSES]);
	} finally {
		net.dispose();
		expect(tensorCount()).toBe(before);
	}
};

/** Gives NaN from the middle of a head of three layers. */
class Logarithm extends Module {
	forward(x: Tensor): Tensor {
		return log(mul(mul(x, x), -1));
	}
}
class Broken extends Module {
	forward(): Tensor {
		throw new Error('this net throws');
	}
}

describe('probe', () => {
	test('is silent about a net that gives logits, and leaves its mode and statistics alone', async () => {
		const net = new SmallNet().train();
		const bytes = await probe(net, SMALL, IN_SHAPE, [CLASSES]);
		expect(bytes).toBe(await probe(net, SMALL, IN_SHAPE, [CLASSES])); // without the weights
		expect(bytes).toBeGreaterThan(4 * IN_SHAPE.slice(1).reduce((product, n) => product * n, 1));
		expect(net.training).toBe(true);
		expect(net.bn1.numBatchesTracked?.count).toBe(0);
		net.dispose();
	});

	test('a result of another shape', async () => {
		const net = () => new SmallNet(new nn.Linear(256, 3));
		await expect(probed(net())).rejects.toThrow(NetOutputError);
		await expect(probed(net())).rejects.toThrow(
			'Small gives (2, 3) for 2 images, expected (2, 5): one number for each of 5 classes.',
		);
		await expect(probed(new SmallNet(new nn.Identity()))).rejects.toThrow('gives (2, 256)');
	});

	test('a result that is no number, by the module where it begins', async () => {
		const head = new nn.Sequential(
			new nn.Linear(256, CLASSES),
			new Logarithm(),
			new nn.Linear(CLASSES, CLASSES),
		);
		await expect(probed(new SmallNet(head))).rejects.toThrow(
			/^Small gives NaN .* the first module to do so is head\.1\./,
		);
	});

	test('a net that throws', async () => {
		const head = new nn.Sequential(new nn.Linear(256, 8), new Broken());
		await expect(probed(new SmallNet(head))).rejects.toThrow(/^head\.1: this net throws$/);
	});

	test('the wrong number of inputs', async () => {
		await expect(probed(new SmallNet(new nn.Linear(100, CLASSES)))).rejects.toThrow(
			/^head: linear: the last axis of \(2, 256\) must be 100/,
		);
	});
});
