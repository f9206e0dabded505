/** Tensors alive: the same after steps, epochs, trials and aborts. */
import { beforeAll, describe, expect, test } from 'vitest';
import { tensorCount } from '../nn/constants';
import { useCpu } from '../nn/cpu';
import { Module } from '../nn/module';
import * as nn from '../nn/modules';
import { inStep } from '../nn/scope';
import type { Tensor } from '../nn/tensor';
import { probe } from './probe';
import { CLASSES, data, IN_SHAPE, PRM, SMALL, SmallNet } from './testing';

beforeAll(useCpu);

async function trained(): Promise<SmallNet> {
	const net = new SmallNet();
	net.trainSetup(PRM);
	await net.learn(data(2));
	return net;
}

describe('tensors', () => {
	test('no more after more steps and epochs, evaluation in between', async () => {
		const net = await trained();
		const before = tensorCount();
		for (let epoch = 0; epoch < 3; epoch++) {
			net.train();
			await net.learn(data(4));
			net.eval();
			for await (const [x] of data(2)) net.call(x);
			expect(tensorCount()).toBe(before);
		}
		net.dispose();
	});

	test('none left after a trial', async () => {
		const before = tensorCount();
		for (let trial = 0; trial < 3; trial++) {
			const net = await trained();
			await probe(net, SMALL, IN_SHAPE, [CLASSES]);
			expect(tensorCount()).toBeGreaterThan(before);
			net.dispose();
			expect(tensorCount()).toBe(before);
		}
	});

	test('none left of a step that was given up: data that fail, a net that throws', async () => {
		const net = await trained();
		const idle = () => {
			net.zeroGrad();
			return tensorCount();
		};
		const before = idle();
		const failing = data(4, (i) => {
			if (i === 2) throw new Error('the data are gone');
		});
		await expect(net.learn(failing)).rejects.toThrow('the data are gone');
		expect(idle()).toBe(before);
		let calls = 0;
		const { forward } = net.relu;
		net.relu.forward = (x) => {
			if (++calls === 2) throw new Error('stop');
			return forward.call(net.relu, x);
		};
		await expect(net.learn(data(4))).rejects.toThrow('relu: stop');
		expect(idle()).toBe(before);
		net.dispose();
	});

	test('none left of an epoch that is left early', async () => {
		const net = await trained();
		const before = tensorCount();
		for await (const [x] of data(4)) {
			net.call(x);
			break;
		}
		expect(tensorCount()).toBe(before);
		net.dispose();
	});

	test('control: a net that keeps what it made is noticed', async () => {
		class Hoarder extends Module {
			readonly kept: Tensor[] = [];
			forward(x: Tensor): Tensor {
				const copy = new nn.Linear(1, 1);
				void copy.weight.memory; // made, and never freed
				return x;
			}
		}
		const before = tensorCount();
		await inStep(() => void new Hoarder().call(new nn.Linear(2, 2).weight));
		expect(tensorCount()).toBeGreaterThan(before);
	});
});
