/** Our kernels against tfjs's operations composed, at odd sizes; and memory over steps and aborts. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backward } from './autograd';
import { chooseBackend } from './backend';
import { batches } from './batches';
import { tensorCount } from './constants';
import { DeviceFaultError, TensorLimitError } from './device';
import { uniforms } from './formula';
import { batchNorm } from './functional/norm';
import { conv2d, convTranspose2d } from './functional/conv';
import { crossEntropy } from './functional/loss';
import { dropout } from './functional/dropout';
import { imageTensor } from './functional/image';
import { linear } from './functional/linear';
import { add, mul } from './functional/elementwise';
import { relu, relu6 } from './functional/activation';
import { sum } from './functional/reduce';
import { flatten } from './functional/shape';
import * as nn from './modules';
import { Adam, AdamW, clipGradNorm, RMSprop, SGD, type Optimizer } from './optim';
import { manualSeed } from './random';
import { inStep } from './scope';
import { intTensor, Parameter, tensor, Tensor } from './tensor';
import { empty, gpuBackend, run } from './webgpu/dispatch';
import { hasKernel, withoutKernels } from './webgpu/kernels';

beforeAll(async () => {
	const { backend } = await chooseBackend('webgpu');
	if (backend !== 'webgpu') throw new Error(`This test needs WebGPU; there is ${backend}.`);
});

type Leaves = readonly Parameter[];
const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

function leaf(stream: number, shape: readonly number[], layout?: 'filter' | 'channels_last') {
	const values = () => uniforms(stream, sizeOf(shape), { low: -1, high: 1 });
	return new Parameter(values, shape, layout ?? 'plain');
}

/** @returns the result and every leaf's gradient, under a cotangent that differs everywhere */
async function figures(shapes: Leaves, op: (leaves: Leaves) => Tensor): Promise<number[][]> {
	return inStep(async () => {
		for (const one of shapes) one.zeroGrad();
		const out = op(shapes);
		const cotangent = tensor(uniforms(99, out.size, { low: -1, high: 1 }), out.shape);
		backward(sum(mul(out, cotangent)));
		const lists = [[...(await out.data())]];
		for (const { grad } of shapes) lists.push(grad ? [...(await grad.data())] : []);
		return lists;
	});
}

/** The largest difference, in units of the largest value of its list. */
function worst(a: readonly number[][], b: readonly number[][]): number {
	return Math.max(
		...a.map((list, i) => {
			const scale = Math.max(1e-3, ...list.map(Math.abs));
			return Math.max(0, ...list.map((x, j) => Math.abs(x - (b[i]?.[j] ?? Infinity)) / scale));
		}),
	);
}

const CASES: readonly (readonly [string, () => Leaves, (leaves: Leaves) => Tensor])[] = [
	...(
		[
			[[2, 3, 9, 7], [5, 3, 3, 3], { padding: 1 }],
			[[1, 1, 12, 12], [6, 1, 5, 5], { padding: 2 }],
			[[3, 8, 8, 9], [12, 8, 3, 3], { stride: 2, padding: 1 }],
			[[2, 4, 11, 11], [10, 4, 3, 3], { dilation: 2, stride: 3 }],
			[[2, 6, 5, 5], [8, 6, 1, 1], {}],
			[[9, 16, 17, 16], [16, 16, 3, 3], { padding: 1 }],
		] as const
	).map(
		([x, w, options]) =>
			[
				`conv2d ${x.join('x')} by ${w.join('x')} ${JSON.stringify(options)}`,
				() => [leaf(1, x, 'channels_last'), leaf(2, w, 'filter'), leaf(3, [w[0]])],
				([a, b, c]: Leaves) => conv2d(a!, b!, c!, options),
			] as const,
	),
	[
		'conv_transpose2d',
		() => [leaf(1, [2, 4, 5, 6], 'channels_last'), leaf(2, [4, 6, 3, 3], 'filter')],
		([a, b]) => convTranspose2d(a!, b!, null, { stride: 2, padding: 1, outputPadding: 1 }),
	],
	...(
		[
			[3, 5, 7, 9],
			[2, 8, 33, 31],
			[64, 6],
		] as const
	).map(
		(x) =>
			[
				`batch_norm ${x.join('x')}`,
				() => [
					leaf(1, x, x.length === 4 ? 'channels_last' : undefined),
					leaf(2, [x[1]]),
					leaf(3, [x[1]]),
				],
				([a, weight, bias]: Leaves) =>
					batchNorm(a!, { weight: weight!, bias: bias!, training: true }),
			] as const,
	),
	...(
		[
			[5, 6, 7],
			[16, 400, 120],
			[3, 8, 1],
		] as const
	).map(
		([m, k, n]) =>
			[
				`linear ${m}x${k} to ${n}`,
				() => [leaf(1, [m, k]), leaf(2, [n, k]), leaf(3, [n])],
				([a, b, c]: Leaves) => linear(a!, b!, c!),
			] as const,
	),
	['relu', () => [leaf(1, [7, 9])], ([a]) => relu(a!)],
	['relu, by fours', () => [leaf(1, [8, 9])], ([a]) => relu(a!)],
	// stretched over both of its corners
	['relu6', () => [leaf(1, [7, 9])], ([a]) => relu6(add(mul(a!, 9), 3))],
	['relu6, by fours', () => [leaf(1, [8, 9])], ([a]) => relu6(add(mul(a!, 9), 3))],
	['add', () => [leaf(1, [7, 9]), leaf(2, [7, 9])], ([a, b]) => add(a!, b!)],
	[
		'add of a leaf that is used twice',
		() => [leaf(1, [8, 9]), leaf(2, [8, 9])],
		([a, b]) => add(a!, add(a!, b!)),
	],
	[
		'cross_entropy of many places',
		() => [leaf(1, [3, 7, 20, 19], 'channels_last')],
		([a]) => crossEntropy(a!, labelsOf(7, [3, 20, 19]), { ignoreIndex: 2, labelSmoothing: 0.1 }),
	],
];

function labelsOf(classes: number, shape: readonly number[]): Tensor {
	const drawn = uniforms(5, sizeOf(shape), { high: classes });
	return intTensor(Int32Array.from(drawn), shape);
}

describe('kernels of ours', () => {
	for (const [name, leaves, op] of CASES)
		it(`${name} equals the composed operations, and a thousandth off is noticed`, async () => {
			const shared = leaves();
			const ours = await figures(shared, op);
			const composed = await withoutKernels(() => figures(shared, op));
			expect(worst(composed, ours)).toBeLessThan(2e-5);
			const off = ours.map((list) => list.map((x) => x * 1.001));
			expect(worst(composed, off)).toBeGreaterThan(2e-5);
			for (const one of shared) one.dispose();
		});

	it('images from bytes are those of the cpu', async () => {
		const bytes = Uint8Array.from(uniforms(1, 3 * 5 * 7 * 3, { high: 256 }));
		const normal = { mean: [0.1, 0.2, 0.3], std: [0.5, 0.6, 0.7] };
		const images = async () => [...(await imageTensor(bytes, [3, 5, 7, 3], normal).data())];
		const ours = await inStep(images);
		const plain = await inStep(() => withoutKernels(images));
		expect(worst([plain], [ours])).toBeLessThan(1e-6);
		expect(worst([plain], [ours.map((x) => x * 1.001)])).toBeGreaterThan(1e-6);
	});

	it('masks are those of the cpu, whatever p', async () => {
		expect(hasKernel('LemurKeepMask')).toBe(true);
		for (const p of [0.1, 0.5, 1 / 3, 1]) {
			const drop = async () => {
				manualSeed(4_000_000_000);
				return [...(await dropout(tensor(new Float32Array(5_000).fill(1), [50, 100]), p).data())];
			};
			const ours = await inStep(drop);
			expect(await inStep(() => withoutKernels(drop))).toEqual(ours);
			expect(ours.filter((x) => x === 0).length / 5_000).toBeCloseTo(p, 1);
		}
	});
});

describe('optimizers of ours', () => {
	const made: readonly (readonly [string, (all: Leaves) => Optimizer])[] = [
		['SGD', (all) => new SGD(all, { lr: 0.1 })],
		['SGD, momentum', (all) => new SGD(all, { lr: 0.1, momentum: 0.9, weightDecay: 0.01 })],
		['SGD, Nesterov', (all) => new SGD(all, { lr: 0.1, momentum: 0.9, nesterov: true })],
		['SGD, dampened', (all) => new SGD(all, { lr: 0.1, momentum: 0.9, dampening: 0.3 })],
		['Adam', (all) => new Adam(all, { lr: 0.01, weightDecay: 0.1 })],
		['AdamW', (all) => new AdamW(all, { lr: 0.01 })],
		['RMSprop', (all) => new RMSprop(all, { lr: 0.01, weightDecay: 0.1 })],
		[
			'RMSprop, centred',
			(all) => new RMSprop(all, { lr: 0.01, momentum: 0.9, centered: true, eps: 1e-4 }),
		],
	];
	const SHAPES = [[3, 4], [7], [64, 33], [1], [5, 2, 3, 3], [128], [9, 9], [2], [300], [11], [13]];

	async function after(make: (all: Leaves) => Optimizer, clip: number): Promise<number[][]> {
		const all = SHAPES.map((shape, i) => leaf(i, shape));
		const optimizer = make(all);
		for (let step = 0; step < 3; step++)
			await inStep(() => {
				optimizer.zeroGrad();
				for (const [i, one] of all.entries())
					if (i !== 3 || step > 0) backward(sum(mul(one, leaf(100 * step + i, one.shape))));
				clipGradNorm(all, clip);
				optimizer.step();
			});
		const values: number[][] = [];
		for (const one of all) values.push([...(await one.data())]);
		optimizer.dispose();
		for (const one of all) one.dispose();
		return values;
	}

	for (const [name, make] of made)
		it(`${name}: three clipped steps equal those of tfjs's operations`, async () => {
			const ours = await after(make, 2);
			const composed = await withoutKernels(() => after(make, 2));
			expect(worst(composed, ours)).toBeLessThan(2e-5);
			const loose = await after(make, /^Adam|^RMS/.test(name) ? 1e-7 : 4);
			expect(worst(composed, loose)).toBeGreaterThan(2e-5);
		});
});

describe('memory', () => {
	class Small extends nn.Sequential {
		constructor() {
			super(
				new nn.Conv2d(3, 8, 3, { padding: 1 }),
				new nn.BatchNorm2d(8),
				new nn.ReLU(),
				new nn.Dropout(0.3),
				new nn.Conv2d(8, 4, 3, { stride: 2 }),
			);
		}
	}

	it('is flat over steps, and after a step that was given up', async () => {
		const net = new Small();
		const optimizer = new SGD(net.parameters(), { lr: 0.01, momentum: 0.9 });
		const images = uniforms(1, 4 * 3 * 9 * 9);
		const step = async (giveUp: boolean) => {
			const data = batches((i) =>
				i === 0 ? [tensor(images, [4, 3, 9, 9]), labelsOf(64, [4])] : undefined,
			);
			for await (const [x, labels] of data) {
				optimizer.zeroGrad();
				const loss = crossEntropy(flatten(net.call(x)), labels);
				if (giveUp) throw new Error('given up');
				backward(loss);
				clipGradNorm(net.parameters(), 3);
				optimizer.step();
			}
		};
		await step(false);
		await step(false);
		const tensors = tensorCount();
		const bytes = tf.memory().numBytes;
		for (let i = 0; i < 5; i++) await step(false);
		expect(tensorCount()).toBe(tensors);
		expect(tf.memory().numBytes).toBe(bytes);
		optimizer.zeroGrad();
		const idle = tensorCount();
		await expect(step(true)).rejects.toThrow('given up');
		expect(tensorCount()).toBe(idle);
		optimizer.dispose();
		net.dispose();
	});

	it('is flat over trials', async () => {
		const trial = async () => {
			const net = new Small();
			const optimizer = new Adam(net.parameters(), { lr: 0.01 });
			for (let i = 0; i < 2; i++)
				await inStep(() => {
					const x = tensor(uniforms(i, 4 * 3 * 9 * 9), [4, 3, 9, 9]);
					optimizer.zeroGrad();
					backward(crossEntropy(flatten(net.call(x)), labelsOf(64, [4])));
					optimizer.step();
				});
			optimizer.dispose();
			net.dispose();
		};
		await trial();
		const [tensors, bytes] = [tensorCount(), tf.memory().numBytes];
		for (let i = 0; i < 3; i++) await trial();
		expect(tensorCount()).toBe(tensors);
		expect(tf.memory().numBytes).toBe(bytes);
	});
});

describe('what the device cannot do', () => {
	it('a result beyond its limits is refused before it is made', async () => {
		const column = () => leaf(1, [60_000, 1]);
		const work = () => inStep(() => void linear(column(), column()));
		await expect(work()).rejects.toThrow(TensorLimitError);
		await expect(work()).rejects.toThrow(/shape \(60000, 60000\) takes 14400\.0 MB, .*Choose/);
	});

	it('a layer beyond its limits is named', () => {
		const net = new nn.Sequential(new nn.Linear(3, 3), new nn.Linear(60_000, 60_000));
		expect(() => net.checkLimits()).toThrow(/^1\.weight of shape \(60000, 60000\)/);
	});

	it('refused work is told when its result is asked for, and once', async () => {
		const work = () =>
			inStep(async () => {
				const out = empty(gpuBackend(), [4]);
				const call = { reads: [], writes: [out], uniforms: [], threads: 4 };
				const broken = { key: 'broken', reads: [], uniforms: [], body: 'this is no WGSL' };
				run(gpuBackend(), { ...broken, writes: [['y', 'f32']] }, call);
				const y = new Tensor(tf.engine().makeTensorFromTensorInfo(out), [4]);
				return y.data();
			});
		await expect(work()).rejects.toThrow(DeviceFaultError);
		await expect(inStep(() => relu(tensor([-1, 2], [2])).data())).resolves.toBeDefined();
	});
});
