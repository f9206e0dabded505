/** MNASNet of depth multiplier 0.75 (Tan et al., 2019). */
import { init, Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { mean } from '../nn/functional/reduce';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

/** PyTorch writes the momentum as 1 − 0.9997, with the rounding of that. */
const norm = (channels: number) => new nn.BatchNorm2d(channels, { momentum: 1 - 0.9997 });
const conv = (from: number, to: number, kernel: number, stride = 1, groups = 1) =>
	new nn.Conv2d(from, to, kernel, { stride, groups, padding: (kernel - 1) / 2, bias: false });

class InvertedResidual extends Module {
	readonly layers: nn.Sequential;
	readonly #residual: boolean;

	constructor(from: number, to: number, kernel: number, stride: number, expand: number) {
		super();
		const hidden = from * expand;
		this.#residual = from === to && stride === 1;
		this.layers = new nn.Sequential(
			conv(from, hidden, 1),
			norm(hidden),
			new nn.ReLU(),
			conv(hidden, hidden, kernel, stride, hidden),
			norm(hidden),
			new nn.ReLU(),
			conv(hidden, to, 1),
			norm(to),
		);
	}

	forward(x: Tensor): Tensor {
		const out = this.layers.call(x);
		return this.#residual ? add(out, x) : out;
	}
}

/** channels, kernel, first stride, expansion, repeats */
const STAGES = [
	[24, 3, 2, 3, 3],
	[32, 5, 2, 3, 3],
	[64, 5, 2, 6, 3],
	[72, 3, 1, 6, 2],
	[144, 5, 2, 6, 4],
	[240, 3, 1, 6, 1],
] as const;

class Net extends Classifier {
	readonly layers: nn.Sequential;
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		let from = 16;
		const stages = STAGES.map(([to, kernel, stride, expand, repeats]) => {
			const first = from;
			from = to;
			return new nn.Sequential(
				...Array.from({ length: repeats }, (_, i) =>
					i === 0
						? new InvertedResidual(first, to, kernel, stride, expand)
						: new InvertedResidual(to, to, kernel, 1, expand),
				),
			);
		});
		this.layers = new nn.Sequential(
			...[conv(channels, 24, 3, 2), norm(24), new nn.ReLU()],
			...[conv(24, 24, 3, 1, 24), norm(24), new nn.ReLU()],
			...[conv(24, 16, 1), norm(16)],
			...stages,
			...[conv(from, 1280, 1), norm(1280), new nn.ReLU()],
		);
		this.classifier = new nn.Sequential(
			new nn.Dropout(required(prm, 'dropout')),
			new nn.Linear(1280, classes),
		);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d)
				init.kaimingNormal(module.weight, { mode: 'fan_out', nonlinearity: 'relu' });
			if (module instanceof nn.Linear) {
				init.kaimingUniform(module.weight, { mode: 'fan_out', nonlinearity: 'sigmoid' });
				if (module.bias) init.zeros(module.bias);
			}
		}
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(mean(this.layers.call(x), { dim: [2, 3] }));
	}
}

export const mnasNet: NetSpec = {
	name: 'MNASNet',
	task: 'img-classification',
	about: 'Sixteen inverted residuals found by architecture search, at 0.75 of their width.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	minimumSize: 1,
};
