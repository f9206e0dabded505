/** LEMUR's ICNet as a classifier: three strided convolutions and a pyramid of pools, no normalisation. */
import { Module, type Tensor } from '../nn';
import { relu } from '../nn/functional/activation';
import { adaptiveAvgPool2d, interpolate } from '../nn/functional/resample';
import { cat, flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

class InitBlock extends Module {
	readonly conv1: nn.Conv2d;
	readonly conv2: nn.Conv2d;
	readonly conv3: nn.Conv2d;

	constructor(from: number, to: number) {
		super();
		const options = { stride: 2, padding: 1 };
		this.conv1 = new nn.Conv2d(from, to / 2, 3, options);
		this.conv2 = new nn.Conv2d(to / 2, to / 2, 3, options);
		this.conv3 = new nn.Conv2d(to / 2, to, 3, options);
	}

	forward(x: Tensor): Tensor {
		return relu(this.conv3.call(relu(this.conv2.call(relu(this.conv1.call(x))))));
	}
}

/** Pools of the map to a few cells each, brought back to its size and put behind it. */
class PyramidPooling extends Module {
	readonly stages: nn.ModuleList;
	readonly bottleneck: nn.Conv2d;

	constructor(from: number, to: number, sizes: readonly number[]) {
		super();
		const each = from / sizes.length;
		this.stages = new nn.ModuleList(
			sizes.map(
				(size) =>
					new nn.Sequential(
						new nn.AdaptiveAvgPool2d(size),
						new nn.Conv2d(from, each, 1, { bias: false }),
					),
			),
		);
		this.bottleneck = new nn.Conv2d(from * 2, to, 1, { bias: false });
	}

	forward(x: Tensor): Tensor {
		const size = [x.dim(2), x.dim(3)] as const;
		const pooled = this.stages.items.map((stage) =>
			interpolate(stage.call(x), { size, mode: 'bilinear' }),
		);
		return relu(this.bottleneck.call(cat([x, ...pooled], 1)));
	}
}

class Model extends Module {
	readonly init_block: InitBlock;
	readonly psp_block = new PyramidPooling(64, 64, [1, 2, 3, 6]);
	readonly head_block = new nn.Conv2d(64, 128, 1);
	readonly classifier: nn.Linear;

	constructor(channels: number, classes: number) {
		super();
		this.init_block = new InitBlock(channels, 64);
		this.classifier = new nn.Linear(128, classes);
	}

	forward(x: Tensor): Tensor {
		const map = this.head_block.call(this.psp_block.call(this.init_block.call(x)));
		return this.classifier.call(flatten(adaptiveAvgPool2d(map, 1)));
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

export const icNet: NetSpec = {
	name: 'ICNet',
	task: 'img-classification',
	about:
		'Three strided convolutions and a pyramid of pools; learns slowly below a learning rate of 0.1.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 1,
};
