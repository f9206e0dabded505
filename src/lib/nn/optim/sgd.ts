/** PyTorch's SGD: v = m·v + (1 − dampening)·g; p −= lr·v. */
import * as tf from '@tensorflow/tfjs-core';
import { scalar } from '../constants';
import type { Parameter } from '../tensor';
import { runKernel } from '../webgpu/kernels';
import { Optimizer, type Parameters } from './optimizer';

export interface SgdArguments {
	readonly lr: number;
	readonly momentum?: number;
	readonly dampening?: number;
	readonly weightDecay?: number;
	readonly nesterov?: boolean;
}

export class SGD extends Optimizer {
	readonly #arguments: Required<Omit<SgdArguments, 'lr'>>;

	constructor(parameters: Parameters, { lr, ...rest }: SgdArguments) {
		super(parameters, lr);
		this.#arguments = { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, ...rest };
	}

	protected override readonly kernel = 'LemurSgd';

	protected override updateAll(owners: readonly Parameter[], lr: number): void {
		const first = owners.map((one) => this.read(one, 'momentum') === undefined);
		const state = this.#arguments.momentum === 0 ? {} : { v: 'momentum' };
		const inputs = this.kernelInputs(owners, state);
		runKernel('LemurSgd', inputs, { count: owners.length, lr, first, ...this.#arguments });
	}

	protected override update(parameter: Parameter, gradient: tf.Tensor, lr: number): void {
		const { momentum, dampening, weightDecay, nesterov } = this.#arguments;
		const g =
			weightDecay === 0
				? gradient
				: tf.add(gradient, tf.mul(parameter.memory, scalar(weightDecay)));
		let direction = g;
		if (momentum !== 0) {
			const before = this.read(parameter, 'momentum');
			// The first step takes the gradient as it is, without dampening.
			const velocity = before
				? tf.add(
						tf.mul(before, scalar(momentum)),
						dampening === 0 ? g : tf.mul(g, scalar(1 - dampening)),
					)
				: g.clone();
			this.write(parameter, 'momentum', velocity);
			direction = nesterov ? tf.add(g, tf.mul(velocity, scalar(momentum))) : velocity;
		}
		parameter.assign(tf.sub(parameter.memory, tf.mul(direction, scalar(lr))));
	}
}
