/** PyTorch's RMSprop: s = α·s + (1 − α)·g²; p −= lr · g / (√s + ε), centred and with momentum where asked for. */
import * as tf from '@tensorflow/tfjs-core';
import { scalar } from '../constants';
import type { Parameter } from '../tensor';
import { runKernel } from '../webgpu/kernels';
import { Optimizer, type Parameters } from './optimizer';

export interface RmspropArguments {
	readonly lr?: number;
	readonly alpha?: number;
	readonly eps?: number;
	readonly weightDecay?: number;
	readonly momentum?: number;
	/** divides by the deviation from the mean gradient */
	readonly centered?: boolean;
}

export class RMSprop extends Optimizer {
	readonly #arguments: Required<Omit<RmspropArguments, 'lr'>>;

	constructor(parameters: Parameters, { lr = 1e-2, ...rest }: RmspropArguments = {}) {
		super(parameters, lr);
		const defaults = { alpha: 0.99, eps: 1e-8, weightDecay: 0, momentum: 0, centered: false };
		this.#arguments = { ...defaults, ...rest };
	}

	protected override readonly kernel = 'LemurRmsprop';

	protected override updateAll(owners: readonly Parameter[], lr: number): void {
		const { momentum, centered } = this.#arguments;
		const inputs = this.kernelInputs(owners, {
			s: 'square',
			...(momentum === 0 ? {} : { v: 'momentum' }),
			...(centered ? { a: 'average' } : {}),
		});
		runKernel('LemurRmsprop', inputs, { count: owners.length, lr, ...this.#arguments });
	}

	protected override update(parameter: Parameter, gradient: tf.Tensor, lr: number): void {
		const { alpha, eps, weightDecay, momentum, centered } = this.#arguments;
		const g =
			weightDecay === 0
				? gradient
				: tf.add(gradient, tf.mul(parameter.memory, scalar(weightDecay)));
		const square = this.#blend(parameter, 'square', tf.square(g), alpha);
		const spread = centered
			? tf.sub(square, tf.square(this.#blend(parameter, 'average', g, alpha)))
			: square;
		const step = tf.div(g, tf.add(tf.sqrt(spread), scalar(eps)));
		parameter.assign(
			tf.sub(parameter.memory, tf.mul(this.#pushed(parameter, step, momentum), scalar(lr))),
		);
	}

	#pushed(parameter: Parameter, step: tf.Tensor, momentum: number): tf.Tensor {
		if (momentum === 0) return step;
		const before = this.read(parameter, 'momentum');
		const velocity = before ? tf.add(tf.mul(before, scalar(momentum)), step) : step.clone();
		return this.write(parameter, 'momentum', velocity);
	}

	#blend(parameter: Parameter, name: string, value: tf.Tensor, alpha: number): tf.Tensor {
		const before = this.read(parameter, name);
		const fresh = tf.mul(value, scalar(1 - alpha));
		return this.write(
			parameter,
			name,
			before ? tf.add(tf.mul(before, scalar(alpha)), fresh) : fresh,
		);
	}
}
