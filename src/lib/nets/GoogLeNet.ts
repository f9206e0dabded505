/** GoogLeNet with batch normalisation (Szegedy et al., 2015), as torchvision has it. */
import { init, Module, type Tensor } from '../nn';
import { relu } from '../nn/functional/activation';
import { adaptiveAvgPool2d } from '../nn/functional/resample';
import { cat, flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { Classifier } from './classifier';
import { required, type InShape, type NetSpec, type OutShape, type Prm } from './net';

interface Kernel {
	readonly kernel?: number;
	readonly stride?: number;
	readonly padding?: number;
}

class BasicConv2d extends Module {
	readonly conv: nn.Conv2d;
	readonly bn: nn.BatchNorm2d;

	constructor(from: number, to: number, { kernel = 1, stride = 1, padding = 0 }: Kernel = {}) {
		super();
		this.conv = new nn.Conv2d(from, to, kernel, { stride, padding, bias: false });
		this.bn = new nn.BatchNorm2d(to, { eps: 0.001 });
	}

	forward(x: Tensor): Tensor {
		return relu(this.bn.call(this.conv.call(x)));
	}
}

const THREE = { kernel: 3, padding: 1 };

/** Channels of the branches: 1×1; 1×1 and 3×3; 1×1 and "5×5" (which is 3×3 here); pool and 1×1. */
type Widths = readonly [number, number, number, number, number, number];

class Inception extends Module {
	readonly branch1: BasicConv2d;
	readonly branch2: nn.Sequential;
	readonly branch3: nn.Sequential;
	readonly branch4: nn.Sequential;

	constructor(from: number, [one, reduce3, three, reduce5, five, pool]: Widths) {
		super();
		this.branch1 = new BasicConv2d(from, one);
		this.branch2 = new nn.Sequential(
			new BasicConv2d(from, reduce3),
			new BasicConv2d(reduce3, three, THREE),
		);
		this.branch3 = new nn.Sequential(
			new BasicConv2d(from, reduce5),
			new BasicConv2d(reduce5, five, THREE),
		);
		this.branch4 = new nn.Sequential(
			new nn.MaxPool2d(3, { stride: 1, padding: 1, ceilMode: true }),
			new BasicConv2d(from, pool),
		);
	}

	forward(x: Tensor): Tensor {
		const branches = [this.branch1, this.branch2, this.branch3, this.branch4];
		return cat(
			branches.map((branch) => branch.call(x)),
			1,
		);
	}
}

/** Runs in training only; its output is dropped, its running statistics move. */
class InceptionAux extends Module {
	readonly conv: BasicConv2d;
	readonly fc1 = new nn.Linear(2048, 1024);
	readonly fc2: nn.Linear;
	readonly dropout: nn.Dropout;

	constructor(from: number, classes: number, dropout: number) {
		super();
		this.conv = new BasicConv2d(from, 128);
		this.fc2 = new nn.Linear(1024, classes);
		this.dropout = new nn.Dropout(dropout);
	}

	forward(x: Tensor): Tensor {
		const features = flatten(this.conv.call(adaptiveAvgPool2d(x, 4)));
		return this.fc2.call(this.dropout.call(relu(this.fc1.call(features))));
	}
}

const pool = (kernel: number) => new nn.MaxPool2d(kernel, { stride: 2, ceilMode: true });

class Net extends Classifier {
	protected override readonly clip = null;
	readonly conv1: BasicConv2d;
	readonly maxpool1 = pool(3);
	readonly conv2 = new BasicConv2d(64, 64);
	readonly conv3 = new BasicConv2d(64, 192, THREE);
	readonly maxpool2 = pool(3);
	readonly inception3a = new Inception(192, [64, 96, 128, 16, 32, 32]);
	readonly inception3b = new Inception(256, [128, 128, 192, 32, 96, 64]);
	readonly maxpool3 = pool(3);
	readonly inception4a = new Inception(480, [192, 96, 208, 16, 48, 64]);
	readonly inception4b = new Inception(512, [160, 112, 224, 24, 64, 64]);
	readonly inception4c = new Inception(512, [128, 128, 256, 24, 64, 64]);
	readonly inception4d = new Inception(512, [112, 144, 288, 32, 64, 64]);
	readonly inception4e = new Inception(528, [256, 160, 320, 32, 128, 128]);
	readonly maxpool4 = pool(2);
	readonly inception5a = new Inception(832, [256, 160, 320, 32, 128, 128]);
	readonly inception5b = new Inception(832, [384, 192, 384, 48, 128, 128]);
	readonly aux1: InceptionAux;
	readonly aux2: InceptionAux;
	readonly avgpool = new nn.AdaptiveAvgPool2d(1);
	readonly dropout: nn.Dropout;
	readonly fc: nn.Linear;

	constructor([, channels]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		const dropoutAux = required(prm, 'dropout_aux');
		this.conv1 = new BasicConv2d(channels, 64, { kernel: 7, stride: 2, padding: 3 });
		this.aux1 = new InceptionAux(512, classes, dropoutAux);
		this.aux2 = new InceptionAux(528, classes, dropoutAux);
		this.dropout = new nn.Dropout(required(prm, 'dropout'));
		this.fc = new nn.Linear(1024, classes);
		for (const [, module] of this.namedModules())
			if (module instanceof nn.Conv2d || module instanceof nn.Linear)
				init.truncNormal(module.weight, 0, 0.01, -2, 2);
	}

	forward(x: Tensor): Tensor {
		const run = (input: Tensor, ...modules: Module[]) =>
			modules.reduce((value, module) => module.call(value), input);
		const stem = run(x, this.conv1, this.maxpool1, this.conv2, this.conv3, this.maxpool2);
		const three = run(stem, this.inception3a, this.inception3b, this.maxpool3);
		const fourA = this.inception4a.call(three);
		if (this.training) this.aux1.call(fourA);
		const fourD = run(fourA, this.inception4b, this.inception4c, this.inception4d);
		if (this.training) this.aux2.call(fourD);
		const five = run(fourD, this.inception4e, this.maxpool4, this.inception5a, this.inception5b);
		return this.fc.call(this.dropout.call(flatten(this.avgpool.call(five))));
	}
}

export const googLeNet: NetSpec = {
	name: 'GoogLeNet',
	task: 'img-classification',
	about:
		'Nine inception modules; the auxiliary heads run while training and do not enter the loss.',
	Net,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout', 'dropout_aux'],
	// three ceiling pools of 3 and one of 2
	minimumSize: 15,
};
