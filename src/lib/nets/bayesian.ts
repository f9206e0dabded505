/** Bayesian layers by local reparameterisation (Kingma et al., 2015; Shridhar et al., 2019). */
import { init, Module, Parameter, type Tensor } from '../nn';
import { conv2d, type ConvOptions } from '../nn/functional/conv';
import { add, exp, log, mul, sqrt } from '../nn/functional/elementwise';
import { linear } from '../nn/functional/linear';
import { normalNoise } from '../nn/functional/noise';
import { view } from '../nn/functional/shape';

const TINY = 1e-16;

/** σ = ln(1 + e^ρ) */
const sigma = (rho: Tensor) => log(add(exp(rho), 1));
const square = (x: Tensor) => mul(x, x);

/** What both layers share: means and spreads of weights and biases. */
abstract class BayesianLayer extends Module {
	readonly W_mu: Parameter;
	readonly W_rho: Parameter;
	readonly bias_mu: Parameter;
	readonly bias_rho: Parameter;

	constructor(shape: readonly number[], layout: 'plain' | 'filter') {
		super();
		const outputs = [shape[0] ?? 0];
		const made = (size: readonly number[], order: 'plain' | 'filter') =>
			new Parameter(() => new Float32Array(0), size, order);
		this.W_mu = made(shape, layout);
		this.W_rho = made(shape, layout);
		this.bias_mu = made(outputs, 'plain');
		this.bias_rho = made(outputs, 'plain');
		for (const mu of [this.W_mu, this.bias_mu]) init.normal(mu, 0, 0.1);
		for (const rho of [this.W_rho, this.bias_rho]) init.normal(rho, -5, 0.1);
	}

	/** The layer's own linear map. */
	protected abstract map(x: Tensor, weight: Tensor, bias: Tensor): Tensor;

	/** Noise is drawn in evaluation too, as in the original. */
	forward(x: Tensor): Tensor {
		const centre = this.map(x, this.W_mu, this.bias_mu);
		const spread = this.map(square(x), square(sigma(this.W_rho)), square(sigma(this.bias_rho)));
		return add(centre, mul(sqrt(add(spread, TINY)), normalNoise(centre.shape)));
	}
}

export class BBBConv2d extends BayesianLayer {
	constructor(
		readonly inChannels: number,
		readonly outChannels: number,
		readonly kernelSize: number,
		readonly options: ConvOptions = {},
	) {
		super([outChannels, inChannels, kernelSize, kernelSize], 'filter');
	}

	protected map(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
		return conv2d(x, weight, bias, this.options);
	}
}

export class BBBLinear extends BayesianLayer {
	constructor(
		readonly inFeatures: number,
		readonly outFeatures: number,
	) {
		super([outFeatures, inFeatures], 'plain');
	}

	protected map(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
		return linear(x, weight, bias);
	}
}

/** Rows of a fixed length: at another image size the rows would no longer be images. */
export class FlattenLayer extends Module {
	constructor(readonly numFeatures: number) {
		super();
	}

	forward(x: Tensor): Tensor {
		return view(x, [-1, this.numFeatures]);
	}
}
