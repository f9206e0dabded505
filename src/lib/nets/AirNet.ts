/** LEMUR's AirNet: a residual network of four blocks whose convolutions have biases. */
import { Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

const conv = (from: number, to: number, stride: number) =>
	new nn.Conv2d(from, to, 3, { stride, padding: 1 });

class Stem extends Module {
	readonly layers: nn.Sequential;

	constructor(from: number, to: number) {
		super();
		this.layers = new nn.Sequential(conv(from, to, 2), new nn.BatchNorm2d(to), new nn.ReLU());
	}

	forward(x: Tensor): Tensor {
		return this.layers.call(x);
	}
}

class Block extends Module {
	readonly layers: nn.Sequential;
	readonly downsample: Module;
	readonly relu = new nn.ReLU();

	constructor(from: number, to: number, stride: number) {
		super();
		this.layers = new nn.Sequential(
			conv(from, to, stride),
			new nn.BatchNorm2d(to),
			new nn.ReLU(),
			conv(to, to, 1),
			new nn.BatchNorm2d(to),
		);
		this.downsample =
			stride === 1 && from === to
				? new nn.Identity()
				: new nn.Sequential(
						new nn.Conv2d(from, to, 1, { stride, bias: false }),
						new nn.BatchNorm2d(to),
					);
	}

	forward(x: Tensor): Tensor {
		const identity = this.downsample.call(x);
		return this.relu.call(add(this.layers.call(x), identity));
	}
}

class Net extends Classifier {
	protected override readonly learnSetsTrainMode = true;
	readonly features: nn.Sequential;
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly classifier: nn.Linear;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.features = new nn.Sequential(
			new Stem(channels, 64),
			new Block(64, 64, 1),
			new Block(64, 128, 2),
			new Block(128, 256, 2),
			new Block(256, 512, 2),
		);
		this.classifier = new nn.Linear(512, classes);
	}

	forward(x: Tensor): Tensor {
		return this.classifier.call(flatten(this.avgpool.call(this.features.call(x))));
	}
}

export const airNet: NetSpec = {
	name: 'AirNet',
	task: 'img-classification',
	about: 'Four residual blocks behind a strided convolution.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 1,
};
