/**
 * Every operation with a gradient, on small inputs: checked by `gradient-check.ts` against differences,
 * on every backend. Names are those of `functional/index.ts`; a test holds the list complete.
 */
import { manualSeed } from '../random';
import { intTensor, tensor, type Parameter, type Tensor } from '../tensor';
import * as f from './index';

export interface GradientInput {
	readonly shape: readonly number[];
	/** values lie evenly between; where an operation has a kink, it is kept away from (`gap`) */
	readonly low?: number;
	readonly high?: number;
	/** values stay this far from every multiple of it */
	readonly gap?: number;
	readonly layout?: 'filter' | 'channels_last';
}

export interface GradientCase {
	readonly op: keyof typeof f;
	/** what is particular, beside the operation's name */
	readonly what?: string;
	readonly inputs: readonly GradientInput[];
	readonly run: (...inputs: Parameter[]) => Tensor;
}

const one = (...shape: number[]): GradientInput => ({ shape });
const image = (...shape: number[]): GradientInput => ({ shape, layout: 'channels_last' });
const filter = (...shape: number[]): GradientInput => ({ shape, layout: 'filter' });
const within = (low: number, high: number, ...shape: number[]) => ({ shape, low, high });
/** Away from 0 and from ±3, ±6: values at odd quarters of 1.5. */
const bent = (...shape: number[]): GradientInput => ({ shape, low: -7, high: 7, gap: 1 });

const labels = (...shape: number[]) =>
	intTensor(
		Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i * 5 + 2) % 3),
		shape,
	);

type Unary = (x: Tensor) => Tensor;
const unary = (op: GradientCase['op'], run: Unary, input = bent(3, 5)): GradientCase => ({
	op,
	inputs: [input],
	run: (x) => run(x!),
});
const norm = (op: GradientCase['op'], input: GradientInput, run: GradientCase['run']) => ({
	...{ op, run },
	inputs: [input, one(input.shape[1]!), one(input.shape[1]!)],
});

/** The mask is the same in every pass. */
const drop =
	(run: Unary): Unary =>
	(x) => {
		manualSeed(3);
		return run(x);
	};

const ACTIVATIONS: readonly GradientCase[] = [
	unary('relu', f.relu),
	unary('relu6', f.relu6),
	unary('leakyRelu', (x) => f.leakyRelu(x, 0.1)),
	unary('sigmoid', f.sigmoid),
	unary('tanh', f.tanh, one(3, 5)),
	unary('silu', f.silu),
	unary('gelu', f.gelu, within(-2, 2, 3, 5)),
	unary('hardsigmoid', f.hardsigmoid),
	unary('hardswish', f.hardswish),
	unary('softplus', f.softplus, within(-4, 4, 3, 5)),
	unary('softmax', (x) => f.softmax(x, 1), image(2, 3, 2, 2)),
	unary('softmax', (x) => f.softmax(x, -1), one(3, 5)),
	unary('logSoftmax', (x) => f.logSoftmax(x, 1), one(3, 5)),
];

const ARITHMETIC: readonly GradientCase[] = [
	{ op: 'add', inputs: [image(2, 3, 2, 2), one(3, 1, 1)], run: (a, b) => f.add(a!, b!) },
	{ op: 'sub', inputs: [one(2, 3), one(3)], run: (a, b) => f.sub(a!, b!) },
	{ op: 'mul', inputs: [one(2, 3), one(2, 1)], run: (a, b) => f.mul(a!, b!) },
	{ op: 'mul', what: 'with itself', inputs: [one(2, 3)], run: (a) => f.mul(a!, a!) },
	{ op: 'div', inputs: [one(2, 3), within(0.5, 2, 2, 3)], run: (a, b) => f.div(a!, b!) },
	unary('neg', f.neg, one(2, 3)),
	unary('exp', f.exp, one(2, 3)),
	unary('log', f.log, within(0.5, 2, 2, 3)),
	unary('sqrt', f.sqrt, within(0.5, 2, 2, 3)),
	unary('pow', (x) => f.pow(x, 3), within(0.5, 2, 2, 3)),
	unary('mean', (x) => f.mean(x, { dim: [2, 3], keepdim: true }), image(2, 3, 2, 2)),
	unary('mean', (x) => f.mean(x), one(2, 3)),
	unary('sum', (x) => f.sum(x, { dim: 1 }), image(2, 3, 2, 2)),
];

const SHAPES: readonly GradientCase[] = [
	unary('view', (x) => f.view(x, [4, -1]), image(2, 3, 2, 2)),
	unary('flatten', f.flatten, image(2, 3, 2, 2)),
	unary('permute', (x) => f.permute(x, [2, 0, 1]), one(2, 3, 4)),
	unary('transpose', (x) => f.transpose(x, 0, 1), one(2, 3)),
	unary('narrow', (x) => f.narrow(x, 1, 1, 2), image(2, 4, 2, 2)),
	unary('split', (x) => f.cat(f.split(x, [1, 2], 1).toReversed(), 1), one(2, 3)),
	unary('chunk', (x) => f.mul(f.chunk(x, 2, 1)[0]!, f.chunk(x, 2, 1)[1]!), one(2, 4)),
	unary('roll', (x) => f.roll(x, [1, -1], [0, 1]), one(3, 4)),
	unary('pad', (x) => f.pad(x, [1, 0, 0, 2]), image(1, 2, 3, 3)),
	{ op: 'cat', inputs: [image(1, 2, 3, 3), one(1, 1, 3, 3)], run: (a, b) => f.cat([a!, b!], 1) },
	{ op: 'stack', inputs: [one(2, 3), one(2, 3)], run: (a, b) => f.stack([a!, b!], 1) },
];

type ConvOptions = Parameters<typeof f.conv2d>[3];
function conv(what: string, x: number[], w: number[], options: ConvOptions): GradientCase {
	const inputs = [image(...x), filter(...w), one(w[0]!)];
	return { op: 'conv2d', what, inputs, run: (a, b, c) => f.conv2d(a!, b!, c!, options) };
}

const LAYERS: readonly GradientCase[] = [
	conv('stride, padding', [2, 3, 6, 5], [4, 3, 3, 3], { stride: 2, padding: 1 }),
	conv('dilation', [1, 2, 7, 7], [3, 2, 3, 3], { dilation: 2, padding: 1 }),
	conv('same', [1, 2, 5, 5], [3, 2, 2, 3], { padding: 'same' }),
	conv('groups', [1, 4, 5, 5], [6, 2, 3, 3], { groups: 2 }),
	conv('depthwise', [1, 4, 5, 5], [4, 1, 3, 3], { groups: 4, stride: 2, padding: 1 }),
	{
		op: 'convTranspose2d',
		inputs: [image(1, 3, 3, 3), filter(3, 2, 3, 3), one(2)],
		run: (a, b, c) => f.convTranspose2d(a!, b!, c!, { stride: 2, padding: 1, outputPadding: 1 }),
	},
	unary('maxPool2d', (x) => f.maxPool2d(x, 3, { stride: 2, padding: 1 }), {
		...image(1, 2, 5, 5),
		...{ low: -10, high: 10 },
	}),
	unary(
		'avgPool2d',
		(x) => f.avgPool2d(x, 3, { stride: 2, padding: 1, ceilMode: true }),
		image(1, 2, 6, 6),
	),
	unary('adaptiveAvgPool2d', (x) => f.adaptiveAvgPool2d(x, 3), image(1, 2, 5, 4)),
	unary('interpolate', (x) => f.interpolate(x, { size: [5, 6] }), image(1, 2, 3, 4)),
	unary(
		'interpolate',
		(x) => f.interpolate(x, { size: [5, 6], mode: 'bilinear', alignCorners: true }),
		image(1, 2, 3, 4),
	),
	{
		op: 'linear',
		inputs: [one(3, 4), one(5, 4), one(5)],
		run: (a, b, c) => f.linear(a!, b!, c!),
	},
	{ op: 'matmul', inputs: [one(2, 3, 4), one(2, 4, 2)], run: (a, b) => f.matmul(a!, b!) },
	{
		op: 'embedding',
		inputs: [one(4, 3)],
		run: (table) => f.embedding(intTensor([1, 3, 1, 0], [2, 2]), table!),
	},
	unary(
		'dropout',
		drop((x) => f.dropout(x, 0.4)),
		one(4, 6),
	),
	unary(
		'dropout2d',
		drop((x) => f.dropout2d(x, 0.4)),
		image(2, 4, 2, 2),
	),
	unary(
		'stochasticDepth',
		drop((x) => f.stochasticDepth(x, 0.4, 'row')),
		one(5, 2),
	),
];

const NORMS: readonly GradientCase[] = [
	norm('batchNorm', image(3, 2, 2, 3), (x, weight, bias) =>
		f.batchNorm(x!, { weight: weight!, bias: bias!, training: true }),
	),
	{
		op: 'batchNorm',
		what: 'without affine',
		inputs: [one(5, 3)],
		run: (x) => f.batchNorm(x!, { training: true }),
	},
	norm('groupNorm', image(2, 4, 2, 2), (x, weight, bias) =>
		f.groupNorm(x!, 2, { weight: weight!, bias: bias! }),
	),
	norm('instanceNorm', image(2, 3, 3, 3), (x, weight, bias) =>
		f.instanceNorm(x!, { weight: weight!, bias: bias! }),
	),
	norm('channelNorm', image(1, 4, 2, 2), (x, weight, bias) =>
		f.channelNorm(x!, { weight: weight!, bias: bias! }),
	),
	norm('layerNorm', one(3, 4), (x, weight, bias) =>
		f.layerNorm(x!, [4], { weight: weight!, bias: bias! }),
	),
];

const LOSSES: readonly GradientCase[] = [
	unary(
		'crossEntropy',
		(x) => f.crossEntropy(x, labels(4), { labelSmoothing: 0.1, ignoreIndex: 1 }),
		one(4, 3),
	),
	unary('crossEntropy', (x) => f.crossEntropy(x, labels(1, 2, 3)), image(1, 3, 2, 3)),
	unary('nllLoss', (x) => f.nllLoss(f.logSoftmax(x, 1), labels(4)), one(4, 3)),
	{ op: 'mseLoss', inputs: [one(2, 3), one(2, 3)], run: (a, b) => f.mseLoss(a!, b!) },
	unary('l1Loss', (x) => f.l1Loss(x, f.mul(x.detach(), 0)), bent(2, 3)),
	unary('smoothL1Loss', (x) => f.smoothL1Loss(x, f.mul(x.detach(), 0), 2), bent(3, 4)),
	unary(
		'bceWithLogits',
		(x) => f.bceWithLogits(x, tensor([0, 1, 0.5, 1, 0.25, 0], [2, 3])),
		bent(2, 3),
	),
];

export const GRADIENT_CASES: readonly GradientCase[] = [
	...ACTIVATIONS,
	...ARITHMETIC,
	...SHAPES,
	...LAYERS,
	...NORMS,
	...LOSSES,
];

/** Exported functions that have no gradient of their own. */
export const WITHOUT_GRADIENT: readonly (keyof typeof f)[] = ['imageTensor', 'normalNoise'];
