/** ShuffleNet V2 at 1.0 of its width (Ma et al., 2018). */
import { Module, type Tensor } from '../nn';
import { mean } from '../nn/functional/reduce';
import { cat, chunk, transpose, view } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { convNorm } from './blocks';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

/** Channels of two groups in turn. */
function shuffled(x: Tensor): Tensor {
	const [n, c, h, w] = [x.dim(0), x.dim(1), x.dim(2), x.dim(3)];
	return view(transpose(view(x, [n, 2, c / 2, h, w]), 1, 2), [n, c, h, w]);
}

const depthwise = (channels: number, stride: number) =>
	new nn.Conv2d(channels, channels, 3, { stride, padding: 1, groups: channels, bias: false });
const pointwise = (from: number, to: number) => new nn.Conv2d(from, to, 1, { bias: false });

class InvertedResidual extends Module {
	readonly branch1: nn.Sequential;
	readonly branch2: nn.Sequential;
	readonly #stride: number;

	constructor(from: number, to: number, stride: number) {
		super();
		const half = to / 2;
		this.#stride = stride;
		this.branch1 =
			stride === 1
				? new nn.Sequential()
				: new nn.Sequential(
						depthwise(from, stride),
						new nn.BatchNorm2d(from),
						pointwise(from, half),
						new nn.BatchNorm2d(half),
						new nn.ReLU(),
					);
		this.branch2 = new nn.Sequential(
			pointwise(stride === 1 ? half : from, half),
			new nn.BatchNorm2d(half),
			new nn.ReLU(),
			depthwise(half, stride),
			new nn.BatchNorm2d(half),
			pointwise(half, half),
			new nn.BatchNorm2d(half),
			new nn.ReLU(),
		);
	}

	forward(x: Tensor): Tensor {
		if (this.#stride > 1) return shuffled(cat([this.branch1.call(x), this.branch2.call(x)], 1));
		const [kept, changed] = chunk(x, 2, 1);
		return shuffled(cat([kept!, this.branch2.call(changed!)], 1));
	}
}

const stage = (from: number, to: number, repeats: number) =>
	new nn.Sequential(
		new InvertedResidual(from, to, 2),
		...Array.from({ length: repeats - 1 }, () => new InvertedResidual(to, to, 1)),
	);

class Net extends Classifier {
	readonly conv1: nn.Sequential;
	readonly maxpool = new nn.MaxPool2d(3, { stride: 2, padding: 1 });
	readonly stage2 = stage(24, 116, 4);
	readonly stage3 = stage(116, 232, 8);
	readonly stage4 = stage(232, 464, 4);
	readonly conv5 = convNorm(464, 1024, { kernel: 1 });
	readonly fc: nn.Linear;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.conv1 = convNorm(channels, 24, { stride: 2 });
		this.fc = new nn.Linear(1024, classes);
	}

	forward(x: Tensor): Tensor {
		const stem = this.maxpool.call(this.conv1.call(x));
		const stages = [this.stage2, this.stage3, this.stage4, this.conv5];
		const features = stages.reduce((value, one) => one.call(value), stem);
		return this.fc.call(mean(features, { dim: [2, 3] }));
	}
}

export const shuffleNet: NetSpec = {
	name: 'ShuffleNet',
	task: 'img-classification',
	about: 'Sixteen units that split the channels and shuffle them (version 2, full width).',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 1,
};
