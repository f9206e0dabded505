/** Normalisation layers with PyTorch's arguments, defaults, buffers and names. */
import { Counter } from '../counter';
import { batchNorm, groupNorm, instanceNorm, layerNorm } from '../functional/norm';
import { constant } from '../init';
import { Module } from '../module';
import { Parameter, type Tensor } from '../tensor';

const filled = (size: readonly number[], value: number, requiresGrad = true) => {
	const count = size.reduce((product, n) => product * n, 1);
	const parameter = new Parameter(() => new Float32Array(count), size, 'plain', requiresGrad);
	constant(parameter, value);
	return parameter;
};

export interface BatchNormArguments {
	readonly eps?: number;
	/** share of the new value in the running statistics */
	readonly momentum?: number;
	readonly affine?: boolean;
	readonly trackRunningStats?: boolean;
}

/** Over the batch and both image axes. */
export class BatchNorm2d extends Module {
	readonly weight: Parameter | null;
	readonly bias: Parameter | null;
	readonly runningMean: Parameter | null;
	readonly runningVar: Parameter | null;
	readonly numBatchesTracked: Counter | null;
	readonly eps: number;
	readonly momentum: number;

	constructor(
		readonly numFeatures: number,
		{
			eps = 1e-5,
			momentum = 0.1,
			affine = true,
			trackRunningStats = true,
		}: BatchNormArguments = {},
	) {
		super();
		this.eps = eps;
		this.momentum = momentum;
		const size = [numFeatures];
		this.weight = affine ? filled(size, 1) : null;
		this.bias = affine ? filled(size, 0) : null;
		this.runningMean = trackRunningStats ? filled(size, 0, false) : null;
		this.runningVar = trackRunningStats ? filled(size, 1, false) : null;
		this.numBatchesTracked = trackRunningStats ? new Counter() : null;
	}

	forward(x: Tensor): Tensor {
		if (this.training && this.numBatchesTracked) this.numBatchesTracked.count++;
		const { weight, bias, runningMean, runningVar, training, momentum, eps } = this;
		return batchNorm(x, { weight, bias, runningMean, runningVar, training, momentum, eps });
	}
}

/** Of (N, C). */
export class BatchNorm1d extends BatchNorm2d {}

interface AffineArguments {
	readonly eps?: number;
	readonly affine?: boolean;
}

export class LayerNorm extends Module {
	readonly weight: Parameter | null;
	readonly bias: Parameter | null;
	readonly normalizedShape: readonly number[];
	readonly eps: number;

	constructor(
		normalizedShape: number | readonly number[],
		{ eps = 1e-5, affine = true }: AffineArguments = {},
	) {
		super();
		this.normalizedShape =
			typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
		this.eps = eps;
		this.weight = affine ? filled(this.normalizedShape, 1) : null;
		this.bias = affine ? filled(this.normalizedShape, 0) : null;
	}

	forward(x: Tensor): Tensor {
		return layerNorm(x, this.normalizedShape, this);
	}
}

export class GroupNorm extends Module {
	readonly weight: Parameter | null;
	readonly bias: Parameter | null;
	readonly eps: number;

	constructor(
		readonly numGroups: number,
		readonly numChannels: number,
		{ eps = 1e-5, affine = true }: AffineArguments = {},
	) {
		super();
		this.eps = eps;
		this.weight = affine ? filled([numChannels], 1) : null;
		this.bias = affine ? filled([numChannels], 0) : null;
	}

	forward(x: Tensor): Tensor {
		return groupNorm(x, this.numGroups, this);
	}
}

/** Without weights unless `affine`, as PyTorch. */
export class InstanceNorm2d extends Module {
	readonly weight: Parameter | null;
	readonly bias: Parameter | null;
	readonly eps: number;

	constructor(
		readonly numFeatures: number,
		{ eps = 1e-5, affine = false }: AffineArguments = {},
	) {
		super();
		this.eps = eps;
		this.weight = affine ? filled([numFeatures], 1) : null;
		this.bias = affine ? filled([numFeatures], 0) : null;
	}

	forward(x: Tensor): Tensor {
		return instanceNorm(x, this);
	}
}
