/**
 * Convolution kernels on channels-last memory, with what tfjs's lack: gradients under dilation, and
 * groups. Plain memory in, plain memory out; `conv.ts` puts them into the graph.
 */
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../webgpu/kernels';

type Pair = readonly [number, number];
type Memory4 = tf.Tensor4D;

export interface ConvGeometry {
	readonly stride: Pair;
	/** the same on both sides of an axis, as PyTorch has it */
	readonly padding: Pair;
	readonly dilation: Pair;
	readonly groups: number;
}

const around = ([h, w]: Pair): tf.backend_util.ExplicitPadding => [
	[0, 0],
	[h, h],
	[w, w],
	[0, 0],
];
const mutable = ([a, b]: Pair): [number, number] => [a, b];

function isDepthwise(x: Memory4, filter: Memory4, groups: number): boolean {
	return groups > 1 && filter.shape[2] === 1 && x.shape[3] === groups;
}

/** @param filter (kh, kw, in / groups, out); @param bias (out) */
export function convForward(
	x: Memory4,
	filter: Memory4,
	geometry: ConvGeometry,
	bias?: tf.Tensor,
): Memory4 {
	if (geometry.groups === 1 && hasKernel('LemurConv')) {
		const inputs = { x, filter, ...(bias ? { bias } : {}) };
		return fused('LemurConv', inputs, { ...geometry, shape: outShape(x, filter, geometry) })[0]!;
	}
	const out = composedForward(x, filter, geometry);
	return bias ? tf.add(out, bias) : out;
}

/** The kernels of ours know no groups. */
const fused = (...[name, inputs, attributes]: Parameters<typeof runKernel>) =>
	runKernel(name, inputs, attributes) as Memory4[];

function outShape({ shape }: Memory4, filter: Memory4, geometry: ConvGeometry): number[] {
	const { stride, padding, dilation } = geometry;
	const sizes = [0, 1].map((i) => {
		const reach = (filter.shape[i]! - 1) * dilation[i]! + 1;
		return Math.floor((shape[i + 1]! + 2 * padding[i]! - reach) / stride[i]!) + 1;
	});
	return [shape[0], ...sizes, filter.shape[3]];
}

function composedForward(x: Memory4, filter: Memory4, geometry: ConvGeometry): Memory4 {
	const { stride, padding, dilation, groups } = geometry;
	// tfjs has either strides or dilation.
	if (Math.max(...stride) > 1 && Math.max(...dilation) > 1)
		return composedForward(x, widened(filter, dilation), { ...geometry, dilation: [1, 1] });
	if (isDepthwise(x, filter, groups))
		return tf.depthwiseConv2d(
			x,
			depthwiseFilter(filter, groups),
			mutable(stride),
			around(padding),
			'NHWC',
			mutable(dilation),
			'floor',
		);
	return grouped(groups, [x], [filter], ([part], [some]) =>
		tf.conv2d(part!, some!, mutable(stride), around(padding), 'NHWC', mutable(dilation), 'floor'),
	);
}

/** @returns the gradient of the input, given the output's */
export function convInputGradient(
	g: Memory4,
	filter: Memory4,
	inShape: readonly [number, number, number, number],
	geometry: ConvGeometry,
): Memory4 {
	if (geometry.groups === 1 && hasKernel('LemurConvInputGradient')) {
		const inputs = { gradient: g, filter };
		return fused('LemurConvInputGradient', inputs, { ...geometry, shape: inShape })[0]!;
	}
	const { stride, padding, dilation, groups } = geometry;
	const wide = widened(filter, dilation);
	const attributes = {
		strides: mutable(stride),
		pad: around(padding),
		dimRoundingMode: 'floor',
	};
	if (groups > 1 && filter.shape[2] === 1 && inShape[3] === groups)
		return kernel('DepthwiseConv2dNativeBackpropInput', {
			inputs: { dy: g, filter: depthwiseFilter(wide, groups) },
			attributes: { ...attributes, dilations: [1, 1], inputShape: inShape },
		});
	const part = [...inShape.slice(0, 3), inShape[3] / groups];
	return grouped(groups, [g], [wide], ([dy], [some]) =>
		kernel('Conv2DBackpropInput', {
			inputs: { dy: dy!, filter: some! },
			attributes: { ...attributes, dataFormat: 'NHWC', inputShape: part },
		}),
	);
}

export interface ParameterGradients {
	/** (kh, kw, in / groups, out) */
	readonly filter: Memory4;
	/** (out), where it was asked for */
	readonly bias: tf.Tensor | undefined;
}

/** @returns the gradients of the filter and of the bias */
export function convParameterGradients(
	x: Memory4,
	g: Memory4,
	filterShape: readonly [number, number, number, number],
	geometry: ConvGeometry & { readonly bias: boolean },
): ParameterGradients {
	if (geometry.groups === 1 && hasKernel('LemurConvFilterGradient')) {
		const attributes = { ...geometry, shape: filterShape };
		const made = fused('LemurConvFilterGradient', { x, gradient: g }, attributes);
		return { filter: made[0]!, bias: made[1] };
	}
	return {
		filter: convFilterGradient(x, g, filterShape, geometry),
		bias: geometry.bias ? tf.sum(g, [0, 1, 2]) : undefined,
	};
}

function convFilterGradient(
	x: Memory4,
	g: Memory4,
	filterShape: readonly [number, number, number, number],
	geometry: ConvGeometry,
): Memory4 {
	const { stride, padding, dilation, groups } = geometry;
	const [kh, kw, inputs, outputs] = filterShape;
	const size = [(kh - 1) * dilation[0] + 1, (kw - 1) * dilation[1] + 1];
	const attributes = {
		strides: mutable(stride),
		pad: around(padding),
		dimRoundingMode: 'floor',
	};
	if (groups > 1 && inputs === 1 && x.shape[3] === groups) {
		const shape = [...size, groups, outputs / groups];
		const wide = kernel('DepthwiseConv2dNativeBackpropFilter', {
			inputs: { x, dy: g },
			attributes: { ...attributes, dilations: [1, 1], filterShape: shape },
		});
		return tf.reshape(narrowed(wide, dilation), [kh, kw, 1, outputs]);
	}
	const shape = [...size, inputs, outputs / groups];
	const wide = grouped(groups, [x, g], [], ([part, dy]) =>
		kernel('Conv2DBackpropFilter', {
			inputs: { x: part!, dy: dy! },
			attributes: { ...attributes, dataFormat: 'NHWC', filterShape: shape },
		}),
	);
	return narrowed(wide, dilation);
}

/** One kernel call per group on parts of the last axis; joined along it. */
function grouped(
	groups: number,
	images: readonly Memory4[],
	filters: readonly Memory4[],
	one: (images: readonly Memory4[], filters: readonly Memory4[]) => Memory4,
): Memory4 {
	if (groups === 1) return one(images, filters);
	const cut = (memory: Memory4) => tf.split<Memory4>(memory, groups, 3);
	const imageParts = images.map(cut);
	const filterParts = filters.map(cut);
	const results = Array.from({ length: groups }, (_, i) =>
		one(
			imageParts.map((parts) => parts[i]!),
			filterParts.map((parts) => parts[i]!),
		),
	);
	return tf.concat(results, 3);
}

/** (kh, kw, 1, groups · m), group by group → (kh, kw, groups, m), as tfjs wants a depthwise filter. */
function depthwiseFilter(filter: Memory4, groups: number): Memory4 {
	const [kh, kw, , outputs] = filter.shape;
	return tf.reshape(filter, [kh, kw, groups, outputs / groups]);
}

/**
 * A dilated filter written out with its zeros: the gradient kernels know no dilation. One axis at a
 * time on three axes, since tfjs's WebGPU kernels fail on six.
 */
function widened(filter: Memory4, [dh, dw]: Pair): Memory4 {
	if (dh === 1 && dw === 1) return filter;
	const [kh, kw, inputs, outputs] = filter.shape;
	const spread = (memory: tf.Tensor, size: number, by: number) =>
		tf.pad(tf.reshape(memory, [size, 1, -1]), [
			[0, 0],
			[0, by - 1],
			[0, 0],
		]);
	const rows = spread(filter, kh, dh);
	const both = spread(rows, kh * dh * kw, dw);
	const whole = tf.reshape<tf.Rank.R4>(both, [kh * dh, kw * dw, inputs, outputs]);
	return tf.slice(whole, [0, 0, 0, 0], [(kh - 1) * dh + 1, (kw - 1) * dw + 1, inputs, outputs]);
}

/** The entries of a written-out filter that are not zeros by form. */
function narrowed(wide: Memory4, [dh, dw]: Pair): Memory4 {
	if (dh === 1 && dw === 1) return wide;
	const [h, w, inputs, outputs] = wide.shape;
	const [kh, kw] = [(h - 1) / dh + 1, (w - 1) / dw + 1];
	const padded = tf.pad(wide, [
		[0, dh - 1],
		[0, dw - 1],
		[0, 0],
		[0, 0],
	]);
	const pick = (memory: tf.Tensor, size: number, by: number) => {
		const split = tf.reshape<tf.Rank.R3>(memory, [size, by, -1]);
		return tf.slice(split, [0, 0, 0], [size, 1, split.shape[2]]);
	};
	const rows = pick(padded, kh, dh);
	return tf.reshape(pick(rows, kh * kw, dw), [kh, kw, inputs, outputs]);
}

interface KernelCall {
	readonly inputs: tf.NamedTensorMap;
	readonly attributes: object;
}

/** A kernel that tfjs-core has no function for. */
function kernel(name: string, { inputs, attributes }: KernelCall): Memory4 {
	return tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap) as Memory4; // as tfjs's own ops call it
}
