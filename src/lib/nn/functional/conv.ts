/** Convolution and its transpose with PyTorch's arguments; weights (out, in / groups, kh, kw). */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { ShapeError, Tensor } from '../tensor';
import {
	convForward,
	convInputGradient,
	convParameterGradients,
	type ConvGeometry,
} from './conv-kernels';
import { pad } from './shape';

export type Size2 = number | readonly [height: number, width: number];

export interface ConvOptions {
	readonly stride?: Size2;
	/** 'same' keeps the size (stride 1 only), as PyTorch pads it: the odd row goes to the end */
	readonly padding?: Size2 | 'same';
	readonly dilation?: Size2;
	readonly groups?: number;
}

/** @returns height and width; one number stands for both */
export function both(size: Size2): readonly [number, number] {
	return typeof size === 'number' ? [size, size] : size;
}

/** @returns one number where both are equal: as PyTorch's arguments are usually written */
export function size(value: Size2): Size2 {
	const [a, b] = both(value);
	return a === b ? a : [a, b];
}

/** @param x (N, in, H, W); @param weight (out, in / groups, kh, kw); @param bias (out) */
export function conv2d(
	x: Tensor,
	weight: Tensor,
	bias?: Tensor | null,
	{ stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvOptions = {},
): Tensor {
	if (padding === 'same') {
		const widths = sameWidths(weight, both(dilation));
		return conv2d(pad(x, widths), weight, bias, { stride, dilation, groups });
	}
	const geometry = {
		...{ stride: both(stride), padding: both(padding) },
		...{ dilation: both(dilation), groups },
	};
	checkConv(x, weight, geometry);
	const memory = x.as('channels_last') as tf.Tensor4D; // four axes, checked above
	const filter = weight.as('filter') as tf.Tensor4D;
	const out = convForward(memory, filter, geometry, bias?.memory);
	const [n, height, width, channels] = out.shape;
	return record({
		name: 'conv2d',
		inputs: bias ? [x, weight, bias] : [x, weight],
		memory: out,
		shape: [n, channels, height, width],
		layout: 'channels_last',
		backward: (gradient, [needsX, needsWeight, needsBias]) => {
			const g = gradient.as('channels_last') as tf.Tensor4D;
			const options = { ...geometry, bias: needsBias === true };
			const made =
				needsWeight || needsBias
					? convParameterGradients(memory, g, filter.shape, options)
					: undefined;
			return [
				needsX ? image(convInputGradient(g, filter, memory.shape, geometry), x) : null,
				needsWeight && made ? new Tensor(made.filter, weight.shape, 'filter') : null,
				made?.bias ? new Tensor(made.bias, [channels]) : null,
			];
		},
	});
}

const image = (memory: tf.Tensor, like: Tensor) => new Tensor(memory, like.shape, 'channels_last');

/** In PyTorch's order for `pad`: last axis first, then before and after. */
function sameWidths(weight: Tensor, dilation: readonly [number, number]): number[] {
	return [3, 2].flatMap((axis) => {
		const total = (weight.dim(axis) - 1) * dilation[axis - 2]!;
		return [Math.floor(total / 2), Math.ceil(total / 2)];
	});
}

function checkConv(x: Tensor, weight: Tensor, { padding, dilation, groups }: ConvGeometry): void {
	const shapes = `input (${x.shape.join(', ')}), weight (${weight.shape.join(', ')}), groups ${groups}`;
	if (x.shape.length !== 4 || weight.shape.length !== 4)
		throw new ShapeError(`conv2d: both need four axes: ${shapes}.`);
	if (x.dim(1) !== weight.dim(1) * groups)
		throw new ShapeError(
			`conv2d: the input has ${x.dim(1)} channels, the weight expects ${weight.dim(1) * groups}: ${shapes}.`,
		);
	if (weight.dim(0) % groups !== 0)
		throw new ShapeError(`conv2d: the outputs do not divide into the groups: ${shapes}.`);
	for (const axis of [2, 3]) {
		const reach = (weight.dim(axis) - 1) * dilation[axis - 2]! + 1;
		const size = x.dim(axis) + 2 * padding[axis - 2]!;
		if (reach > size)
			throw new ShapeError(
				`conv2d: the kernel reaches over ${reach} pixels, the padded input has ${size}: ${shapes}. Use a larger image.`,
			);
	}
}

export interface ConvTransposeOptions {
	readonly stride?: Size2;
	readonly padding?: Size2;
	readonly outputPadding?: Size2;
	readonly groups?: number;
	readonly dilation?: Size2;
}

/** @param x (N, in, H, W); @param weight (in, out / groups, kh, kw); @param bias (out) */
export function convTranspose2d(
	x: Tensor,
	weight: Tensor,
	bias?: Tensor | null,
	options: ConvTransposeOptions = {},
): Tensor {
	const { stride = 1, padding = 0, outputPadding = 0, groups = 1, dilation = 1 } = options;
	const geometry = {
		...{ stride: both(stride), padding: both(padding) },
		...{ dilation: both(dilation), groups },
	};
	if (x.shape.length !== 4 || x.dim(1) !== weight.dim(0))
		throw new ShapeError(
			`conv_transpose2d: input (${x.shape.join(', ')}) and weight (${weight.shape.join(', ')}) do not fit: axis 1 of the input must be axis 0 of the weight.`,
		);
	const extra = both(outputPadding);
	const [height, width] = [0, 1].map(
		(i) =>
			(x.dim(i + 2) - 1) * geometry.stride[i]! -
			2 * geometry.padding[i]! +
			geometry.dilation[i]! * (weight.dim(i + 2) - 1) +
			extra[i]! +
			1,
	) as [number, number]; // two in, two out
	const channels = weight.dim(1) * groups;
	const memory = x.as('channels_last') as tf.Tensor4D;
	// The transpose of a convolution from `out` to `in` channels, whose filter this weight is.
	const filter = weight.as('filter') as tf.Tensor4D;
	const outShape = [x.dim(0), height, width, channels] as const;
	const out = convInputGradient(memory, filter, outShape, geometry);
	return record({
		name: 'conv_transpose2d',
		inputs: bias ? [x, weight, bias] : [x, weight],
		memory: bias ? tf.add(out, bias.memory) : out,
		shape: [x.dim(0), channels, height, width],
		layout: 'channels_last',
		backward: (gradient, [needsX, needsWeight, needsBias]) => {
			const g = gradient.as('channels_last') as tf.Tensor4D;
			return [
				needsX ? image(convForward(g, filter, geometry), x) : null,
				needsWeight
					? new Tensor(
							convParameterGradients(g, memory, filter.shape, { ...geometry, bias: false }).filter,
							weight.shape,
							'filter',
						)
					: null,
				needsBias ? new Tensor(tf.sum(g, [0, 1, 2]), [channels]) : null,
			];
		},
	});
}
