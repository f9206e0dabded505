/** A module's class and constructor arguments in PyTorch's terms: for tables of layers. */
import { size } from '../nn/functional/conv';
import type { Module } from '../nn/module';
import * as nn from '../nn/modules';
import { BBBConv2d, BBBLinear, FlattenLayer } from './bayesian';

export interface Description {
	/** PyTorch's class name */
	readonly type: string;
	/** constructor arguments by short names; one number stands for both axes */
	readonly arguments: Readonly<Record<string, unknown>>;
}

/** @returns undefined for modules that only hold others */
export function describe(module: Module): Description | undefined {
	for (const one of RULES) {
		const found = one(module);
		if (found) return found;
	}
	return undefined;
}

type Rule = (module: Module) => Description | undefined;

/** @param name written out: a build shortens the names of classes */
function rule<M extends Module>(
	name: string,
	type: abstract new (...args: never[]) => M,
	read: (module: M) => Description['arguments'],
): Rule {
	return (module) => (module instanceof type ? { type: name, arguments: read(module) } : undefined);
}

const RULES: readonly Rule[] = [
	rule('Conv2d', nn.Conv2d, ({ inChannels, outChannels, kernelSize, bias, options }) => ({
		...{ in: inChannels, out: outChannels, kernel: size(kernelSize) },
		stride: size(options.stride ?? 1),
		padding: options.padding === 'same' ? 'same' : size(options.padding ?? 0),
		dilation: size(options.dilation ?? 1),
		groups: options.groups ?? 1,
		bias: bias !== null,
	})),
	rule(
		'ConvTranspose2d',
		nn.ConvTranspose2d,
		({ inChannels, outChannels, weight, bias, options }) => ({
			...{ in: inChannels, out: outChannels, kernel: size([weight.dim(2), weight.dim(3)]) },
			stride: size(options.stride ?? 1),
			padding: size(options.padding ?? 0),
			dilation: size(options.dilation ?? 1),
			groups: options.groups ?? 1,
			bias: bias !== null,
			output_padding: size(options.outputPadding ?? 0),
		}),
	),
	rule('BatchNorm2d', nn.BatchNorm2d, ({ numFeatures, eps, momentum, weight, runningMean }) => ({
		...{ features: numFeatures, eps, momentum },
		affine: weight !== null,
		track_running_stats: runningMean !== null,
	})),
	rule('LayerNorm', nn.LayerNorm, ({ normalizedShape, eps, weight, bias }) => ({
		...{ normalized_shape: [...normalizedShape], eps },
		affine: weight !== null,
		bias: bias !== null,
	})),
	rule('Linear', nn.Linear, ({ inFeatures, outFeatures, bias }) => ({
		...{ in: inFeatures, out: outFeatures, bias: bias !== null },
	})),
	rule('MaxPool2d', nn.MaxPool2d, ({ kernelSize, options }) => ({
		kernel: size(kernelSize),
		stride: size(options.stride ?? kernelSize),
		padding: size(options.padding ?? 0),
		dilation: 1,
		ceil_mode: options.ceilMode ?? false,
	})),
	rule('AvgPool2d', nn.AvgPool2d, ({ kernelSize, options }) => ({
		kernel: size(kernelSize),
		stride: size(options.stride ?? kernelSize),
		padding: size(options.padding ?? 0),
		ceil_mode: options.ceilMode ?? false,
		count_include_pad: options.countIncludePad ?? true,
		divisor_override: null,
	})),
	rule('AdaptiveAvgPool2d', nn.AdaptiveAvgPool2d, ({ outputSize }) => ({
		output_size: typeof outputSize === 'number' ? outputSize : same(outputSize),
	})),
	rule('Dropout', nn.Dropout, ({ p }) => ({ p })),
	rule('StochasticDepth', nn.StochasticDepth, ({ p, mode }) => ({ p, mode })),
	rule('LeakyReLU', nn.LeakyReLU, ({ negativeSlope }) => ({ negative_slope: negativeSlope })),
	rule('ReLU6', nn.ReLU6, () => ({ min: 0, max: 6 })),
	rule('Softplus', nn.Softplus, () => ({ beta: 1, threshold: 20 })),
	rule('GELU', nn.GELU, () => ({ approximate: 'none' })),
	rule('Flatten', nn.Flatten, ({ startDim }) => ({ start_dim: startDim, end_dim: -1 })),
	rule('BBBConv2d', BBBConv2d, ({ inChannels, outChannels, kernelSize, options }) => ({
		...{ in: inChannels, out: outChannels, kernel: kernelSize },
		stride: size(options.stride ?? 1),
		padding: options.padding === 'same' ? 'same' : size(options.padding ?? 0),
		dilation: size(options.dilation ?? 1),
		groups: options.groups ?? 1,
		bias: true,
	})),
	rule('BBBLinear', BBBLinear, ({ inFeatures, outFeatures }) => ({
		...{ in: inFeatures, out: outFeatures, bias: true },
	})),
	rule('FlattenLayer', FlattenLayer, ({ numFeatures }) => ({ features: numFeatures })),
	rule('ReLU', nn.ReLU, () => ({})),
	rule('Sigmoid', nn.Sigmoid, () => ({})),
	rule('Tanh', nn.Tanh, () => ({})),
	rule('SiLU', nn.SiLU, () => ({})),
	rule('Hardswish', nn.Hardswish, () => ({})),
	rule('Hardsigmoid', nn.Hardsigmoid, () => ({})),
	rule('Identity', nn.Identity, () => ({})),
];

function same([a, b]: readonly [number | null, number | null]): unknown {
	return a === b ? a : [a, b];
}
