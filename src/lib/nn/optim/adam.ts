/** PyTorch's Adam (weight decay in the gradient) and AdamW (weight decay on the weights). */
import * as tf from '@tensorflow/tfjs-core';
import { scalar } from '../constants';
import type { Parameter } from '../tensor';
import { runKernel } from '../webgpu/kernels';
import { Optimizer, type Parameters } from './optimizer';

export interface AdamArguments {
	readonly lr?: number;
	readonly betas?: readonly [number, number];
	readonly eps?: number;
	readonly weightDecay?: number;
}

export class Adam extends Optimizer {
	protected readonly weightDecay: number;
	/** whether the decay is on the weights, not in the gradient */
	protected readonly decoupled: boolean = false;
	readonly #betas: readonly [number, number];
	readonly #eps: number;

	constructor(parameters: Parameters, options: AdamArguments = {}) {
		const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
		super(parameters, lr);
		this.weightDecay = weightDecay;
		this.#betas = betas;
		this.#eps = eps;
	}

	/** The gradient that enters the moments. */
	protected decayed(parameter: Parameter, gradient: tf.Tensor): tf.Tensor {
		if (this.weightDecay === 0) return gradient;
		return tf.add(gradient, tf.mul(parameter.memory, scalar(this.weightDecay)));
	}

	/** The weights from which the step is taken. */
	protected start(parameter: Parameter, lr: number): tf.Tensor {
		void lr;
		return parameter.memory;
	}

	protected override update(parameter: Parameter, gradient: tf.Tensor, lr: number): void {
		const [b1, b2] = this.#betas;
		const step = (this.steps.get(parameter) ?? 0) + 1;
		this.steps.set(parameter, step);
		const g = this.decayed(parameter, gradient);
		const first = this.#blend(parameter, 'first', g, b1);
		const second = this.#blend(parameter, 'second', tf.square(g), b2);
		// √(v / (1 − β₂ᵗ)) + ε; the corrections differ in every step, so they are no kept constants
		const size = tf.add(
			tf.mul(tf.sqrt(second), tf.scalar(1 / Math.sqrt(1 - b2 ** step))),
			scalar(this.#eps),
		);
		const move = tf.div(tf.mul(first, tf.scalar(lr / (1 - b1 ** step))), size);
		parameter.assign(tf.sub(this.start(parameter, lr), move));
	}

	protected override readonly kernel = 'LemurAdam';

	protected override updateAll(owners: readonly Parameter[], lr: number): void {
		const [b1, b2] = this.#betas;
		const steps = owners.map((one) => {
			const step = (this.steps.get(one) ?? 0) + 1;
			this.steps.set(one, step);
			return step;
		});
		runKernel('LemurAdam', this.kernelInputs(owners, { m: 'first', v: 'second' }), {
			count: owners.length,
			betas: this.#betas,
			eps: this.#eps,
			weightDecay: this.decoupled ? 0 : this.weightDecay,
			keep: this.decoupled ? 1 - lr * this.weightDecay : 1,
			rates: steps.map((step) => lr / (1 - b1 ** step)),
			scales: steps.map((step) => 1 / Math.sqrt(1 - b2 ** step)),
		});
	}

	#blend(parameter: Parameter, name: string, value: tf.Tensor, beta: number): tf.Tensor {
		const before = this.read(parameter, name);
		const fresh = tf.mul(value, scalar(1 - beta));
		const blended = before ? tf.add(tf.mul(before, scalar(beta)), fresh) : fresh;
		return this.write(parameter, name, blended);
	}
}

export class AdamW extends Adam {
	protected override readonly decoupled = true;

	constructor(parameters: Parameters, options: AdamArguments = {}) {
		super(parameters, { weightDecay: 1e-2, ...options });
	}

	protected override decayed(_parameter: Parameter, gradient: tf.Tensor): tf.Tensor {
		return gradient;
	}

	protected override start(parameter: Parameter, lr: number): tf.Tensor {
		return tf.mul(parameter.memory, scalar(1 - lr * this.weightDecay));
	}
}
