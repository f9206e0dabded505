/**
 * The race's net in @jax-js/jax: forward, gradient, momentum and running statistics compiled together
 * by `jit`. Its arrays are consumed by what uses them; `ref` is one more use. Images are N,C,H,W.
 */
import {
	blockUntilReady,
	defaultDevice,
	getWebGPUDevice,
	init,
	jit,
	lax,
	nn,
	numpy as np,
	tree,
	valueAndGrad,
	type Array as JaxArray,
} from '@jax-js/jax';
import { adapterOf } from './adapter';
import { floatsOf, startValues } from './data';
import type { BenchModel } from './models';
import type { Layer } from './plan';
import { LR, MOMENTUM, type Strategy, type Trainer } from './strategy';

/** What a forward pass takes its parameters from and leaves its running statistics in. */
interface Pass {
	readonly next: () => JaxArray;
	/** running mean and variance of each normalisation, in order */
	readonly running: () => readonly [JaxArray, JaxArray];
	readonly blended: JaxArray[];
}

const NORM_EPS = 1e-5;
const KEPT = 0.9;

const perChannel = (x: JaxArray) => x.reshape([1, -1, 1, 1]);

function normalise(x: JaxArray, pass: Pass): JaxArray {
	const [scale, offset] = [perChannel(pass.next()), perChannel(pass.next())];
	const [runningMean, runningVar] = pass.running();
	const mean = np.mean(x.ref, [0, 2, 3], { keepdims: true });
	const centred = x.sub(mean.ref);
	const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true });
	const blend = (running: JaxArray, value: JaxArray) =>
		running.mul(KEPT).add(lax.stopGradient(value.reshape([-1])).mul(1 - KEPT));
	pass.blended.push(blend(runningMean, mean), blend(runningVar, variance.ref));
	return centred
		.mul(np.reciprocal(np.sqrt(variance.add(NORM_EPS))))
		.mul(scale)
		.add(offset);
}

function forward(layers: readonly Layer[], x: JaxArray, pass: Pass): JaxArray {
	return layers.reduce((value, layer) => apply(layer, value, pass), x);
}

function apply(layer: Layer, x: JaxArray, pass: Pass): JaxArray {
	switch (layer.kind) {
		case 'conv': {
			const { stride, padding, groups, bias } = layer;
			const around: [number, number] = [padding, padding];
			const out = lax.convGeneralDilated(x, pass.next(), [stride, stride], [around, around], {
				featureGroupCount: groups,
			});
			return bias ? out.add(perChannel(pass.next())) : out;
		}
		case 'norm':
			return normalise(x, pass);
		case 'relu':
			return nn.relu(x);
		case 'relu6':
			return nn.relu6(x);
		case 'maxPool':
			return lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
		case 'average':
			return np.mean(x, [2, 3]);
		case 'flatten':
			return x.reshape([x.shape[0] ?? 1, -1]);
		case 'linear': {
			const weight = pass.next();
			return np.dot(x, np.transpose(weight)).add(pass.next());
		}
		case 'residual': {
			const body = forward(layer.body, x.ref, pass);
			return body.add(forward(layer.shortcut, x, pass));
		}
		default:
			return layer satisfies never;
	}
}

type State = readonly [parameters: JaxArray[], velocities: JaxArray[], running: JaxArray[]];

function stepOf({ layers, classes }: BenchModel, batch: number) {
	const lossOf = (
		parameters: JaxArray[],
		running: JaxArray[],
		x: JaxArray,
		y: JaxArray,
	): [JaxArray, JaxArray[]] => {
		let [at, statistic] = [0, 0];
		const blended: JaxArray[] = [];
		const logits = forward(layers, x, {
			next: () => parameters[at++]!,
			running: () => [running[statistic++]!, running[statistic++]!],
			blended,
		});
		const loss = nn
			.logSoftmax(logits)
			.mul(nn.oneHot(y, classes))
			.sum()
			.mul(-1 / batch);
		return [loss, blended];
	};
	const gradientOf = valueAndGrad(lossOf, { hasAux: true });
	return jit(
		(
			parameters: JaxArray[],
			velocities: JaxArray[],
			running: JaxArray[],
			x: JaxArray,
			y: JaxArray,
		): [JaxArray[], JaxArray[], JaxArray[], JaxArray] => {
			const [[loss, blended], gradients] = gradientOf(tree.ref(parameters), running, x, y);
			const moved = velocities.map((v, i) => v.mul(MOMENTUM).add(gradients[i]!));
			const next = parameters.map((w, i) => w.sub(moved[i]!.ref.mul(LR)));
			return [next, moved, blended, loss];
		},
	);
}

function normsOf(layers: readonly Layer[]): number[] {
	return layers.flatMap((layer) =>
		layer.kind === 'norm'
			? [layer.channels]
			: layer.kind === 'residual'
				? [...normsOf(layer.body), ...normsOf(layer.shortcut)]
				: [],
	);
}

function trainerOf(model: BenchModel): Trainer {
	const start = startValues(model);
	let state: State = [
		start.map(({ shape, values }) => np.array(new Float32Array(values)).reshape([...shape])),
		start.map(({ shape }) => np.zeros([...shape])),
		normsOf(model.layers).flatMap((channels) => [np.zeros([channels]), np.ones([channels])]),
	];
	let step: ReturnType<typeof stepOf> | undefined;
	let last: JaxArray | undefined;
	return {
		step({ batch: { shape, labels }, floats }) {
			const [n, h, w, c] = shape;
			step ??= stepOf(model, n);
			last?.dispose();
			const x = np.array(floats).reshape([n, c, h, w]);
			const y = np.array(labels, { dtype: np.int32 });
			const [parameters, velocities, running, loss] = step(...state, x, y);
			state = [parameters, velocities, running];
			last = loss;
		},
		// It hands over late; asking for one result hands over the whole compiled step.
		async settle() {
			if (last) await blockUntilReady(last);
			await getWebGPUDevice().queue.onSubmittedWorkDone();
		},
		async loss() {
			return Number(await last!.ref.jsAsync());
		},
		tensors: () => NaN,
	};
}

export const jax: Strategy = {
	async start() {
		const found = await init('webgpu');
		if (!found.includes('webgpu'))
			throw new Error('jax-js is raced on WebGPU only, which this browser does not give.');
		defaultDevice('webgpu');
		return { backend: 'webgpu', ...adapterOf(getWebGPUDevice()), remarks: [] };
	},
	prepare: (batch) => ({ batch, floats: floatsOf(batch, true) }),
	build: (model) => Promise.resolve(trainerOf(model)),
};
