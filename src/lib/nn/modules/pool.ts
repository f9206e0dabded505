/** Pools as layers. */
import { avgPool2d, maxPool2d, type PoolOptions } from '../functional/pool';
import { adaptiveAvgPool2d } from '../functional/resample';
import type { Size2 } from '../functional/conv';
import { Module } from '../module';
import type { Tensor } from '../tensor';

export class MaxPool2d extends Module {
	constructor(
		readonly kernelSize: Size2,
		readonly options: Omit<PoolOptions, 'countIncludePad'> = {},
	) {
		super();
	}

	forward(x: Tensor): Tensor {
		return maxPool2d(x, this.kernelSize, this.options);
	}
}

export class AvgPool2d extends Module {
	constructor(
		readonly kernelSize: Size2,
		readonly options: PoolOptions = {},
	) {
		super();
	}

	forward(x: Tensor): Tensor {
		return avgPool2d(x, this.kernelSize, this.options);
	}
}

export class AdaptiveAvgPool2d extends Module {
	constructor(readonly outputSize: number | readonly [number | null, number | null]) {
		super();
	}

	forward(x: Tensor): Tensor {
		return adaptiveAvgPool2d(x, this.outputSize);
	}
}
