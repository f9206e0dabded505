/**
 * A gradient that is still to be scaled by a factor on the device. An optimizer that knows it folds
 * the factor into its step; everyone else sees the scaled values, which are made when they are asked for.
 */
import * as tf from '@tensorflow/tfjs-core';
import { Tensor } from '../tensor';

export class ClippedGradient extends Tensor {
	readonly #factor: tf.Tensor;
	#scaled: tf.Tensor | undefined;

	/** Takes over `raw`; keeps a handle of its own on `factor`, a tensor of no dimensions. */
	constructor(
		readonly raw: Tensor,
		factor: tf.Tensor,
	) {
		super(() => (this.#scaled = tf.keep(tf.mul(raw.memory, this.#factor))), raw.shape, raw.layout);
		this.#factor = tf.keep(factor.clone());
	}

	get factor(): tf.Tensor {
		return this.#factor;
	}

	override dispose(): void {
		this.#scaled?.dispose();
		this.#factor.dispose();
		this.raw.dispose();
	}
}
