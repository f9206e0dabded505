/** VGG, configuration A, 11 layers without normalisation (Simonyan and Zisserman, 2014). */
import { init, type Module, type Tensor } from '../nn';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

/** Channels of the convolutions; M is a pool. */
const LAYERS = [64, 'M', 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'] as const;

function layers(channels: number): Module[] {
	const made: Module[] = [];
	let from = channels;
	for (const to of LAYERS) {
		if (to === 'M') made.push(new nn.MaxPool2d(2, { stride: 2 }));
		else {
			made.push(new nn.Conv2d(from, to, 3, { padding: 1 }), new nn.ReLU());
			from = to;
		}
	}
	return made;
}

class Net extends Classifier {
	readonly features: nn.Sequential;
	readonly avgpool = new nn.AdaptiveAvgPool2d(7);
	readonly classifier: nn.Sequential;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		const dropout = required(prm, 'dropout');
		this.features = new nn.Sequential(...layers(channels));
		this.classifier = new nn.Sequential(
			new nn.Linear(512 * 7 * 7, 4096),
			new nn.ReLU(),
			new nn.Dropout(dropout),
			new nn.Linear(4096, 4096),
			new nn.ReLU(),
			new nn.Dropout(dropout),
			new nn.Linear(4096, classes),
		);
		for (const [, module] of this.namedModules()) {
			if (module instanceof nn.Conv2d)
				init.kaimingNormal(module.weight, { mode: 'fan_out', nonlinearity: 'relu' });
			if (module instanceof nn.Linear) init.normal(module.weight, 0, 0.01);
			if ((module instanceof nn.Conv2d || module instanceof nn.Linear) && module.bias)
				init.zeros(module.bias);
		}
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(flatten(this.avgpool.call(this.features.call(x))));
	}
}

export const vgg: NetSpec = {
	name: 'VGG',
	task: 'img-classification',
	about: 'Eight 3 × 3 convolutions in five blocks and three large fully connected layers.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	// five pools halve the image
	minimumSize: 32,
};
