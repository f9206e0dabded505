/** Fully connected layers, embeddings and flattening. */
import { linear } from '../functional/linear';
import { flatten } from '../functional/shape';
import { Module } from '../module';
import { Parameter, type Tensor } from '../tensor';
import { resetParameters } from './conv';

export class Linear extends Module {
	/** (out, in) */
	readonly weight: Parameter;
	readonly bias: Parameter | null;

	constructor(
		readonly inFeatures: number,
		readonly outFeatures: number,
		{ bias = true }: { readonly bias?: boolean } = {},
	) {
		super();
		const size = inFeatures * outFeatures;
		this.weight = new Parameter(() => new Float32Array(size), [outFeatures, inFeatures]);
		this.bias = bias ? new Parameter(() => new Float32Array(outFeatures), [outFeatures]) : null;
		resetParameters(this.weight, this.bias);
	}

	forward(x: Tensor): Tensor {
		return linear(x, this.weight, this.bias);
	}
}

export class Flatten extends Module {
	constructor(readonly startDim = 1) {
		super();
	}

	forward(x: Tensor): Tensor {
		return flatten(x, this.startDim);
	}
}
