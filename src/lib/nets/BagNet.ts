/** LEMUR's BagNet: bottlenecks of a residual network with few 3 × 3 convolutions (Brendel and Bethge, 2019). */
import { Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { interpolate } from '../nn/functional/resample';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { convNorm } from './blocks';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

const pointwise = (from: number, to: number) => new nn.Conv2d(from, to, 1, { bias: false });

class Bottleneck extends Module {
	readonly conv1: nn.Sequential;
	readonly conv2: nn.Sequential;
	readonly conv3: nn.Sequential;

	constructor(from: number, to: number, stride: number) {
		super();
		const narrow = to / 4;
		this.conv1 = new nn.Sequential(pointwise(from, narrow), new nn.ReLU());
		this.conv2 = convNorm(narrow, narrow, { stride });
		this.conv3 = new nn.Sequential(pointwise(narrow, to));
	}

	forward(x: Tensor): Tensor {
		return this.conv3.call(this.conv2.call(this.conv1.call(x)));
	}
}

class Unit extends Module {
	readonly body: Bottleneck;
	readonly identity_conv: nn.Sequential | null;
	readonly activ = new nn.ReLU();

	constructor(from: number, to: number, stride: number) {
		super();
		this.body = new Bottleneck(from, to, stride);
		this.identity_conv =
			from === to && stride === 1 ? null : new nn.Sequential(pointwise(from, to));
	}

	forward(x: Tensor): Tensor {
		const identity = this.identity_conv ? this.identity_conv.call(x) : x;
		const out = this.body.call(x);
		const size = [out.dim(2), out.dim(3)] as const;
		// Only the body is strided: the identity is brought down to its size.
		const same = identity.dim(2) === size[0] && identity.dim(3) === size[1];
		const fitted = same ? identity : interpolate(identity, { size, mode: 'bilinear' });
		return this.activ.call(add(out, fitted));
	}
}

function stage(number: number, from: number, to: number): nn.Sequential {
	return new nn.Sequential({
		unit1: new Unit(from, to, number === 1 ? 1 : 2),
		unit2: new Unit(to, to, 1),
		unit3: new Unit(to, to, 1),
	});
}

class Net extends Classifier {
	protected override readonly learnSetsTrainMode = true;
	readonly features: nn.Sequential;
	readonly output: nn.Linear;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		const stem = [...convNorm(channels, 64, { kernel: 7, stride: 2 }).namedChildren()];
		this.features = new nn.Sequential({
			...Object.fromEntries(stem),
			3: new nn.MaxPool2d(3, { stride: 2, padding: 1 }),
			stage1: stage(1, 64, 64),
			stage2: stage(2, 64, 128),
			stage3: stage(3, 128, 256),
			stage4: stage(4, 256, 512),
			final_pool: new nn.AdaptiveAvgPool2d(1),
		});
		this.output = new nn.Linear(512, classes);
	}

	forward(x: Tensor): Tensor {
		return this.output.call(flatten(this.features.call(x)));
	}
}

export const bagNet: NetSpec = {
	name: 'BagNet',
	task: 'img-classification',
	about: 'Twelve bottlenecks; dropout is declared and never used.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	minimumSize: 1,
};
