/** A small DarkNet (after Redmon and Farhadi's): twelve units in four stages and a convolutional head. */
import { init, Module, type Tensor } from '../nn';
import { view } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

class Unit extends Module {
	readonly activation = new nn.LeakyReLU(0.1);
	readonly conv: nn.Sequential;

	constructor(from: number, to: number, kernel: 1 | 3) {
		super();
		this.conv = new nn.Sequential(
			new nn.Conv2d(from, to, kernel, { padding: (kernel - 1) / 2, bias: false }),
			new nn.BatchNorm2d(to),
			this.activation,
		);
	}

	forward(x: Tensor): Tensor {
		return this.conv.call(x);
	}
}

/** Units of 1 × 1, 3 × 3 and 1 × 1, and a pool in all stages but the last. */
function stage(number: number, from: number, to: number): nn.Sequential {
	const units = {
		unit1: new Unit(from, to, 1),
		unit2: new Unit(to, to, 3),
		unit3: new Unit(to, to, 1),
	};
	const pool = new nn.MaxPool2d(2, { stride: 2 });
	return new nn.Sequential(number < 4 ? { ...units, [`pool${number}`]: pool } : { ...units });
}

class Net extends Classifier {
	protected override readonly clip = null;
	protected override readonly learnSetsTrainMode = true;
	readonly features: nn.Sequential;
	readonly output: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.features = new nn.Sequential({
			stage1: stage(1, channels, 64),
			stage2: stage(2, 64, 128),
			stage3: stage(3, 128, 256),
			stage4: stage(4, 256, 512),
		});
		this.output = new nn.Sequential(
			new nn.Conv2d(512, classes, 1),
			new nn.LeakyReLU(0.1),
			new nn.AdaptiveAvgPool2d(1),
		);
		for (const [, module] of this.namedModules())
			if (module instanceof nn.Conv2d) {
				init.kaimingUniform(module.weight);
				if (module.bias) init.zeros(module.bias);
			}
	}

	forward(x: Tensor): Tensor {
		return view(this.output.call(this.features.call(x)), [x.dim(0), -1]);
	}
}

export const darkNet: NetSpec = {
	name: 'DarkNet',
	task: 'img-classification',
	about:
		'Twelve convolutions with leaky ReLU in four stages; no clipping; dropout is declared and not used.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	// three pools halve the image
	minimumSize: 8,
};
