/** What both versions of SqueezeNet share (Iandola et al., 2016): fire modules and a convolutional head. */
import { init, Module, type Tensor } from '../nn';
import { cat, flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';

export class Fire extends Module {
	readonly squeeze: nn.Conv2d;
	readonly squeeze_activation = new nn.ReLU();
	readonly expand1x1: nn.Conv2d;
	readonly expand1x1_activation = new nn.ReLU();
	readonly expand3x3: nn.Conv2d;
	readonly expand3x3_activation = new nn.ReLU();

	constructor(from: number, squeezed: number, expanded: number) {
		super();
		this.squeeze = new nn.Conv2d(from, squeezed, 1);
		this.expand1x1 = new nn.Conv2d(squeezed, expanded, 1);
		this.expand3x3 = new nn.Conv2d(squeezed, expanded, 3, { padding: 1 });
	}

	forward(x: Tensor): Tensor {
		const narrow = this.squeeze_activation.call(this.squeeze.call(x));
		const one = this.expand1x1_activation.call(this.expand1x1.call(narrow));
		const three = this.expand3x3_activation.call(this.expand3x3.call(narrow));
		return cat([one, three], 1);
	}
}

/** The pool between fire modules. */
export const pool = () => new nn.MaxPool2d(3, { stride: 2, ceilMode: true });

export abstract class SqueezeNet extends Classifier {
	readonly features: nn.Sequential;
	readonly classifier: nn.Sequential;

	constructor(features: nn.Sequential, classes: number, dropout: number) {
		super();
		this.features = features;
		const head = new nn.Conv2d(512, classes, 1);
		this.classifier = new nn.Sequential(
			new nn.Dropout(dropout),
			head,
			new nn.ReLU(),
			new nn.AdaptiveAvgPool2d(1),
		);
		for (const [, module] of this.namedModules()) {
			if (!(module instanceof nn.Conv2d)) continue;
			if (module === head) init.normal(module.weight, 0, 0.01);
			else init.kaimingUniform(module.weight);
			if (module.bias) init.zeros(module.bias);
		}
	}

	forward(x: Tensor): Tensor {
		return flatten(this.classifier.call(this.features.call(x)));
	}
}
