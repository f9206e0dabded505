import { beforeAll, describe, expect, test } from 'vitest';
import { backward } from './autograd';
import { tensorCount } from './constants';
import { useCpu } from './cpu';
import { TensorLimitError, useDevice } from './device';
import { mul, sum, view } from './functional';
import { Module, withForwardHook } from './module';
import * as nn from './modules';
import { inStep } from './scope';
import { Parameter, ShapeError, tensor, type Tensor } from './tensor';

beforeAll(useCpu);

class Block extends Module {
	readonly conv1 = new nn.Conv2d(2, 4, 3);
	readonly bn1 = new nn.BatchNorm2d(4);

	forward(x: Tensor): Tensor {
		return this.bn1.call(this.conv1.call(x));
	}
}

class Net extends Module {
	readonly features = new nn.Sequential(new Block(), new nn.ReLU());
	readonly maxPool = new nn.MaxPool2d(2);
	readonly head = new nn.Linear(16, 3);
	/** the same module under a second name */
	readonly again = this.head;

	forward(x: Tensor): Tensor {
		const pooled = this.maxPool.call(this.features.call(x));
		return this.head.call(view(pooled, [x.dim(0), -1]));
	}
}

const image = (size: number, channels = 2, batch = 2) =>
	tensor(new Float32Array(batch * channels * size * size).fill(1), [batch, channels, size, size]);

describe('names', () => {
	test('are PyTorch’s, in the order of assignment, each parameter once', () => {
		const net = new Net();
		expect([...net.namedParameters()].map(([name]) => name)).toEqual([
			...['features.0.conv1.weight', 'features.0.conv1.bias'],
			...['features.0.bn1.weight', 'features.0.bn1.bias', 'head.weight', 'head.bias'],
		]);
		expect([...net.namedBuffers()].map(([name]) => name)).toEqual([
			...['features.0.bn1.running_mean', 'features.0.bn1.running_var'],
			'features.0.bn1.num_batches_tracked',
		]);
		expect([...net.namedModules()].map(([name]) => name)).toContain('max_pool');
	});

	test('train and eval reach every module', () => {
		const net = new Net().eval();
		expect([...net.namedModules()].every(([, { training }]) => !training)).toBe(true);
		net.train();
		expect(net.features.training).toBe(true);
	});
});

describe('stateDict', () => {
	test('comes back to equal values, counts included', async () => {
		const [net, other] = [new Net(), new Net()];
		await inStep(() => void net.call(image(6)));
		const state = await net.stateDict();
		expect([...state.keys()]).toHaveLength(9);
		expect(state.get('features.0.bn1.num_batches_tracked')!.values[0]).toBe(1);
		other.loadStateDict(state);
		expect(await other.stateDict()).toEqual(state);
	});

	test('missing, surplus and wrongly shaped names are named, and nothing is changed', async () => {
		const net = new Net();
		const before = await net.stateDict();
		const state = new Map(before);
		state.delete('head.bias');
		state.set('tail.weight', { shape: [1], values: Float32Array.of(1) });
		state.set('head.weight', { shape: [10, 16], values: new Float32Array(160) });
		const load = () => net.loadStateDict(state);
		expect(load).toThrow(ShapeError);
		expect(load).toThrow('head.bias is missing');
		expect(load).toThrow('tail.weight is not part of this net');
		expect(load).toThrow('head.weight has shape (10, 16), expected (3, 16)');
		expect(load).toThrow('Take a state of this net with the same classes');
		expect(await net.stateDict()).toEqual(before);
	});

	test('many problems are cut short', () => {
		expect(() => new Net().loadStateDict(new Map())).toThrow('; and 1 more');
	});
});

describe('what goes wrong is told by the module’s dotted path', () => {
	const run = (x: Tensor) => () => inStep(() => new Net().train().call(x));

	test('wrong channels', async () => {
		await expect(run(image(6, 3))).rejects.toThrow(
			/^features\.0\.conv1: conv2d: the input has 3 channels, the weight expects 2: input \(2, 3, 6, 6\)/,
		);
	});

	test('an image that is too small', async () => {
		await expect(run(image(2))).rejects.toThrow(/^features\.0\.conv1: .*Use a larger image\.$/);
	});

	test('a batch of 1 with BatchNorm while training', async () => {
		await expect(run(image(3, 2, 1))).rejects.toThrow(
			/^features\.0\.bn1: batch_norm: one value per channel .*input \(1, 4, 1, 1\).*Use a batch of 2 or more/,
		);
		const still = () => inStep(() => new Net().eval().features.call(image(3, 2, 1)));
		await expect(still()).resolves.toBeDefined();
	});

	test('a module that throws something of its own, told once', async () => {
		class Broken extends Module {
			forward(): Tensor {
				throw new RangeError('no such thing');
			}
		}
		const net = new nn.Sequential(new nn.Sequential(new Broken()));
		const work = () => inStep(() => net.call(image(2)));
		await expect(work()).rejects.toThrow(RangeError);
		await expect(work()).rejects.toThrow(/^0\.0: no such thing$/);
	});

	test('a kernel that the backend lacks, with the way out', async () => {
		class Lacking extends Module {
			forward(): Tensor {
				throw new Error(`Kernel 'Unheard' not registered for backend 'webgpu'`);
			}
		}
		const work = () => inStep(() => new nn.Sequential(new Lacking()).call(image(2)));
		await expect(work()).rejects.toThrow(
			/^0: Kernel 'Unheard' .*The backend webgpu has no Unheard: choose another backend/,
		);
	});

	test('a gradient that fails', async () => {
		const { record } = await import('./autograd');
		class NoWayBack extends Module {
			forward(x: Tensor): Tensor {
				const backwards = () => {
					throw new Error('no gradient');
				};
				const { memory, shape } = mul(x, 2);
				return record({ name: 'mine', inputs: [x], memory, shape, backward: backwards });
			}
		}
		const leaf = new Parameter(() => Float32Array.of(1, 2), [2]);
		const net = new nn.Sequential(new nn.Identity(), new NoWayBack());
		const work = () => inStep(() => backward(sum(net.call(leaf))));
		await expect(work()).rejects.toThrow(/^1: no gradient$/);
		leaf.dispose();
	});
});

test('a layer beyond what the device holds is named before it is made', () => {
	const net = new Net();
	useDevice({}, 4 * 47); // head.weight has 48 numbers
	try {
		expect(() => net.checkLimits()).toThrow(TensorLimitError);
		expect(() => net.checkLimits()).toThrow(/^features\.0\.conv1\.weight of shape \(4, 2, 3, 3\)/);
		useDevice({}, 4 * 72);
		expect(() => net.checkLimits()).not.toThrow();
	} finally {
		useDevice(undefined);
	}
});

test('a hook hears of every module, inner ones first', async () => {
	const net = new Net();
	const heard: Module[] = [];
	await inStep(() =>
		withForwardHook(
			(module) => heard.push(module),
			() => Promise.resolve(net.eval().call(image(6))),
		),
	);
	expect(heard.at(-1)).toBe(net);
	expect(heard.indexOf(net.features.at(0))).toBeLessThan(heard.indexOf(net.features));
	expect(heard).toHaveLength(8);
});

test('dispose frees everything that was made', async () => {
	const net = new Net();
	await inStep(() => void net.call(image(6)));
	const before = tensorCount();
	const another = new Net();
	await inStep(() => backward(sum(another.call(image(6)))));
	expect(tensorCount()).toBeGreaterThan(before);
	another.dispose();
	expect(tensorCount()).toBe(before);
});
