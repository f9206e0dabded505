/** Building blocks that several nets share: torchvision's, by their names and orders of parameters. */
import { Module, type Tensor } from '../nn';
import { mul } from '../nn/functional/elementwise';
import * as nn from '../nn/modules';
import type { BatchNormArguments } from '../nn/modules/norm';

export interface ConvNormOptions {
	readonly kernel?: number;
	readonly stride?: number;
	readonly groups?: number;
	readonly dilation?: number;
	readonly norm?: BatchNormArguments;
	/** null = no activation */
	readonly activation?: (() => Module) | null;
}

/** Convolution without bias, normalisation, activation; the padding keeps the size at stride 1. */
export function convNorm(from: number, to: number, options: ConvNormOptions = {}): nn.Sequential {
	const { kernel = 3, stride = 1, groups = 1, dilation = 1, norm = {}, activation } = options;
	const padding = ((kernel - 1) / 2) * dilation;
	const made: Module[] = [
		new nn.Conv2d(from, to, kernel, { stride, padding, dilation, groups, bias: false }),
		new nn.BatchNorm2d(to, norm),
	];
	if (activation !== null) made.push((activation ?? (() => new nn.ReLU()))());
	return new nn.Sequential(...made);
}

/** Channels weighted by what their averages say (Hu et al., 2018). */
export class SqueezeExcitation extends Module {
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly fc1: nn.Conv2d;
	readonly fc2: nn.Conv2d;
	readonly activation: Module;
	readonly scale_activation: Module;

	constructor(channels: number, squeezed: number, activation: Module, scale: Module) {
		super();
		this.fc1 = new nn.Conv2d(channels, squeezed, 1);
		this.fc2 = new nn.Conv2d(squeezed, channels, 1);
		this.activation = activation;
		this.scale_activation = scale;
	}

	forward(x: Tensor): Tensor {
		const squeezed = this.activation.call(this.fc1.call(this.avgpool.call(x)));
		return mul(this.scale_activation.call(this.fc2.call(squeezed)), x);
	}
}

/** torchvision's rounding of channels: to a multiple, never more than a tenth down. */
export function makeDivisible(value: number, divisor: number): number {
	const rounded = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
	return rounded < 0.9 * value ? rounded + divisor : rounded;
}
