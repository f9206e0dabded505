/** Fully connected layers, embeddings and flattening. */
import { embedding } from '../functional/embedding';
import { linear } from '../functional/linear';
import { flatten } from '../functional/shape';
import { normal } from '../init';
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

/** A table whose rows are looked up by whole numbers; N(0, 1) at first. */
export class Embedding extends Module {
	/** (numEmbeddings, embeddingDim) */
	readonly weight: Parameter;

	constructor(
		readonly numEmbeddings: number,
		readonly embeddingDim: number,
	) {
		super();
		const size = numEmbeddings * embeddingDim;
		this.weight = new Parameter(() => new Float32Array(size), [numEmbeddings, embeddingDim]);
		normal(this.weight);
	}

	forward(indices: Tensor): Tensor {
		return embedding(indices, this.weight);
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
