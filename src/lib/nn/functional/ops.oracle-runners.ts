/** How each operation of ops.json is called here: its attributes and inputs by their PyTorch names. */
import * as v from 'valibot';
import { intTensor, Parameter, tensor, type Tensor } from '../tensor';
import * as f from './index';

export interface OpCase {
	readonly attrs: unknown;
	readonly has: (name: string) => boolean;
	readonly input: (name: string) => Parameter;
	readonly values: (name: string) => Float32Array;
}

export interface OpResult {
	readonly out: Tensor;
	/** buffers after the call */
	readonly state?: Readonly<Record<string, Parameter>>;
}

type Runner = (one: OpCase) => OpResult;

const size = v.union([v.number(), v.strictTuple([v.number(), v.number()])]);
const convAttrs = v.object({
	stride: size,
	padding: size,
	dilation: v.optional(size),
	groups: v.number(),
	output_padding: v.optional(size),
});
const poolAttrs = v.object({
	kernel: size,
	stride: size,
	padding: size,
	ceil_mode: v.boolean(),
	count_include_pad: v.optional(v.boolean()),
});
const normAttrs = v.object({
	eps: v.number(),
	momentum: v.optional(v.number()),
	groups: v.optional(v.number()),
	normalized_shape: v.optional(v.array(v.number())),
});
const labelAttrs = v.object({
	ignore_index: v.number(),
	labels: v.array(v.number()),
	labels_shape: v.optional(v.array(v.number())),
});

const onX =
	(op: (x: Tensor) => Tensor): Runner =>
	({ input }) => ({ out: op(input('x')) });

const affine = ({ input }: OpCase, eps: number) => ({
	weight: input('weight'),
	bias: input('bias'),
	eps,
});

const conv: Runner = ({ attrs, has, input }) => {
	const { stride, padding, dilation, groups } = v.parse(convAttrs, attrs);
	const options = { stride, padding, groups, ...(dilation === undefined ? {} : { dilation }) };
	return { out: f.conv2d(input('x'), input('w'), has('b') ? input('b') : null, options) };
};

const convTranspose: Runner = ({ attrs, has, input }) => {
	const { output_padding, ...rest } = v.parse(convAttrs, attrs);
	const { stride, padding, groups } = rest;
	const options = { stride, padding, groups, outputPadding: output_padding ?? 0 };
	return { out: f.convTranspose2d(input('x'), input('w'), has('b') ? input('b') : null, options) };
};

const batchNormTrain: Runner = (one) => {
	const { eps, momentum = 0.1 } = v.parse(normAttrs, one.attrs);
	const buffer = (name: string) => {
		const values = one.values(name);
		return new Parameter(() => values, [values.length], 'plain', false);
	};
	const runningMean = buffer('running_mean_before');
	const runningVar = buffer('running_var_before');
	const options = { ...affine(one, eps), training: true, momentum, runningMean, runningVar };
	return {
		out: f.batchNorm(one.input('x'), options),
		state: { running_mean_after: runningMean, running_var_after: runningVar },
	};
};

const batchNormEval: Runner = (one) => {
	const { eps } = v.parse(normAttrs, one.attrs);
	const runningMean = one.input('running_mean');
	const runningVar = one.input('running_var');
	return {
		out: f.batchNorm(one.input('x'), { ...affine(one, eps), runningMean, runningVar }),
	};
};

const crossEntropy: Runner = ({ attrs, has, input }) => {
	const { ignore_index, labels, labels_shape } = v.parse(labelAttrs, attrs);
	const target = intTensor(labels, labels_shape ?? [labels.length]);
	const logits = has('x')
		? input('x')
		: tensor(new Float32Array(labels.length * 2), [labels.length, 2]);
	const out = f.crossEntropy(logits, target, { ignoreIndex: ignore_index });
	return { out: f.view(out, [1]) };
};

const shuffle: Runner = ({ attrs, input }) => {
	const { groups } = v.parse(v.object({ groups: v.number() }), attrs);
	const x = input('x');
	const [n, c, h, w] = [x.dim(0), x.dim(1), x.dim(2), x.dim(3)];
	const parts = f.transpose(f.view(x, [n, groups, c / groups, h, w]), 1, 2);
	return { out: f.view(parts, [n, c, h, w]) };
};

const adaptive: Runner = ({ attrs, input }) => {
	const { output_size } = v.parse(v.object({ output_size: size }), attrs);
	return { out: f.adaptiveAvgPool2d(input('x'), output_size) };
};

const bilinear: Runner = ({ attrs, input }) => {
	const options = v.parse(
		v.object({
			size: v.optional(size),
			scale_factor: v.optional(size),
			align_corners: v.boolean(),
			antialias: v.boolean(),
		}),
		attrs,
	);
	const out = f.interpolate(input('x'), {
		...(options.size === undefined ? {} : { size: options.size }),
		...(options.scale_factor === undefined ? {} : { scaleFactor: options.scale_factor }),
		mode: 'bilinear',
		alignCorners: options.align_corners,
		antialias: options.antialias,
	});
	return { out };
};

const roll: Runner = ({ attrs, input }) => {
	const list = v.array(v.number());
	const { shifts, dims } = v.parse(v.object({ shifts: list, dims: list }), attrs);
	return { out: f.roll(input('x'), shifts, dims) };
};

export const RUNNERS: Readonly<Record<string, Runner>> = {
	conv2d: conv,
	conv_transpose2d: convTranspose,
	batch_norm2d_train: batchNormTrain,
	batch_norm2d_eval: batchNormEval,
	layer_norm: (one) => {
		const { normalized_shape = [], eps } = v.parse(normAttrs, one.attrs);
		return { out: f.layerNorm(one.input('x'), normalized_shape, affine(one, eps)) };
	},
	layer_norm_channels_of_nchw: (one) => ({
		out: f.channelNorm(one.input('x'), affine(one, v.parse(normAttrs, one.attrs).eps)),
	}),
	group_norm: (one) => {
		const { groups = 1, eps } = v.parse(normAttrs, one.attrs);
		return { out: f.groupNorm(one.input('x'), groups, affine(one, eps)) };
	},
	adaptive_avg_pool2d: adaptive,
	max_pool2d: ({ attrs, input }) => {
		const { kernel, stride, padding, ceil_mode } = v.parse(poolAttrs, attrs);
		return { out: f.maxPool2d(input('x'), kernel, { stride, padding, ceilMode: ceil_mode }) };
	},
	avg_pool2d: ({ attrs, input }) => {
		const { kernel, stride, padding, ceil_mode, count_include_pad } = v.parse(poolAttrs, attrs);
		const counts = count_include_pad ?? true;
		const options = { stride, padding, ceilMode: ceil_mode, countIncludePad: counts };
		return { out: f.avgPool2d(input('x'), kernel, options) };
	},
	interpolate_bilinear: bilinear,
	gelu_erf: onX(f.gelu),
	hardswish: onX(f.hardswish),
	hardsigmoid: onX(f.hardsigmoid),
	silu: onX(f.silu),
	softplus_beta1_threshold20: onX(f.softplus),
	relu6: onX(f.relu6),
	'leaky_relu_0.1': onX((x) => f.leakyRelu(x, 0.1)),
	sigmoid: onX(f.sigmoid),
	tanh: onX(f.tanh),
	relu: onX(f.relu),
	softmax_last: onX((x) => f.softmax(x, -1)),
	log_softmax_last: onX((x) => f.logSoftmax(x, -1)),
	matmul: ({ input }) => ({ out: f.matmul(input('a'), input('b')) }),
	linear: ({ input }) => ({ out: f.linear(input('x'), input('w'), input('b')) }),
	channel_shuffle: shuffle,
	roll,
	cross_entropy: crossEntropy,
	cross_entropy_per_pixel: crossEntropy,
};
