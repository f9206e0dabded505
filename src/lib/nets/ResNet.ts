/** Residual network of 18 layers (He et al., "Deep Residual Learning for Image Recognition", 2016). */
import { init, Module, type Tensor } from '../nn';
import { add } from '../nn/functional/elementwise';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import type { InShape, NetSpec, OutShape } from './net';

const conv = (from: number, to: number, kernel: number, stride = 1) =>
	new nn.Conv2d(from, to, kernel, { stride, padding: (kernel - 1) / 2, bias: false });

class BasicBlock extends Module {
	readonly conv1: nn.Conv2d;
	readonly bn1: nn.BatchNorm2d;
	readonly relu = new nn.ReLU();
	readonly conv2: nn.Conv2d;
	readonly bn2: nn.BatchNorm2d;
	readonly downsample: nn.Sequential | null;

	constructor(from: number, to: number, stride: number) {
		super();
		this.conv1 = conv(from, to, 3, stride);
		this.bn1 = new nn.BatchNorm2d(to);
		this.conv2 = conv(to, to, 3);
		this.bn2 = new nn.BatchNorm2d(to);
		this.downsample =
			stride === 1 && from === to
				? null
				: new nn.Sequential(conv(from, to, 1, stride), new nn.BatchNorm2d(to));
	}

	forward(x: Tensor): Tensor {
		const first = this.relu.call(this.bn1.call(this.conv1.call(x)));
		const second = this.bn2.call(this.conv2.call(first));
		return this.relu.call(add(second, this.downsample ? this.downsample.call(x) : x));
	}
}

const stage = (from: number, to: number, stride: number) =>
	new nn.Sequential(new BasicBlock(from, to, stride), new BasicBlock(to, to, 1));

class Net extends Classifier {
	readonly conv1: nn.Conv2d;
	readonly bn1 = new nn.BatchNorm2d(64);
	readonly relu = new nn.ReLU();
	readonly maxpool = new nn.MaxPool2d(3, { stride: 2, padding: 1 });
	readonly layer1 = stage(64, 64, 1);
	readonly layer2 = stage(64, 128, 2);
	readonly layer3 = stage(128, 256, 2);
	readonly layer4 = stage(256, 512, 2);
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly fc: nn.Linear;

	constructor([, channels]: InShape, [classes]: OutShape) {
		super();
		this.conv1 = conv(channels, 64, 7, 2);
		this.fc = new nn.Linear(512, classes);
		for (const [, module] of this.namedModules())
			if (module instanceof nn.Conv2d)
				init.kaimingNormal(module.weight, { mode: 'fan_out', nonlinearity: 'relu' });
	}

	forward(x: Tensor): Tensor {
		const stem = this.maxpool.call(this.relu.call(this.bn1.call(this.conv1.call(x))));
		const stages = [this.layer1, this.layer2, this.layer3, this.layer4];
		const features = stages.reduce((value, one) => one.call(value), stem);
		return this.fc.call(flatten(this.avgpool.call(features)));
	}
}

export const resNet: NetSpec = {
	name: 'ResNet',
	task: 'img-classification',
	about: 'Residual network of 18 layers with basic blocks.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum'],
	minimumSize: 1,
};
