import { beforeAll, describe, expect, test } from 'vitest';
import { withLossHook } from '../nn/autograd';
import { useCpu } from '../nn/cpu';
import { useDevice } from '../nn/device';
import { keep } from '../nn/scope';
import * as nn from '../nn/modules';
import type { Tensor } from '../nn/tensor';
import { build } from './oracle-net';
import { netOf } from './registry';
import { data, PRM, SmallNet } from './testing';

beforeAll(useCpu);

/** Losses of the steps of one epoch. */
async function lossesOf(net: SmallNet): Promise<number[]> {
	const kept: Tensor[] = [];
	await withLossHook(
		(loss) => void kept.push(keep(loss.detach())),
		() => net.learn(data(3)),
	);
	const values: number[] = [];
	for (const one of kept) {
		values.push(await one.item());
		one.dispose();
	}
	return values;
}

describe('Classifier', () => {
	test('learn() before trainSetup() says so', async () => {
		const net = new SmallNet();
		await expect(net.learn(data(1))).rejects.toThrow('learn() before trainSetup()');
	});

	test('learns what it sees again, and tells its losses', async () => {
		const net = new SmallNet();
		net.trainSetup(PRM);
		const first = await lossesOf(net);
		expect(first).toHaveLength(3);
		let last = first;
		for (let epoch = 0; epoch < 10; epoch++) last = await lossesOf(net);
		const mean = (list: readonly number[]) => list.reduce((a, b) => a + b) / list.length;
		expect(mean(last)).toBeLessThan(mean(first));
		net.dispose();
	});

	test('a net of too few classes gives NaN, not a wrong loss', async () => {
		const net = new SmallNet(new nn.Linear(256, 3));
		net.trainSetup(PRM);
		expect(await lossesOf(net)).toEqual([NaN, NaN, NaN]);
		net.dispose();
	});

	test('AlexNet’s largest layer is over the default binding of WebGPU, and is named', () => {
		const net = build(netOf('AlexNet')!, [2, 3, 64, 64], 10);
		const MEBIBYTE = 2 ** 20;
		useDevice({}, 128 * MEBIBYTE);
		try {
			expect(() => net.trainSetup(PRM)).toThrow(
				/^classifier\.1\.weight of shape \(4096, 9216\) takes 151\.0 MB, this GPU's tensors are at most 134\.2 MB\. Choose/,
			);
			useDevice({}, 256 * MEBIBYTE);
			expect(() => net.trainSetup(PRM)).not.toThrow();
		} finally {
			useDevice(undefined);
		}
	});
});
