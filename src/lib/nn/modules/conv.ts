/** Convolution layers with PyTorch's arguments, defaults and initial values. */
import { both, conv2d, convTranspose2d, type Size2 } from '../functional/conv';
import { fans, kaimingUniform, uniform } from '../init';
import { Module } from '../module';
import { Parameter, type Tensor } from '../tensor';

export interface ConvArguments {
	readonly stride?: Size2;
	readonly padding?: Size2 | 'same';
	readonly dilation?: Size2;
	readonly groups?: number;
	readonly bias?: boolean;
}

/** Weights U(±1 / √fan_in) and the same for the bias: PyTorch's `reset_parameters`. */
export function resetParameters(weight: Parameter, bias: Parameter | null): void {
	kaimingUniform(weight, { a: Math.sqrt(5) });
	const { fan_in } = fans(weight.shape);
	if (bias && fan_in > 0) uniform(bias, -1 / Math.sqrt(fan_in), 1 / Math.sqrt(fan_in));
}

const empty = (shape: readonly number[], layout: 'plain' | 'filter' = 'plain') =>
	new Parameter(() => new Float32Array(shape.reduce((a, b) => a * b, 1)), shape, layout);

export class Conv2d extends Module {
	/** (out, in / groups, kh, kw) */
	readonly weight: Parameter;
	readonly bias: Parameter | null;
	readonly kernelSize: readonly [number, number];

	constructor(
		readonly inChannels: number,
		readonly outChannels: number,
		kernelSize: Size2,
		readonly options: ConvArguments = {},
	) {
		super();
		const { groups = 1, bias = true } = options;
		this.kernelSize = both(kernelSize);
		this.weight = empty([outChannels, inChannels / groups, ...this.kernelSize], 'filter');
		this.bias = bias ? empty([outChannels]) : null;
		resetParameters(this.weight, this.bias);
	}

	forward(x: Tensor): Tensor {
		return conv2d(x, this.weight, this.bias, this.options);
	}
}

export interface ConvTransposeArguments {
	readonly stride?: Size2;
	readonly padding?: Size2;
	readonly outputPadding?: Size2;
	readonly groups?: number;
	readonly bias?: boolean;
	readonly dilation?: Size2;
}

export class ConvTranspose2d extends Module {
	/** (in, out / groups, kh, kw) */
	readonly weight: Parameter;
	readonly bias: Parameter | null;

	constructor(
		readonly inChannels: number,
		readonly outChannels: number,
		kernelSize: Size2,
		readonly options: ConvTransposeArguments = {},
	) {
		super();
		const { groups = 1, bias = true } = options;
		this.weight = empty([inChannels, outChannels / groups, ...both(kernelSize)], 'filter');
		this.bias = bias ? empty([outChannels]) : null;
		resetParameters(this.weight, this.bias);
	}

	forward(x: Tensor): Tensor {
		return convTranspose2d(x, this.weight, this.bias, this.options);
	}
}
