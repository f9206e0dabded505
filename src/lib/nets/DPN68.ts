/** LEMUR's DPN68: three residual blocks of 32 channels at full resolution, not the dual path network of that name. */
import { Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

const WIDTH = 32;
const conv = (from: number) => new nn.Conv2d(from, WIDTH, 3, { padding: 1 });

class Block extends Module {
	readonly conv1 = conv(WIDTH);
	readonly bn1 = new nn.BatchNorm2d(WIDTH);
	readonly conv2 = conv(WIDTH);
	readonly bn2 = new nn.BatchNorm2d(WIDTH);
	readonly relu = new nn.ReLU();

	forward(x: Tensor): Tensor {
		const first = this.relu.call(this.bn1.call(this.conv1.call(x)));
		return this.relu.call(add(this.bn2.call(this.conv2.call(first)), x));
	}
}

class Model extends Module {
	readonly conv1: nn.Conv2d;
	readonly bn1 = new nn.BatchNorm2d(WIDTH);
	readonly relu = new nn.ReLU();
	readonly blocks = new nn.Sequential(new Block(), new Block(), new Block());
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly fc: nn.Linear;

	constructor(channels: number, classes: number) {
		super();
		this.conv1 = conv(channels);
		this.fc = new nn.Linear(WIDTH, classes);
	}

	forward(x: Tensor): Tensor {
		const stem = this.relu.call(this.bn1.call(this.conv1.call(x)));
		return this.fc.call(flatten(this.avgpool.call(this.blocks.call(stem))));
	}
}

class Net extends Classifier {
	protected override readonly learnSetsTrainMode = true;
	readonly model: Model;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.model = new Model(channels, classes);
	}

	forward(x: Tensor): Tensor {
		return this.model.call(x);
	}
}

export const dpn68: NetSpec = {
	name: 'DPN68',
	task: 'img-classification',
	about:
		'Three residual blocks of 32 channels at full resolution, as LEMUR has them under this name.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 1,
};
