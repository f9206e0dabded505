/** What forward.json tells of a net, computed here: on any backend, in Node or in a browser. */
import { noGrad } from '../nn';
import { backward } from '../nn/autograd';
import { batches } from '../nn/batches';
import { CrossEntropyLoss, Dropout, StochasticDepth } from '../nn/modules';
import { inStep } from '../nn/scope';
import type { Tensor } from '../nn/tensor';
import {
	build,
	fillBuffers,
	fillByFormula,
	FORMULA_PRM,
	formulaImage,
	labelTensor,
	type Noise,
	type ParamRow,
} from './oracle-net';
import { uniform } from '../nn/formula';
import { setNoise } from '../nn/functional/noise';
import { BBBConv2d, BBBLinear } from './bayesian';
import type { Net, NetSpec, Prm } from './net';

export interface ForwardSetup {
	readonly seed: number;
	readonly phase: number;
	readonly labels: readonly number[];
	readonly input: readonly [number, number, number, number];
	readonly classes: number;
	readonly rows: readonly ParamRow[];
	/** dotted names of modules whose drop probability is set to 0 */
	readonly zeroed: readonly string[];
	/** lr and momentum */
	readonly prm: Prm;
	readonly noise?: Noise;
}

export interface ForwardFigures {
	readonly names: readonly string[];
	readonly eval: ArrayLike<number>;
	/** of the mean network, where layers draw noise */
	readonly evalNoNoise?: ArrayLike<number>;
	readonly train: ArrayLike<number>;
	readonly loss: number;
	/** L2 norm of each parameter's gradient; null = none */
	readonly gradients: ReadonlyMap<string, number | null>;
	/** before any step, after 1, 2, 3 */
	readonly losses: readonly number[];
	readonly evalAfter: ArrayLike<number>;
	readonly parameterNorm: number;
}

export async function forwardFigures(spec: NetSpec, setup: ForwardSetup): Promise<ForwardFigures> {
	const prm = { ...FORMULA_PRM, ...setup.prm };
	const net = build(spec, setup.input, setup.classes, prm);
	fillByFormula(net, setup.rows, setup.seed);
	for (const [name, module] of net.namedModules())
		if (
			setup.zeroed.includes(name) &&
			(module instanceof Dropout || module instanceof StochasticDepth)
		)
			module.p = 0;
	const layers = formulaNoise(net, setup.seed);
	const evaluated = await evaluate(net, setup);
	const evalNoNoise = layers > 0 ? await withoutNoise(net, setup) : undefined;
	const probe = await probeTraining(net, setup);
	net.trainSetup(prm);
	const losses = [probe.loss];
	for (let step = 0; step < 3; step++) {
		await net.learn(batches((i) => (i === 0 ? batchOf(setup) : undefined)));
		losses.push(await lossOf(net, setup));
	}
	const evalAfter = await evaluate(net, setup);
	const parameterNorm = await normOf(net);
	const names = [...net.namedParameters()].map(([name]) => name);
	net.dispose();
	setNoise();
	return {
		names,
		...(evalNoNoise ? { evalNoNoise } : {}),
		eval: evaluated,
		...probe,
		losses,
		evalAfter,
		parameterNorm,
	};
}

/** √3 v for the k-th stochastic layer of a pass, the same in every pass. @returns how many there are */
function formulaNoise(net: Net, seed: number): number {
	const layers = [...net.namedModules()].filter(
		([, module]) => module instanceof BBBConv2d || module instanceof BBBLinear,
	).length;
	let calls = 0;
	setNoise((_shape, count) => {
		const stream = 20_000 + (calls++ % layers);
		return Float32Array.from(
			{ length: count },
			(_, i) => Math.sqrt(3) * (2 * uniform(stream, i, seed) - 1),
		);
	});
	return layers;
}

async function withoutNoise(net: Net, setup: ForwardSetup): Promise<ArrayLike<number>> {
	setNoise((_shape, count) => new Float32Array(count));
	const out = await evaluate(net, setup);
	formulaNoise(net, setup.seed);
	return out;
}

const imageOf = ({ input, phase, noise }: ForwardSetup) => formulaImage(input, phase, noise);
const batchOf = (setup: ForwardSetup) => [imageOf(setup), labelTensor(setup.labels)] as const;

function evaluate(net: Net, setup: ForwardSetup): Promise<ArrayLike<number>> {
	net.eval();
	return inStep(async () => {
		const out = await noGrad(() => net.call(imageOf(setup))).data();
		net.train();
		return out;
	});
}

/** The first step without taking it; running statistics are put back. */
async function probeTraining(net: Net, setup: ForwardSetup) {
	const [image, labels] = batchOf(setup);
	const found = await inStep(async () => {
		const out = net.train().call(image);
		const loss = new CrossEntropyLoss().call(out, labels);
		backward(loss);
		const gradients = new Map<string, number | null>();
		for (const [name, { grad }] of net.namedParameters())
			gradients.set(name, grad ? l2(await grad.data()) : null);
		return { train: await out.data(), loss: await loss.item(), gradients };
	});
	net.zeroGrad();
	fillBuffers(net, setup.seed);
	image.dispose();
	labels.dispose();
	return found;
}

/** In training mode; running statistics are put back as they were. */
async function lossOf(net: Net, setup: ForwardSetup): Promise<number> {
	const before = new Map<string, Float32Array>();
	for (const [name, buffer] of net.namedBuffers())
		before.set(name, Float32Array.from(await buffer.data()));
	const loss = await inStep(() => {
		const [image, labels] = batchOf(setup);
		const value: Tensor = noGrad(() => new CrossEntropyLoss().call(net.call(image), labels));
		return value.item();
	});
	for (const [name, buffer] of net.namedBuffers()) buffer.load(before.get(name)!);
	return loss;
}

async function normOf(net: Net): Promise<number> {
	let squares = 0;
	for (const [, parameter] of net.namedParameters()) squares += l2(await parameter.data()) ** 2;
	return Math.sqrt(squares);
}

function l2(values: ArrayLike<number>): number {
	let squares = 0;
	for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
	return Math.sqrt(squares);
}
